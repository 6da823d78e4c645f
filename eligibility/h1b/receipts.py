"""USCIS receipt numbers, checked for their form alone: nothing is kept, and nothing is asked of anyone.

What is typed is taken apart into numbers; each is compared with the form that the rules give, and likely slips
are named (the letter O for the digit 0), with the number that was probably meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from programs.packs.schema.common import Text
from programs.packs.schema.receipts import Office, OtherNumber, ReceiptNumbers

# Characters that end a number whatever comes before them; spaces and dashes may stand inside one.
_BETWEEN = re.compile(r"[\n\r\t,;|/&+]+")
_RUNS = re.compile(r"[A-Za-z0-9*]+")
_LONGEST_SHOWN = 40

Problem = Literal["letter_for_digit", "digit_for_letter", "too_short", "too_long", "asterisk", "not_a_number", "other"]


@dataclass(frozen=True, slots=True)
class Slip:
    """A character in the wrong alphabet: its place (from 1), what was typed, and what was probably meant."""

    place: int
    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Checked:
    """One number as typed, and what can be said of its form.

    `meant` is the number without slips, where it then has the right form. `read` are the digits by part, for
    prefixes whose digits can be read.
    """

    typed: str
    number: str
    is_right: bool
    problem: Problem | None = None
    slips: tuple[Slip, ...] = ()
    meant: str | None = None
    prefix: str = ""
    office: Office | None = None
    read: tuple[tuple[Text, str], ...] = ()
    other: OtherNumber | None = None
    repeats: bool = False
    length: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """All numbers that were typed. `left_out` counts those past the most that are checked at once."""

    numbers: tuple[Checked, ...]
    left_out: int = 0

    @property
    def all_right(self) -> bool:
        """Whether every number has the right form."""
        return bool(self.numbers) and all(number.is_right for number in self.numbers)


def check(text: str, rules: ReceiptNumbers) -> Report:
    """What can be said of the numbers in a text, in the order in which they stand there."""
    found = list(_numbers(text, rules))
    seen: set[str] = set()
    checked: list[Checked] = []
    for typed in found[: rules.most_at_once]:
        one = _check(typed, rules)
        key = one.meant or one.number
        checked.append(_repeated(one) if key in seen else one)
        seen.add(key)
    return Report(tuple(checked), max(0, len(found) - rules.most_at_once))


def _repeated(one: Checked) -> Checked:
    return replace(one, repeats=True)


def _numbers(text: str, rules: ReceiptNumbers) -> Iterator[str]:
    """The numbers as typed: separated by anything, with spaces and dashes inside them where they continue."""
    whole = rules.letters + rules.digits
    for chunk in _BETWEEN.split(text):
        runs = _RUNS.findall(chunk)
        if runs and _other("".join(runs).upper(), rules):
            yield chunk.strip()
            continue
        kept: list[str] = []
        for run in [*runs, ""]:
            is_open = kept and _begins(kept[0], rules) and sum(map(len, kept)) < whole
            if kept and (not run or not is_open or _begins(run, rules)):
                # A word between two numbers ("and") holds no digit, and is none.
                if any(character.isdigit() for part in kept for character in part):
                    yield " ".join(kept)
                kept = []
            kept.append(run)


def _begins(run: str, rules: ReceiptNumbers) -> bool:
    """Whether a run of characters looks like the beginning of a number: mostly letters where letters belong."""
    return sum(character.isalpha() for character in run[: rules.letters]) * 2 > rules.letters


def _other(number: str, rules: ReceiptNumbers) -> OtherNumber | None:
    return next((one for one in rules.other_numbers if one.pattern and re.fullmatch(one.pattern, number)), None)


def _check(typed: str, rules: ReceiptNumbers) -> Checked:
    plain = re.sub(r"[^A-Za-z0-9*]", "", typed).upper()
    number = plain.replace("*", "")
    shown = typed[:_LONGEST_SHOWN]
    length = len(number)
    if other := _other(number, rules):
        return Checked(shown, number, False, "other", other=other, length=length)
    fixed, slips = _without_slips(number, rules)
    prefix = fixed[: rules.letters]
    office = next((one for one in rules.offices if one.prefix == prefix), None)
    if not prefix.isalpha() or not fixed[rules.letters :].isdigit():
        return Checked(shown, number[:_LONGEST_SHOWN], False, "not_a_number", length=length)
    whole = rules.letters + rules.digits
    if length != whole:
        problem: Problem = "too_short" if length < whole else "too_long"
        return Checked(shown, number, False, problem, slips, None, prefix, office, length=length)
    if slips:
        kind: Problem = "letter_for_digit" if any(one.place > rules.letters for one in slips) else "digit_for_letter"
        return Checked(shown, number, False, kind, slips, fixed, prefix, office, _read(fixed, office, rules), None)
    problem_of_mark: Problem | None = "asterisk" if "*" in plain else None
    return Checked(shown, number, True, problem_of_mark, (), None, prefix, office, _read(number, office, rules), None)


def _without_slips(number: str, rules: ReceiptNumbers) -> tuple[str, tuple[Slip, ...]]:
    """The number with each character in its own alphabet, and where it was not."""
    digit_for: dict[str, str] = dict(rules.letter_for_digit)
    letter_for: dict[str, str] = {}
    for letter, digit in digit_for.items():
        letter_for.setdefault(digit, letter)
    fixed, slips = [], []
    for index, character in enumerate(number):
        table = letter_for if index < rules.letters else digit_for
        meant = table.get(character, character)
        fixed.append(meant)
        if meant != character:
            slips.append(Slip(index + 1, character, meant))
    return "".join(fixed), tuple(slips)


def _read(number: str, office: Office | None, rules: ReceiptNumbers) -> tuple[tuple[Text, str], ...]:
    if office is None or not office.has_parts:
        return ()
    read: list[tuple[Text, str]] = []
    start = rules.letters
    for part in rules.parts:
        read.append((part.name, number[start : start + part.digits]))
        start += part.digits
    return tuple(read)
