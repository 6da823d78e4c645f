"""Texts that concern some programs, each told once with the names of those it concerns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from eligibility.engine.assessment import Citation, ProgramResult
from eligibility.results import words
from eligibility.results.doors import Door
from eligibility.results.scores import ScoreView

# How many programs a sentence can name before it stops being one.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A text that concerns some programs, told once."""

    text: str
    concerns: str
    citation: Citation


def told_once(facts: Iterable[tuple[str, str, Citation]]) -> tuple[Told, ...]:
    """Each text once, with the programs it concerns."""
    citations: dict[str, Citation] = {}
    names: dict[str, dict[str, None]] = {}
    for text, name, citation in facts:
        citations.setdefault(text, citation)
        names.setdefault(text, {})[name] = None
    return tuple(Told(text, concerns(list(names[text])), citation) for text, citation in citations.items())


def concerns(names: Sequence[str]) -> str:
    """The programs that a text is of, by name, or only counted where they are many."""
    if len(names) <= NAMED:
        return words.join(names)
    return ngettext("%(count)d program", "%(count)d programs", len(names)) % {"count": len(names)}


def checks_of(doors: Iterable[Door], shown: Iterable[ScoreView]) -> tuple[Told, ...]:
    """What someone should check before relying on it: low confidence, and cautions beside the rules."""

    def found() -> Iterable[tuple[str, str, Citation]]:
        for view in shown:
            for line in view.score.walk():
                if line.citation.is_to_be_checked:
                    yield words.check_text(line.citation), f"{view.score.name}: {line.name}", line.citation
        for door in doors:
            for citation in _citations(door.program):
                if citation.is_to_be_checked:
                    yield words.check_text(citation), door.program.name, citation

    return told_once(found())


def _citations(program: ProgramResult) -> Iterable[Citation]:
    yield from (finding.citation for finding in program.requirements)
    if program.intake is not None:
        yield program.intake.citation
    if program.outlook is not None:
        yield program.outlook.citation
    yield from (fact.citation for fact in program.facts)
