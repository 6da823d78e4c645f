"""Programs as doors: each with its verdict, its intake and what decides it, in groups by how near it is.

Verdict, intake and outlook stay three separate facts. A group is only a place on the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import ProgramResult
from eligibility.engine.fulfilled import FULFILLED
from eligibility.results import words
from eligibility.results.questions import answer_names
from eligibility.results.words import Mark

GroupKey = Literal["open", "unsure", "one_step", "need_answer", "not_now", "closed", "unchecked"]

# Groups that a person came for stand open; in the others the heading is enough until they ask.
NEAR: frozenset[GroupKey] = frozenset({"open", "unsure", "one_step", "need_answer"})
# From here on a group is a long list: its categories are folded, each under its own heading.
LONG = 9

_REALISTIC_FIRST = {"yes": 0, "with_effort": 1, "unlikely": 3, "no": 4}
# Beside the categories of programs: the ways to stay for a time.
_STAYS = "stays"


@dataclass(frozen=True)
class Door:
    """A program as one line that leads to its reasons. What the line says is worked out where it is shown, and once.

    `missed` is how many steps lie before it.
    """

    program: ProgramResult
    group: GroupKey
    missed: int

    @cached_property
    def mark(self) -> Mark:
        """The verdict, as a shape and a word."""
        said = gettext("One step away") if self.group == "one_step" else str(words.VERDICTS[self.program.verdict])
        return Mark(self.shape, said)

    @property
    def shape(self) -> str:
        """The verdict, as the name of its shape."""
        return "one_step" if self.group == "one_step" else self.program.verdict or "unchecked"

    @cached_property
    def intake(self) -> Mark:
        """Whether it takes applications, as a shape and a word."""
        status = self.program.intake.status if self.program.intake else "unknown"
        return Mark("intake_open" if status == "open" else "intake_closed", words.intake_text(self.program.intake))

    @cached_property
    def authority(self) -> str:
        """Who decides."""
        return words.authority_name(self.program.authority)

    @property
    def leads_to(self) -> str:
        """What it ends in, or nothing."""
        return str(words.LEADS_TO.get(self.program.leads_to, ""))

    @property
    def deciding(self) -> str:
        """What decides it, in one or two short sentences."""
        return deciding(self.program)

    @property
    def brief(self) -> str:
        """Of a door that is far: the least that tells why, in a few words."""
        if self.group == "closed":
            said = words.intake_text(self.program.intake)
            return gettext("%(intake)s; you would meet its rules") % {"intake": said} if self._is_met else said
        if self.group == "unchecked":
            return "" if self.program.intake is not None else words.intake_text(None)
        return ngettext("%(count)d requirement missed", "%(count)d requirements missed", self.missed) % {
            "count": self.missed
        }

    @property
    def _is_met(self) -> bool:
        return self.program.verdict in FULFILLED

    @property
    def is_near(self) -> bool:
        """Whether it is open, a step away, or waiting for an answer."""
        return self.group in NEAR

    @property
    def is_stay(self) -> bool:
        """Whether it is only a way to be in Canada for a time, as a student or visitor."""
        return self.program.leads_to in words.STAYS

    @property
    def closeness(self) -> tuple[int, bool, int]:
        """What comes first in a list: the likelier outlook, the surer verdict, the fewer misses."""
        realistic = self.program.outlook.realistic if self.program.outlook else ""
        return (
            _REALISTIC_FIRST.get(realistic, 2),
            self.program.verdict != "eligible",
            self.missed,
        )


@dataclass(frozen=True, slots=True)
class Section:
    """The doors of one category inside a group."""

    title: str
    doors: tuple[Door, ...]
    folded: bool


@dataclass(frozen=True)
class Group:
    """Doors that stand equally near."""

    key: GroupKey
    title: str
    about: str
    sections: tuple[Section, ...]

    @property
    def is_near(self) -> bool:
        """Whether its doors are told in full lines; the others are lists of names, folded."""
        return self.key in NEAR

    @cached_property
    def doors(self) -> tuple[Door, ...]:
        """Every door of the group, in the order in which they stand."""
        return tuple(door for section in self.sections for door in section.doors)


def group_of(program: ProgramResult) -> GroupKey:
    """The place of a program on the page.

    A program whose intake is not open goes by its intake, whatever the verdict; one step away means that exactly
    one requirement is missed (and what hangs on it) and no answer is still wanted.
    """
    return _group(program, len(program.steps))


def _group(program: ProgramResult, missed: int) -> GroupKey:
    if program.intake is not None and program.intake.status != "open":
        return "closed"
    if program.verdict is None:
        return "unchecked"
    if program.verdict in FULFILLED:
        return "open" if program.intake is not None else "unsure"
    if program.verdict == "unknown":
        return "need_answer"
    return "one_step" if missed == 1 and not program.to_answer else "not_now"


def _open_deciding(program: ProgramResult) -> str:
    met, confirm = len(program.met), len(program.to_confirm)
    if not confirm:
        return ngettext("You meet the one requirement.", "You meet all %(count)d requirements.", met) % {"count": met}
    return ngettext(
        "You meet %(met)d of %(all)d requirements. One is for a person to confirm.",
        "You meet %(met)d of %(all)d requirements. %(count)d are for a person to confirm.",
        confirm,
    ) % {"met": met, "all": len(program.requirements), "count": confirm}  # fmt: skip


def _missed_deciding(program: ProgramResult) -> str:
    first, *others = program.steps
    text = first.text if not first.gap else f"{first.text} {sentence(first.gap)}"
    if not others:
        return text
    more = ngettext("One more is missed.", "%(count)d more are missed.", len(others)) % {"count": len(others)}
    return f"{text} {more}"


def sentence(text: str) -> str:
    """A text as a sentence: a capital at its beginning, a full stop at its end."""
    plain = text.strip()
    return plain if plain.endswith((".", "?")) else f"{plain[:1].upper()}{plain[1:]}."


def deciding(program: ProgramResult) -> str:
    """What decides a program, in one or two short sentences."""
    if program.verdict is None:
        return program.not_checked or gettext("Nobody can check this yet: its rules are not published.")
    if program.verdict == "unknown":
        names = answer_names(path for finding in program.to_answer for path in finding.missing)
        if not names:
            return gettext("An answer is missing.")
        return gettext("To tell, we need %(answers)s.") % {"answers": words.join_some(names)}
    return _missed_deciding(program) if program.missed else _open_deciding(program)


def door(program: ProgramResult) -> Door:
    """A program in its place."""
    missed = len(program.steps)
    return Door(program, _group(program, missed), missed)


def score_text(reach: tuple[int, int], maximum: int) -> str:
    """A score, or the range it lies in, out of its maximum."""
    low, high = (words.number(value) for value in reach)
    if reach[0] == reach[1]:
        return gettext("%(points)s of %(maximum)s") % {"points": low, "maximum": words.number(maximum)}
    return gettext("%(low)s to %(high)s of %(maximum)s") % {
        "low": low, "high": high, "maximum": words.number(maximum),
    }  # fmt: skip


def _titles() -> dict[GroupKey, tuple[str, str]]:
    return {
        "open": (
            gettext("Open to you"),
            gettext("As far as your answers go, you meet the rules, and applications or profiles are taken today."),
        ),
        "unsure": (
            gettext("You meet the rules; ask whether it is open"),
            gettext("We do not know whether these take applications today. The official page says."),
        ),
        "one_step": (
            gettext("One step away"),
            gettext("Exactly one requirement is missed. Each line says which, and by how much."),
        ),
        "need_answer": (
            gettext("Need an answer from you"),
            gettext("An answer you have not given decides these."),
        ),
        "not_now": (
            gettext("Not for you now"),
            gettext("More than one requirement is missed, or one is missed and others are not answered."),
        ),
        "closed": (
            gettext("Closed, paused or only announced"),
            gettext("These take no applications today. Whether you would meet the rules is a separate line."),
        ),
        "unchecked": (
            gettext("Not checked here"),
            gettext("We know of these and cannot say whether you meet their rules. Read the official page."),
        ),
    }


def _sections(doors: list[Door], is_long: bool) -> tuple[Section, ...]:
    """The doors by category, the ways to stay for a time last."""
    ordered = sorted(doors, key=lambda one: (one.closeness, one.authority, one.program.name))
    titles = {**words.CATEGORIES, _STAYS: words.STAYS_TITLE}
    by_category: dict[str, list[Door]] = {category: [] for category in titles}
    for one in ordered:
        by_category[_STAYS if one.is_stay else one.program.category].append(one)
    return tuple(
        Section(str(titles[category]), tuple(found), folded=is_long and len(found) > 3)
        for category, found in by_category.items()
        if found
    )


def groups(programs: Iterable[ProgramResult]) -> tuple[Group, ...]:
    """Every program in its group, the nearest group first; empty groups are left out."""
    doors = [door(program) for program in programs]
    found = []
    for key, (title, about) in _titles().items():
        inside = [one for one in doors if one.group == key]
        if inside:
            found.append(Group(key, title, about, _sections(inside, is_long=len(inside) >= LONG)))
    return tuple(found)
