"""The rules of one day, compiled once for each language and shared by every assessment."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

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
from eligibility.engine.readings import Reader, Readings, View, picker
from eligibility.engine.requirements import CompiledRequirement, cite
from eligibility.engine.words import Words
from programs.packs.schema.tables import Notice
from programs.rulebook import ProgramInForce, RulebookInForce

# Questions are of a few kinds (everything, scores alone, one program); more than this are not kept.
MOST_PLANS = 1024


class CompiledProgram:
    """A program in force: its requirements, and everything told of it whoever asks."""

    def __init__(self, program: ProgramInForce, readings: Readings) -> None:
        """Prepare the requirements and the texts."""
        document, version = program.document, program.version
        book, language = readings.book, readings.words.language
        self.id = document.id
        self.requirements: tuple[CompiledRequirement, ...] = ()
        if version is not None:
            self.requirements = tuple(
                CompiledRequirement(requirement, version.effective_from, readings, self.id)
                for requirement in version.requirements
            )
        self.slots = tuple(dict.fromkeys(slot for requirement in self.requirements for slot in requirement.slots))
        self._speaks_of_language = any(requirement.speaks_of_language for requirement in self.requirements)
        self._pick = picker(self.slots)
        self._memory = readings.memory
        self._kept: dict[Any, ProgramResult] = readings.memory.table()
        self.leads_into_the_pool = document.category == "express_entry"
        self._program = program
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

    def result(self, views: Sequence[View]) -> ProgramResult:
        """The program's result for an applicant. The same values give the same result, which is kept."""
        if len(views) > 1 and self._speaks_of_language:
            key = tuple([self._pick(view.codes) for view in views])
        else:
            key = self._pick(views[0].codes)
        found = self._kept.get(key)
        return found if found is not None else self._memory.keep(self._kept, key, self._assess(views))

    def _assess(self, views: Sequence[View]) -> ProgramResult:
        findings = tuple([requirement.finding(views) for requirement in self.requirements])
        verdict = verdict_from(findings) if findings else None
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


def verdict_from(findings: Sequence[Finding]) -> Verdict:
    """The verdict that findings make: one surely missed decides, then one that an answer would decide."""
    undecided = False
    for finding in findings:
        if finding.met is False:
            return "not_eligible"
        undecided = undecided or finding.met is None
    if not undecided:
        return "eligible"
    return "likely" if all(finding.needs_a_person for finding in findings if finding.met is None) else "unknown"


@dataclass(frozen=True, slots=True)
class CompiledRules:
    """Everything the engine needs of a rulebook in force, in one language. `plans` are made as they are asked for."""

    readings: Readings
    programs: Mapping[str, CompiledProgram]
    grids: Mapping[str, CompiledGrid]
    notices: tuple[NoticeShown, ...]
    plans: dict[Hashable, "Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be worked out to answer one kind of question, in an order in which each finds what it rests on.

    Attributes:
        grids: the grids to be scored; `totals` says where which total is then put, and as which program counts it.
        programs: the programs to be assessed, each with the place where others look for its verdict, if they do.
        shown: the programs that were asked for, in the order in which they are shown.
        everything: what reads the values that all of this looks at.
        of_grids: what reads those that scores look at.

    """

    grids: tuple[tuple[str, CompiledGrid], ...]
    totals: tuple[tuple[int, str, str | None], ...]
    programs: tuple[tuple[CompiledProgram, int | None], ...]
    shown: tuple[str, ...]
    everything: Reader
    of_grids: Reader


def plan_for(rules: CompiledRules, programs: Collection[str] | None, grids: Collection[str] | None) -> Plan:
    """The plan for these programs and these scores (all of them where None), made at the first asking.

    Raises:
        LookupError: where programs ask for each other's verdicts in a circle, naming it.

    """
    key = (
        None if programs is None else tuple(programs),
        None if grids is None else tuple(grids),
    )
    found = rules.plans.get(key)
    if found is None:
        found = _plan(rules, programs, grids)
        if len(rules.plans) < MOST_PLANS:
            rules.plans[key] = found
    return found


def _plan(rules: CompiledRules, programs: Collection[str] | None, grids: Collection[str] | None) -> Plan:
    readings = rules.readings
    shown = tuple([key for key in rules.programs if programs is None or key in programs])
    ordered = _in_order(rules, shown)
    verdicts = {program: slot for slot, program in readings.verdicts.items()}
    of_programs = {slot for program in ordered for slot in program.slots}
    totals = [(slot, *readings.totals[slot]) for slot in sorted(of_programs & readings.totals.keys())]
    needed = {grid for _, grid, _ in totals}
    if programs is None and (ranked_by := ranks_the_pool(rules)) is not None:
        needed.add(ranked_by)
    scored = [(key, grid) for key, grid in rules.grids.items() if grids is None or key in grids or key in needed]
    of_grids = {slot for _, grid in scored for slot in grid.slots}
    return Plan(
        grids=tuple(scored),
        totals=tuple(totals),
        programs=tuple([(program, verdicts.get(program.id)) for program in ordered]),
        shown=shown,
        everything=readings.reader(of_programs | of_grids),
        of_grids=readings.reader(of_grids),
    )


def _in_order(rules: CompiledRules, asked: Iterable[str]) -> list[CompiledProgram]:
    """The programs asked for and those whose verdicts they look at, these before those that look."""
    found: dict[str, CompiledProgram] = {}

    def visit(key: str, path: tuple[str, ...]) -> None:
        if key in path:
            raise LookupError(f"verdicts depend on each other: {' > '.join((*path, key))}")
        program = rules.programs.get(key)
        if program is None or key in found:
            return
        for slot in program.slots:
            if slot in rules.readings.verdicts:
                visit(rules.readings.verdicts[slot], (*path, key))
        found[key] = program

    for key in asked:
        visit(key, ())
    return list(found.values())


def ranks_the_pool(rules: CompiledRules) -> str | None:
    """The grid by which the pool is ranked: the first that all programs leading into it use."""
    pool = pool_of(rules)
    ranked_by = [grid for grid in (pool[0].grids if pool else ()) if all(grid in one.grids for one in pool)]
    return ranked_by[0] if ranked_by else None


def pool_of(rules: CompiledRules) -> list[CompiledProgram]:
    """The programs that lead into the pool."""
    return [program for program in rules.programs.values() if program.leads_into_the_pool]


def compiled(book: RulebookInForce, language: str) -> CompiledRules:
    """The compiled rules, made at the first asking and then kept with the rulebook."""
    found = book.cache.get(language)
    if not isinstance(found, CompiledRules):
        readings = Readings(book, Words(language))
        found = CompiledRules(
            readings=readings,
            programs=MappingProxyType({p.document.id: CompiledProgram(p, readings) for p in book.programs}),
            grids=MappingProxyType({key: CompiledGrid(grid, readings) for key, grid in book.grids.items()}),
            notices=tuple(_notice(notice, language) for notice in book.notices),
            plans={},
        )
        book.cache[language] = found
    return found
