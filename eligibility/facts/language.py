"""Language results: from a certificate's scores to CLB or NCLC levels, and the choices they leave.

A person with results in both languages chooses which is first, and with several valid results in a language,
which one is used. Nobody chooses for them here: every possible choice is offered, and each grid takes the one
that gives most.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import product

from eligibility.facts import parts
from eligibility.facts.dates import still_counts
from eligibility.facts.memory import Memory
from eligibility.facts.prepared import Prepared, prepared
from eligibility.facts.values import Value, known, unknown_number
from eligibility.profile.errors import ProfileError, together
from eligibility.profile.model import LanguageTest
from programs.packs.schema.tables import AbilityScale, Conversion
from programs.rulebook import ABILITIES, RulebookInForce

HIGHEST_LEVEL = 12
NO_LEVEL = known(0)


PARTS = (*ABILITIES, "lowest")
_PLACES = {part: place for place, part in enumerate(PARTS)}


class Result:
    """A result that counts: its levels by ability, the level that all four reach, and what it came from.

    `numbers` are the levels of `parts` as they are, where all of them are known for sure. `by_ability` is what is told
    of it: the levels that are known, nothing where there is no result. Everyone with the same results shares it.
    """

    __slots__ = ("by_ability", "language", "levels", "lowest", "numbers", "parts", "test")

    def __init__(
        self, language: str, levels: tuple[Value, ...], test: LanguageTest | None, *, sure: bool = False
    ) -> None:
        """Find the level that all four abilities reach; `parts` holds it after the four. All are known if `sure`."""
        self.language = language
        self.levels = levels
        self.test = test
        self.numbers: tuple[int, ...] | None = None
        if sure:
            listening, reading, writing, speaking = levels
            self.lowest = lowest = min(levels)
            self.numbers = (listening.low, reading.low, writing.low, speaking.low, lowest.low)
        else:
            self.lowest = _lowest(levels)
        self.parts = (*levels, self.lowest)
        self.by_ability: Mapping[str, int | None] | None = None
        if test is not None:
            each = self.numbers or [level.low if level.is_known else None for level in levels]
            self.by_ability = dict(zip(ABILITIES, each, strict=False))

    def part(self, name: str) -> Value:
        """The level of an ability, or the lowest."""
        return self.parts[_PLACES[name]]

    @property
    def says_something(self) -> bool:
        """Whether there is a result, or could be one."""
        return self.test is not None or bool(self.lowest.high)


def _lowest(levels: tuple[Value, ...]) -> Value:
    low, high = min([v.low for v in levels]), min([v.high for v in levels])
    estimated = any([v.estimated for v in levels])  # noqa: C419 - a list is quicker here
    if low == high and not estimated:
        return known(low)
    missing = () if low == high else tuple(dict.fromkeys([part for v in levels for part in v.missing]))
    return Value(low, high, missing, estimated)


# The roles that results play, in the order in which a choice holds their levels.
ROLES = ("english", "french", "first_language", "second_language", "partner_language")


class Choice:
    """Which result is used for each language, which language is first, and which result the partner uses.

    `levels` are those of the results in all ROLES, each in the order of PARTS; `numbers` the same as they are, where
    all of them are known for sure.
    """

    __slots__ = ("english", "first", "first_language", "french", "levels", "numbers", "partner", "second_language")

    def __init__(self, english: Result, french: Result, first: str, partner: Result) -> None:
        """Put each result into the roles it plays."""
        self.english = english
        self.french = french
        self.first = first
        self.partner = partner
        self.first_language, self.second_language = one, two = (english, french) if first == "en" else (french, english)
        self.levels = (*english.parts, *french.parts, *one.parts, *two.parts, *partner.parts)
        self.numbers: tuple[int, ...] | None = None
        if english.numbers is not None and french.numbers is not None and partner.numbers is not None:
            # Both languages are among the first and the second.
            self.numbers = (
                *english.numbers,
                *french.numbers,
                *(one.numbers or ()),
                *(two.numbers or ()),
                *partner.numbers,
            )

    def of(self, key: str) -> Result:
        """The result that stands in a language set's role."""
        found: Result = self.partner if key == "partner_language" else getattr(self, key)
        return found


_NONE_IN = {language: Result(language, (NO_LEVEL,) * 4, None, sure=True) for language in ("en", "fr")}


