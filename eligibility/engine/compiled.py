"""The rules of one day, compiled once for each language and shared by every assessment."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from eligibility.engine.assessment import (
    Finding,
    IntakeState,
    NextStep,
    NoticeShown,
    OutlookState,
    ProgramFact,
    ProgramResult,
    Verdict,
)
from eligibility.engine.grids import CompiledGrid
from eligibility.engine.requirements import CompiledRequirement, cite
from eligibility.engine.words import Words
from programs.packs.schema.tables import Notice
from programs.rulebook import ProgramInForce, RulebookInForce


class CompiledProgram:
    """A program in force: its requirements, and everything told of it whoever asks."""

    def __init__(self, program: ProgramInForce, book: RulebookInForce, words: Words) -> None:
        """Prepare the requirements and the texts."""
        document, version, language = program.document, program.version, words.language
        self.id = document.id
        self.requirements: tuple[CompiledRequirement, ...] = ()
        if version is not None:
            self.requirements = tuple(
                CompiledRequirement(requirement, version.effective_from, book, words)
                for requirement in version.requirements
            )
        self.leads_into_the_pool = document.category == "express_entry"
        self._program, self._words = program, words
        self._name = document.name.in_language(language)
        self._summary = document.summary.in_language(language)
        self._not_checked = document.not_checked.in_language(language) if document.not_checked else None
        self._intake = _intake(program, book, language)
        self._outlook = _outlook(program, book, language)
        self.grids = tuple(grid for grid in document.grids if grid in book.grids)
        self._facts = tuple(
            ProgramFact(fact.topic, fact.text.in_language(language), fact.amount_cad, cite(fact, book, language))
            for fact in program.facts
        )
        self._next_steps = tuple(
            NextStep(step.text.in_language(language), step.url, step.done_by) for step in document.next_steps
        )
        self._notices = tuple(notice.id for notice in book.notices if document.id in notice.concerns)

    def result(self, findings: tuple[Finding, ...], verdict: Verdict | None) -> ProgramResult:
        """The program's result for the applicant of whom these are the findings."""
        document, version = self._program.document, self._program.version
        return ProgramResult(
            id=self.id,
            name=self._name,
            authority=document.authority,
            category=document.category,
            leads_to=document.leads_to,
            summary=self._summary,
            official_url=document.official_url,
            verdict=verdict,
            intake=self._intake,
            outlook=self._outlook,
            requirements=findings,
            version=version.version if version else None,
            effective_from=version.effective_from if version else None,
            grids=self.grids,
            facts=self._facts,
            next_steps=self._next_steps,
            not_checked=self._not_checked,
            express_entry_linked=document.express_entry_linked,
            notices=self._notices,
        )


def _intake(program: ProgramInForce, book: RulebookInForce, language: str) -> IntakeState | None:
    intake = program.intake
    if intake is None:
        return None
    note = intake.note.in_language(language) if intake.note else None
    return IntakeState(intake.status, intake.from_, intake.to, note, cite(intake, book, language))


def _outlook(program: ProgramInForce, book: RulebookInForce, language: str) -> OutlookState | None:
    outlook = program.outlook
    if outlook is None:
        return None
    return OutlookState(outlook.realistic, outlook.text.in_language(language), cite(outlook, book, language))


def _notice(notice: Notice, language: str) -> NoticeShown:
    return NoticeShown(
        id=notice.id,
        title=notice.title.in_language(language),
        text=notice.text.in_language(language),
        concerns=notice.concerns,
        confidence=notice.confidence,
        effective_from=notice.effective_from,
        sources=tuple((source.url, source.title, source.as_of) for source in notice.sources),
    )


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """Everything the engine needs of a rulebook in force, in one language."""

    programs: Mapping[str, CompiledProgram]
    grids: Mapping[str, CompiledGrid]
    notices: tuple[NoticeShown, ...]


def compiled(book: RulebookInForce, language: str) -> CompiledRules:
    """The compiled rules, made at the first asking and then kept with the rulebook."""
    found = book.cache.get(language)
    if not isinstance(found, CompiledRules):
        words = Words(language)
        found = CompiledRules(
            programs=MappingProxyType({p.document.id: CompiledProgram(p, book, words) for p in book.programs}),
            grids=MappingProxyType({key: CompiledGrid(grid, book, words) for key, grid in book.grids.items()}),
            notices=tuple(_notice(notice, language) for notice in book.notices),
        )
        book.cache[language] = found
    return found
