"""Why a person gets what they get: every fact as it was derived, every condition as it was judged, every point."""

from collections.abc import Iterator
from dataclasses import dataclass

from eligibility.engine import assess
from eligibility.engine.assessment import ConditionFinding, Finding, Line, ProgramResult, Score
from eligibility.engine.words import Words
from eligibility.facts import Facts
from eligibility.profile import Profile
from eligibility.results.words import Mark
from eligibility.staff import marks
from programs.rulebook import FactEntry, RulebookInForce, vocabulary


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact: what it is called, what is known of it, from which answers, and those that would settle it."""

    key: str
    label: str
    value: str
    known: bool
    answers: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts that belong together: all that do not depend on language results, then those under each choice of them."""

    about: str
    rows: tuple[FactRow, ...]


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition and its truth value."""

    mark: Mark
    finding: ConditionFinding


@dataclass(frozen=True, slots=True)
class RequirementRow:
    """A requirement, its truth value, and its routes: all conditions of one of them must be met."""

    mark: Mark
    finding: Finding
    routes: tuple[tuple[ConditionRow, ...], ...]


@dataclass(frozen=True, slots=True)
class ProgramRows:
    """A program, its verdict and its requirements."""

    mark: Mark
    result: ProgramResult
    requirements: tuple[RequirementRow, ...]


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a grid and how deep it stands."""

    line: Line
    level: int


@dataclass(frozen=True, slots=True)
class ScoreRows:
    """A grid's score and its lines."""

    score: Score
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything there is to say of one person on one day."""

    facts: tuple[FactGroup, ...]
    programs: tuple[ProgramRows, ...]
    scores: tuple[ScoreRows, ...]


def explained(profile: Profile, book: RulebookInForce, language: str) -> Explained:
    """Assess a person, and show all of the working.

    Raises:
        ProfileError: for scores a test cannot give and for codes the classification does not have.

    """
    assessment = assess(profile, book, language)
    return Explained(
        facts=tuple(_facts(Facts(profile, book), language)),
        programs=tuple(map(_program, assessment.programs)),
        scores=tuple(ScoreRows(score, tuple(_lines(score.lines, 0))) for score in assessment.scores.values()),
    )


def _facts(facts: Facts, language: str) -> Iterator[FactGroup]:
    words, held = Words(language), vocabulary()
    spoken = {key: entry for key, entry in held.facts.items() if key.rpartition("_")[0] in held.language_sets}
    plain = (entry for key, entry in held.facts.items() if key not in spoken)
    yield FactGroup("", tuple(_fact(facts, entry, words) for entry in plain))
    for choice in facts.choices():
        chosen = facts.choosing(choice)
        rows = tuple(_fact(chosen, entry, words) for entry in spoken.values())
        yield FactGroup(words.say("language_choice", language=words[choice.first]), rows)


def _fact(facts: Facts, entry: FactEntry, words: Words) -> FactRow:
    value = facts.value(entry.key)
    return FactRow(
        key=entry.key,
        label=entry.label.in_language(words.language),
        value=words.value(entry, value),
        known=value.is_known,
        answers=entry.answers,
        missing=value.missing,
    )


def _program(result: ProgramResult) -> ProgramRows:
    return ProgramRows(marks.verdict(result.verdict), result, tuple(map(_requirement, result.requirements)))


def _requirement(finding: Finding) -> RequirementRow:
    routes = tuple(
        tuple(ConditionRow(marks.met(part.met, is_judgement=part.is_judgement), part) for part in route.conditions)
        for route in finding.routes
    )
    return RequirementRow(marks.met(finding.met, is_judgement=finding.needs_a_person), finding, routes)


def _lines(lines: tuple[Line, ...], level: int) -> Iterator[LineRow]:
    for line in lines:
        yield LineRow(line, level)
        yield from _lines(line.children, level + 1)