def none_in(language: str) -> Result:
    """No result in a language: level 0 in every ability, which is known."""
    return _NONE_IN[language]


def anything_in(language: str, answer: str) -> Result:
    """A result about which nothing is known."""
    return Result(language, (unknown_number(answer, high=HIGHEST_LEVEL),) * 4, None)


def languages_of(test: LanguageTest, book: RulebookInForce) -> tuple[str, ...]:
    """The language of a result: its own, or for a bare level the one that was said (English if none).

    Where neither the test nor the language is known, it could be either.
    """
    if test.language is not None:
        return (test.language,)
    return book.all_tests[test.test].languages[:1] if test.test is not None else ("en", "fr")


def _applies(conversion: Conversion, taken: dt.date) -> bool:
    return (conversion.taken_from is None or conversion.taken_from <= taken) and (
        conversion.taken_to is None or taken <= conversion.taken_to
    )


def _is_default(conversion: Conversion, taken: dt.date) -> bool:
    return (conversion.default_from is None or conversion.default_from <= taken) and (
        conversion.default_to is None or taken <= conversion.default_to
    )


def conversions_for(test: LanguageTest, accepted: Sequence[Conversion], taken: dt.date) -> list[Conversion]:
    """The charts a result may be read on: those of its day and of the scale it names or, named none, defaults to."""
    fitting = [chart for chart in accepted if _applies(chart, taken)]
    if test.scale is not None:
        named = [chart for chart in fitting if chart.scale == test.scale]
        return named or [chart for chart in fitting if chart.scale is None]
    return [chart for chart in fitting if _is_default(chart, taken)]


def level_of(score: float, scale: AbilityScale) -> int:
    """The highest level whose lowest score is reached; below them all, level 0."""
    return max((level for level, lowest in scale.levels.items() if score >= lowest), default=0)


class _Reading:
    """A kind of certificate on the charts it may be read on: each score met keeps the levels it could be."""

    def __init__(self, charts: Sequence[Conversion], memory: Memory, *, surely: bool) -> None:
        self._charts = charts
        self._memory = memory
        self._surely = surely
        self._found: tuple[dict[float, tuple[int, int]], ...] = ({}, {}, {}, {})
        self._sure: tuple[dict[float | None, Value], ...] = ({}, {}, {}, {})

    def result(self, test: LanguageTest, language: str, path: str) -> Result:
        """A result of this kind."""
        if not test.estimated:
            listening, reading, writing, speaking = self._sure
            # Most often all four scores were met before, and say which level they are.
            with_all = (
                listening.get(test.listening),
                reading.get(test.reading),
                writing.get(test.writing),
                speaking.get(test.speaking),
            )
            if None not in with_all:
                return Result(language, with_all, test, sure=True)  # type: ignore[arg-type]
        return Result(language, self._levels(test, path), test)

    def _levels(self, test: LanguageTest, path: str) -> tuple[Value, ...]:
        """The level of each ability."""
        estimated = bool(test.estimated)
        levels = []
        for found, sure, ability, score in zip(self._found, self._sure, ABILITIES, scores_of(test), strict=True):
            if score is None:
                levels.append(unknown_number(f"{path}.{ability}", high=HIGHEST_LEVEL))
                continue
            low, high = found.get(score) or self._read(found, ability, score)
            if low == high and not estimated:
                levels.append(sure.setdefault(score, known(low)))
            else:
                levels.append(Value(low, high, () if low == high else (f"{path}.date",), estimated))
        return tuple(levels)

    def _read(self, found: dict[float, tuple[int, int]], ability: str, score: float) -> tuple[int, int]:
        levels = [level_of(score, chart.abilities[ability]) for chart in self._charts]  # type: ignore[index]
        read: tuple[int, int] = self._memory.keep(found, score, (min(levels) if self._surely else 0, max(levels)))
        return read


def scores_of(test: LanguageTest) -> tuple[float | None, float | None, float | None, float | None]:
    """The scores, in the order of the abilities."""
    return test.listening, test.reading, test.writing, test.speaking


