"""The rules of one day, compiled once for each language and shared by every assessment."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, NamedTuple

from eligibility.engine.assessment import (
    Finding,
    IntakeState,
    Invitations,
    NextStep,
    NoticeShown,
    OutlookState,
    ProgramFact,
    ProgramResult,
    ProgramTold,
    Verdict,
)
from eligibility.engine.grids import CompiledGrid, Grids
from eligibility.engine.readings import Reader, Readings, View
from eligibility.engine.requirements import CompiledRequirement, cite
from eligibility.engine.together import Together
from eligibility.engine.truths import Truths
from eligibility.engine.words import Words
from programs.packs.schema.tables import Notice
from programs.rulebook import ProgramInForce, RulebookInForce

# Questions are of a few kinds (everything, scores alone, one program); more than this are not kept.
MOST_PLANS = 1024


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


class CompiledRules:
    """Everything the engine needs of a rulebook in force, in one language; compiled as it is asked for.

    Attributes:
        readings: what the rules look at.
        notices: what is reported or announced, and not confirmed.
        pool: the programs that lead into the Express Entry pool; `invited` those that rounds were held for.
        ranked_by: the grid by which the pool is ranked: the first that all of them use.
        invitations: outlooks given before, by what they follow from.

    """

    def __init__(self, book: RulebookInForce, language: str) -> None:
        """Prepare to compile."""
        self.readings = Readings(book, Words(language))
        self.notices = tuple(_notice(notice, language) for notice in book.notices)
        pool = [program.document for program in book.programs if program.document.category == "express_entry"]
        used = [grid for grid in (pool[0].grids if pool else ()) if grid in book.grids]
        ranked_by = [grid for grid in used if all(grid in document.grids for document in pool)]
        self.pool = tuple([document.id for document in pool])
        self.ranked_by = ranked_by[0] if ranked_by else None
        self.invited = tuple(dict.fromkeys([one.program for one in book.rounds if one.program is not None]))
        self.invitations: dict[Hashable, Invitations] = self.readings.memory.table()
        self._book = book
        self._in_force = {program.document.id: program for program in book.programs}
        self._programs: dict[str, CompiledProgram] = {}
        self._grids: dict[str, CompiledGrid] = {}
        self._plans: dict[Hashable, Plan] = {}
        self._lock = Lock()

    def plan(self, programs: Collection[str] | None, grids: Collection[str] | None) -> "Plan":
        """The plan for these programs and these scores (all of them where None), made at the first asking.

        Raises:
            LookupError: where programs ask for each other's verdicts in a circle, naming it.

        """
        key = (None if programs is None else tuple(programs), None if grids is None else tuple(grids))
        found = self._plans.get(key)
        if found is None:
            with self._lock:
                found = self._plan(programs, grids)
                if len(self._plans) < MOST_PLANS:
                    self._plans[key] = found
        return found

    def _plan(self, programs: Collection[str] | None, grids: Collection[str] | None) -> "Plan":
        readings = self.readings
        shown = tuple([key for key in self._in_force if programs is None or key in programs])
        ordered = self._in_order(shown)
        of_programs = {slot for program in ordered for slot in program.slots}
        totals = [(slot, *readings.totals[slot]) for slot in sorted(of_programs & readings.totals.keys())]
        needed = {grid for _, grid, _ in totals}
        if programs is None and self.ranked_by is not None:
            needed.add(self.ranked_by)
        scored = [(key, self._grid(key)) for key in self._book.grids if grids is None or key in grids or key in needed]
        of_grids = {slot for _, grid in scored for slot in grid.slots}
        verdicts = {program: slot for slot, program in readings.verdicts.items() if slot in of_programs}
        truths = Truths([one for program in ordered for one in program.conditions], verdicts.values(), readings)
        findings = Together([each for program in ordered for each in program.requirements], readings.memory)
        return Plan(
            grids=Grids([grid for _, grid in scored], readings) if scored else None,
            totals=tuple(totals),
            programs=tuple([self._step(program, truths, verdicts.get(program.id), findings) for program in ordered]),
            shown=shown,
            findings=findings,
            truths=truths,
            everything=readings.reader(of_programs | of_grids),
            of_grids=readings.reader(of_grids),
        )

    def _step(self, program: CompiledProgram, truths: Truths, slot: int | None, findings: Together[Finding]) -> "Step":
        return Step(
            program=program,
            pick=truths.key_of(program.conditions),
            kept=self.readings.memory.table(),
            find=findings.picker(program.requirements),
            always=None if program.requirements else ProgramResult(program.told, None, ()),
            slot=slot,
            place=None if slot is None else truths.place(slot),
        )

    def _in_order(self, asked: Iterable[str]) -> list[CompiledProgram]:
        """The programs asked for and those whose verdicts they look at, these before those that look."""
        found: dict[str, CompiledProgram] = {}

        def visit(key: str, path: tuple[str, ...]) -> None:
            if key in path:
                raise LookupError(f"verdicts depend on each other: {' > '.join((*path, key))}")
            if key not in self._in_force or key in found:
                return
            program = self._program(key)
            for slot in program.slots:
                if slot in self.readings.verdicts:
                    visit(self.readings.verdicts[slot], (*path, key))
            found[key] = program

        for key in asked:
            visit(key, ())
        return list(found.values())

    def _program(self, key: str) -> CompiledProgram:
        found = self._programs.get(key)
        if found is None:
            found = self._programs[key] = CompiledProgram(self._in_force[key], self.readings)
        return found

    def _grid(self, key: str) -> CompiledGrid:
        found = self._grids.get(key)
        if found is None:
            found = self._grids[key] = CompiledGrid(self._book.grids[key], self.readings)
        return found


class Step(NamedTuple):
    """A program to be assessed.

    Attributes:
        program: the program.
        pick: picks from the truths of its conditions what its verdict follows from.
        kept: verdicts found before, by that.
        find: picks its findings from those of everyone's.
        always: the result, of a program that looks at nothing: everyone's is the same.
        slot, place: where others look for its verdict, among values and among truths; None if none does.

    """

    program: CompiledProgram
    pick: Callable[[Sequence[int]], Any]
    kept: dict[Any, tuple[Verdict | None]]
    find: Callable[[Sequence[Finding]], tuple[Finding, ...]]
    always: ProgramResult | None
    slot: int | None
    place: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be worked out to answer one kind of question, in an order in which each finds what it rests on.

    Attributes:
        grids: the grids to be scored; `totals` says where which total is then put, and as which program counts it.
        programs: the programs to be assessed.
        shown: those of them that were asked for, in the order in which they are shown.
        findings: what finds what their requirements say.
        truths: which of their conditions are met.
        everything: what reads the values that all of this looks at.
        of_grids: what reads those that scores look at.

    """

    grids: Grids | None
    totals: tuple[tuple[int, str, str | None], ...]
    programs: tuple[Step, ...]
    shown: tuple[str, ...]
    findings: Together[Finding]
    truths: Truths
    everything: Reader
    of_grids: Reader


def compiled(book: RulebookInForce, language: str) -> CompiledRules:
    """The compiled rules, made at the first asking and then kept with the rulebook."""
    found = book.cache.get(language)
    if not isinstance(found, CompiledRules):
        found = book.cache.setdefault(language, CompiledRules(book, language))
    assert isinstance(found, CompiledRules)
    return found
