"""The worked examples that live with the rules, and that a wrong one is told."""

from eligibility.examples import Mismatch, run_example, run_examples
from programs.packs.schema import Program
from programs.rulebook import Rulebook, build


def test_every_worked_example_of_the_packs_comes_out_as_said(rulebook: Rulebook) -> None:
    assert [str(mismatch) for mismatch in run_examples(rulebook)] == []


def test_there_are_many_worked_examples(rulebook: Rulebook) -> None:
    assert sum(len(getattr(document, "examples", ())) for document in rulebook.documents) > 200


def test_an_example_that_does_not_hold_is_told_with_what_came_instead(rulebook: Rulebook) -> None:
    fsw = next(document for document in rulebook.of_kind(Program) if document.id == "fsw")
    first = fsw.examples[0]
    wrong = first.model_copy(update={"expect": {"verdict": "no such verdict"}})
    changed = fsw.model_copy(update={"examples": (wrong,)})
    found = run_example(changed, 0, build([*rulebook.documents], rulebook.occupations.values(), "test"))
    assert [mismatch.what for mismatch in found] == ["verdict"]
    assert first.name in str(found[0])


def test_only_a_figure_that_came_out_differently_can_be_accepted(rulebook: Rulebook) -> None:
    fsw = next(document for document in rulebook.of_kind(Program) if document.id == "fsw")
    first = fsw.examples[0]

    def told(**changes: object) -> Mismatch:
        changed = fsw.model_copy(update={"examples": (first.model_copy(update=changes),)})
        [mismatch] = run_example(changed, 0, rulebook)
        return mismatch

    assert told(expect={"verdict": "no such verdict"}).is_a_figure
    assert not told(expect={"no such thing": 1}).is_a_figure
    assert not told(expect={}).is_a_figure
    assert not told(profile={"as_of": "2026-11-21", "shoe_size": 43}).is_a_figure