def _reading(test: LanguageTest, book: RulebookInForce) -> _Reading | None:
    """How a certificate of this test, scale and day is read; None where the test is not accepted."""
    accepted = book.tests[test.test or ""].conversions
    if not accepted:
        return None
    if test.date is None:
        charts = [chart for chart in accepted if test.scale in (None, chart.scale) or chart.scale is None]
        needs_date = test.estimated is not True and book.all_tests[test.test or ""].certificate
        return _Reading(charts, prepared(book).memory, surely=not needs_date)
    charts = conversions_for(test, accepted, test.date)
    if not charts:
        return None
    # What is found on the same charts is kept together, whatever the day.
    kept, key = prepared(book), (test.test, _places(charts, accepted))
    reading: _Reading | None = kept.readings.get(key)
    if reading is None:
        reading = kept.memory.keep(kept.readings, key, _Reading(charts, kept.memory, surely=True))
    return reading


def _places(charts: Sequence[Conversion], among: Sequence[Conversion]) -> tuple[int, ...]:
    """Where charts stand among those of a test."""
    return tuple([place for place, chart in enumerate(among) if any(chart is one for one in charts)])


def read_result(test: LanguageTest, language: str, path: str, day: dt.date, book: RulebookInForce) -> Result | None:
    """A result's levels on `day`; None where it no longer counts, or the test is not accepted then."""
    kept = prepared(book)
    if test.date is not None and not still_counts(test.date, day, kept.language_years):
        return None
    if test.test is None:
        return Result(language, anything_in(language, f"{path}.test").levels, test)
    kind = (test.test, test.scale, test.date, test.estimated)
    reading = kept.charts.get(kind, kept)
    if reading is kept:
        reading = kept.memory.keep(kept.charts, kind, _reading(test, book))
    return reading.result(test, language, path) if reading is not None else None


def results(
    tests: tuple[LanguageTest, ...] | None, answer: str, day: dt.date, book: RulebookInForce
) -> dict[str, list[Result]]:
    """The results that count, by language. No result is one entry that says so."""
    if tests is None:
        return {language: [anything_in(language, answer)] for language in ("en", "fr")}
    found: dict[str, list[Result]] = {"en": [], "fr": []}
    for index, test in enumerate(tests):
        for language in languages_of(test, book):
            result = read_result(test, language, f"{answer}[{index}]", day, book)
            others = found[language]
            if result is not None and (not others or all(result.levels != other.levels for other in others)):
                others.append(result)
    return {"en": found["en"] or [_NONE_IN["en"]], "fr": found["fr"] or [_NONE_IN["fr"]]}


class Certified:
    """What the language results of one person leave to choose from.

    Attributes:
        english, french: the results that count in each language.
        firsts: the languages that could be first.
        as_partner: the results that could be used for a partner.
        is_sure: whether every level is known.

    """

    __slots__ = ("_alone", "as_partner", "english", "firsts", "french", "is_sure")

    def __init__(self, found: dict[str, list[Result]]) -> None:
        """Look through results, by language."""
        self.english, self.french = found["en"], found["fr"]
        in_english = [one for one in self.english if one.says_something]
        in_french = [one for one in self.french if one.says_something]
        self.firsts = ("en", "fr") if in_english and in_french else ("fr",) if in_french else ("en",)
        self.as_partner = [*in_english, *in_french] or [none_in("en")]
        self._alone: list[Choice] | None = None
        self.is_sure = None not in [one.numbers for one in (*self.english, *self.french)]

    def alone(self) -> list[Choice]:
        """Every choice of someone whose partner has no result; the same for all who have these results."""
        if self._alone is None:
            self._alone = self.beside([none_in("en")])
        return self._alone

    def beside(self, partner: Sequence[Result]) -> list[Choice]:
        """Every choice of results and of the first language, beside those of a partner."""
        return [
            Choice(english, french, first, spouse)
            for english, french, first, spouse in product(self.english, self.french, self.firsts, partner)
        ]


NOTHING_CERTIFIED = Certified({"en": [none_in("en")], "fr": [none_in("fr")]})


def certified(tests: tuple[LanguageTest, ...] | None, answer: str, day: dt.date, book: RulebookInForce) -> Certified:
    """What a person's results leave to choose from on a day. Who gave the same results has the same.

    Where something is not known, the answer that would tell it is named: so these are kept for each place.
    """
    kept = prepared(book)
    key = (day, parts.tests(tests))
    found: Certified | None = kept.certified.get(key)
    if found is None:
        with_answer = (answer, *key)
        found = kept.certified.get(with_answer)
        if found is None:
            found = Certified(results(tests, answer, day, book))
            kept.memory.keep(kept.certified, key if found.is_sure else with_answer, found)
    return found


