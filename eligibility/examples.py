"""Worked examples: what the rules are said to give, held against what the engine gives. No Django here."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from eligibility.engine import Assessment, assess
from eligibility.profile import ProfileError, read_profile
from programs.packs.schema import Grid, LanguageTest, Program
from programs.packs.schema.programs import Example
from programs.rulebook import Rulebook

MISSING = "missing"
# What is wrong with the example itself, not with a figure that it expects.
_NOT_A_FIGURE = frozenset({"expect", "the profile", "error"})


@dataclass(frozen=True, slots=True)
class Mismatch:
    """An example that does not come out as said: which, what was expected, and what came."""

    kind: str
    document: str
    index: int
    example: str
    what: str
    expected: object
    found: object

    @property
    def is_a_figure(self) -> bool:
        """Whether the example was evaluated, and only something that it expects came out differently."""
        return self.what not in _NOT_A_FIGURE and self.found != MISSING

    def __str__(self) -> str:
        """The mismatch as one line."""
        return f"{self.document}: {self.example}: {self.what} should be {self.expected!r} and is {self.found!r}"


def _differences(expect: dict[str, Any], found: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any, Any]]:
    for key, wanted in expect.items():
        actual = found.get(key, MISSING)
        if isinstance(wanted, dict) and isinstance(actual, dict):
            yield from _differences(wanted, actual, f"{path}{key}.")
        elif wanted != actual:
            yield f"{path}{key}", wanted, actual


def _found(document: Program | Grid | LanguageTest, assessment: Assessment) -> dict[str, Any]:
    if isinstance(document, LanguageTest):
        return {"clb": assessment.clb}
    if isinstance(document, Grid):
        score = assessment.scores.get(document.id)
        if score is None:
            return {}
        parts = {line.id: line.points for line in score.walk() if line.role in ("part", "group")}
        remarks = [remark for line in score.walk() for remark in line.remarks]
        return {**score.as_json(), "parts": parts, "remarks": len(remarks)}
    result = next((program for program in assessment.programs if program.id == document.id), None)
    if result is None:
        return {"verdict": None}
    found = result.as_json(assessment.scores)
    return {**found, "requirements": {finding.id: finding.met for finding in result.requirements}}


def run_example(document: Program | Grid | LanguageTest, index: int, rulebook: Rulebook) -> list[Mismatch]:
    """Run one example of a document and list what does not come out as said."""
    example = document.examples[index]

    def mismatch(what: str, expected: object, found: object) -> Mismatch:
        return Mismatch(document.kind, document.id, index, example.name, what, expected, found)

    if not example.expect:
        return [mismatch("expect", "something", "nothing")]
    try:
        found = _outcome(document, example, rulebook)
    except ProfileError as error:
        if set(example.expect) == {"error"}:
            wanted = example.expect["error"]
            return [] if error.field == wanted else [mismatch("error", wanted, error.field)]
        return [mismatch("the profile", "readable", str(error))]
    return [mismatch(what, wanted, actual) for what, wanted, actual in _differences(example.expect, found)]


def _outcome(document: Program | Grid | LanguageTest, example: Example, rulebook: Rulebook) -> dict[str, Any]:
    profile = read_profile(_plain(example.profile))
    book = rulebook.on(profile.as_of)
    if isinstance(document, Program):
        return _found(document, assess(profile, book, programs=[document.id], grids=document.grids))
    grids = [document.id] if isinstance(document, Grid) else []
    return _found(document, assess(profile, book, scores_only=True, grids=grids))


def _plain(value: Any) -> Any:
    """YAML reads dates as dates; a profile writes them as text."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def run_examples(rulebook: Rulebook, only: Collection[tuple[str, str]] | None = None) -> list[Mismatch]:
    """Run every example of the rulebook, or of some documents, and list what does not come out as said."""
    return [
        mismatch
        for document in rulebook.documents
        if isinstance(document, Program | Grid | LanguageTest)
        and (only is None or (document.kind, document.id) in only)
        for index in range(len(document.examples))
        for mismatch in run_example(document, index, rulebook)
    ]
