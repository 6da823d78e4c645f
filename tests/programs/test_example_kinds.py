"""Which worked examples a document lacks, told from the document itself."""

from typing import Any

import pytest

from programs.checks.documents import check_document, names_of
from programs.checks.examples import example_kinds, grid_lacks, program_lacks
from programs.packs.schema import Grid, Program
from programs.packs.schema.programs import Example
from programs.packs.seed import unit_groups
from programs.rulebook import Rulebook
from tests.seeded import seeded_rulebook


@pytest.fixture(scope="module")
def packs() -> Rulebook:
    return seeded_rulebook()


def document(packs: Rulebook, identifier: str) -> Any:
    return next(each for each in packs.documents if each.id == identifier and isinstance(each, Program | Grid))


def expecting(**expect: Any) -> Example:
    return Example(name="made up", profile={"as_of": "2026-11-21"}, expect=expect)


def test_every_program_and_grid_of_the_packs_has_the_examples_it_needs(packs: Rulebook) -> None:
    assert [said for each in packs.of_kind(Program) for said in program_lacks(each)] == []
    assert [said for each in packs.of_kind(Grid) for said in grid_lacks(each)] == []


def test_kinds_are_told_from_the_verdicts(packs: Rulebook) -> None:
    program = document(packs, "fsw").model_copy(
        update={"examples": (expecting(verdict="likely"), expecting(verdict="not_eligible"), expecting(intake="open"))}
    )
    assert example_kinds(program) == {"match": 1, "miss": 1}


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (["not_eligible", "unknown"], "who matches"),
        (["eligible", "unknown"], "who just misses"),
        (["eligible", "not_eligible"], "too little is known"),
    ],
)
def test_a_kind_that_is_missing_is_told(packs: Rulebook, verdicts: list[str], said: str) -> None:
    examples = tuple(expecting(verdict=verdict) for verdict in verdicts)
    lacking = document(packs, "fsw").model_copy(update={"examples": examples})
    [told] = program_lacks(lacking)
    assert said in told
    problems = check_document(lacking, names_of(packs.documents, unit_groups()))
    assert [(problem.severity, problem.message) for problem in problems] == [("warning", told)]


def test_a_reason_stands_for_an_example_that_cannot_be_and_for_no_other(packs: Rulebook) -> None:
    examples = (expecting(verdict="not_eligible"), expecting(verdict="unknown"))
    reason = {"match": "The list is empty."}
    program = document(packs, "fsw").model_copy(update={"examples": examples, "without_example": reason})
    assert program_lacks(program) == []
    outdated = program.model_copy(update={"examples": (*examples, expecting(verdict="eligible"))})
    assert "take the reason out" in program_lacks(outdated)[0]


def test_a_program_without_rules_needs_no_examples(packs: Rulebook) -> None:
    assert program_lacks(document(packs, "fsw").model_copy(update={"versions": (), "examples": ()})) == []


def test_a_grid_needs_its_extremes_and_each_factor_told_apart(packs: Rulebook) -> None:
    grid = document(packs, "fsw67")
    bare = grid.model_copy(update={"examples": (expecting(total=50, factors={"age": 12}),)})
    told = " ".join(grid_lacks(bare))
    assert "no points" in told
    assert "maximum of 100" in told
    assert "factor “age”" in told
    reasons = dict.fromkeys(("least", "most", *(line.id for line in grid.versions[-1].factors)), "made up")
    assert grid_lacks(bare.model_copy(update={"without_example": reasons})) == []
