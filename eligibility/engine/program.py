"""A program in force, compiled: its requirements, its verdict, and what is told of it whoever asks."""

from collections.abc import Sequence

from eligibility.engine.assessment import IntakeState, NextStep, OutlookState, ProgramFact, ProgramTold, Verdict
from eligibility.engine.readings import Readings, View
from eligibility.engine.requirements import CompiledRequirement, cite
from programs.rulebook import ProgramInForce, RulebookInForce


class CompiledProgram:
    """A program in force: its requirements, and everything told of it whoever asks."""

    def __init__(self, program: ProgramInForce, readings: Readings) -> None:
        """Prepare the requirements and the texts."""
        self.id = program.document.id
        version = program.version
        self.requirements: tuple[CompiledRequirement, ...] = ()
        if version is not None:
            self.requirements = tuple(
                CompiledRequirement(requirement, version.effective_from, readings, self.id)
                for requirement in version.requirements
            )
        self.slots = tuple(dict.fromkeys(slot for requirement in self.requirements for slot in requirement.slots))
        self.conditions = tuple(dict.fromkeys(one for each in self.requirements for one in each.conditions))
        self.by_choice = any(requirement.by_choice for requirement in self.requirements)
        self.told = _told(program, readings)

    def verdict(self, views: Sequence[View]) -> Verdict | None:
        """The program's verdict; None where nobody can evaluate it yet.

        One requirement surely missed decides, then one that an answer would decide.
        """
        if not self.requirements:
            return None
        verdict: Verdict = "eligible"
        for requirement in self.requirements:
            met, needs_a_person = requirement.judged(views)
            if met is False:
                return "not_eligible"
            if met is None and verdict != "unknown":
                verdict = "likely" if needs_a_person else "unknown"
        return verdict


def _told(program: ProgramInForce, readings: Readings) -> ProgramTold:
    """What every result of a program says, whoever asks."""
    document, version = program.document, program.version
    book, language = readings.book, readings.words.language
    facts = [
        ProgramFact(fact.topic, fact.text.in_language(language), fact.amount_cad, cite(fact, book, language))
        for fact in program.facts
    ]
    return ProgramTold(
        id=document.id,
        name=document.name.in_language(language),
        authority=document.authority,
        category=document.category,
        leads_to=document.leads_to,
        summary=document.summary.in_language(language),
        official_url=document.official_url,
        intake=_intake(program, book, language),
        outlook=_outlook(program, book, language),
        version=version.version if version else None,
        effective_from=version.effective_from if version else None,
        grids=tuple(grid for grid in document.grids if grid in book.grids),
        facts=tuple(facts),
        next_steps=tuple(
            NextStep(step.text.in_language(language), step.url, step.done_by) for step in document.next_steps
        ),
        not_checked=document.not_checked.in_language(language) if document.not_checked else None,
        express_entry_linked=document.express_entry_linked,
        express_entry_option=document.express_entry_option,
        notices=tuple(notice.id for notice in book.notices if document.id in notice.concerns),
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