def not_known(answer: str) -> Certified:
    """What a partner leaves to choose from of whose results nothing is known."""
    return Certified({"en": [anything_in("en", answer)], "fr": []})


def choices(applicant: Certified, partner: Certified) -> list[Choice]:
    """Every choice of results and of the first language that could make a difference."""
    return applicant.alone() if partner is NOTHING_CERTIFIED else applicant.beside(partner.as_partner)


def was_found_right(test: LanguageTest, day: dt.date, kept: Prepared) -> bool:
    """Whether such a test, and each of its scores, was found right before."""
    right = kept.scores_found_right.get((test.test, test.language, test.scale, test.date or day))
    if right is None:
        return False
    listening, reading, writing, speaking = right
    return (
        test.listening in listening
        and test.reading in reading
        and test.writing in writing
        and test.speaking in speaking
    )


def check_test(test: LanguageTest, path: str, day: dt.date, book: RulebookInForce) -> None:
    """Refuse a test that does not exist, a language it does not test, and scores it cannot give.

    Raises:
        ProfileError: naming the field and what would be right.

    """
    if test.test is None:
        return
    _check_scores(test, path, day, book)
    kept = prepared(book)
    kind = (test.test, test.language, test.scale, test.date or day)
    right = kept.scores_found_right.get(kind)
    if right is None:
        accepted = book.all_tests[test.test].conversions
        charts = _places(conversions_for(test, accepted, test.date or day), accepted)
        alike = (test.test, test.language, test.scale, charts)
        right = kept.scores_found_right.get(alike)
        if right is None:
            right = kept.memory.keep(kept.scores_found_right, alike, tuple([{None: True} for _ in ABILITIES]))
        kept.memory.keep(kept.scores_found_right, kind, right)
    for score, seen in zip(scores_of(test), right, strict=True):
        kept.memory.keep(seen, score, True)


def _check_scores(test: LanguageTest, path: str, day: dt.date, book: RulebookInForce) -> None:
    assert test.test is not None
    document = book.all_tests.get(test.test)
    if document is None:
        allowed = ", ".join(sorted(book.all_tests))
        raise ProfileError(f"{path}.test", f"{test.test!r} is not a test accepted by Canada; write one of {allowed}")
    if test.language is not None and test.language not in document.languages:
        raise ProfileError(
            f"{path}.language", f"{document.name.en} tests {' or '.join(document.languages)}, not {test.language}"
        )
    scales = {chart.scale for chart in document.conversions if chart.scale is not None}
    if test.scale is not None and not scales:
        raise ProfileError(f"{path}.scale", f"{document.name.en} has one scale only; leave scale out")
    charts = conversions_for(test, document.conversions, test.date or day)
    if not charts:
        raise ProfileError(f"{path}.scale", f"{document.name.en} had no scale {test.scale!r} on {test.date or day}")
    wrong = []
    for ability in ABILITIES:
        score = getattr(test, ability)
        said = None if score is None else _cannot_be(score, ability, charts, scales)
        if said is not None:
            wrong.append(ProfileError(f"{path}.{ability}", f"{document.name.en} {said}"))
    if wrong:
        raise together(wrong)


def _cannot_be(score: float, ability: str, charts: Sequence[Conversion], scales: set[str]) -> str | None:
    """Why a score cannot be right on any of the charts; None if it can."""
    problems = [_problem(score, chart.abilities[ability]) for chart in charts]  # type: ignore[index]
    if not all(problems):
        return None
    said = f"{ability} cannot be {score:g}: {problems[0]}"
    others = sorted(str(scale) for scale in scales - {chart.scale or "" for chart in charts})
    if others:
        said += f". If the figure stands in the certificate's other column, name its scale: {', '.join(others)}"
    return said


def _problem(score: float, scale: AbilityScale) -> str | None:
    if not scale.minimum <= score <= scale.maximum:
        return f"scores run from {scale.minimum:g} to {scale.maximum:g}"
    if round((score - scale.minimum) / scale.step, 6) % 1:
        return f"scores go in steps of {scale.step:g}"
    return None
