"""The rules of one day, compiled once for each language and shared by every assessment."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from eligibility.engine.assessment import Finding, Invitations, NoticeShown, ProgramResult, ProgramTold
from eligibility.engine.grids import CompiledGrid, Grids
from eligibility.engine.program import CompiledProgram
from eligibility.engine.readings import Reader, Readings
from eligibility.engine.together import Together, tuple_picker
from eligibility.engine.verdicts import Verdicts
from eligibility.engine.words import Words
from programs.packs.schema.tables import Notice
from programs.rulebook import RulebookInForce

Shown = Callable[[Sequence[ProgramResult]], tuple[ProgramResult, ...]]
# Questions are of a few kinds (everything, scores alone, one program); more than this are not kept.
MOST_PLANS = 1024


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
        looked_at = {program: slot for slot, program in readings.verdicts.items() if slot in of_programs}
        judged = [program for program in ordered if program.requirements]
        findings = Together([each for program in judged for each in program.requirements], readings.memory)
        return Plan(
            grids=Grids([grid for _, grid in scored], readings) if scored else None,
            shown_grids=tuple([key for key, _ in scored if grids is None or key in grids]),
            totals=tuple(totals),
            verdicts=Verdicts(judged, looked_at, readings),
            told=tuple([program.told for program in judged]),
            find=tuple([findings.picker(program.requirements) for program in judged]),
            always=tuple([ProgramResult(one.told, None, ()) for one in ordered if not one.requirements]),
            shown=self._shown(shown, ordered),
            findings=findings,
            everything=readings.reader(of_programs | of_grids),
            of_grids=readings.reader(of_grids),
        )

    def _shown(self, shown: Sequence[str], ordered: Sequence[CompiledProgram]) -> Shown:
        """What picks the results that were asked for, from those of programs that are judged and then the others."""
        in_order = sorted(ordered, key=lambda program: not program.requirements)
        places = {program.id: place for place, program in enumerate(in_order)}
        return tuple_picker([places[key] for key in shown])

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


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be worked out to answer one kind of question, in an order in which each finds what it rests on.

    Attributes:
        grids: the grids to be scored; `shown_grids` those of them that were asked for.
        totals: where which total is put once it is scored, and as which program counts it.
        verdicts: the programs to be assessed that have rules.
        told: what is told of each of them; `find` picks its findings from all of them.
        always: the results of the programs without rules: everyone's are the same.
        shown: picks the results that were asked for, in the order in which they are shown, from both.
        findings: what finds what the programs' requirements say.
        everything: what reads the values that all of this looks at.
        of_grids: what reads those that scores look at.

    """

    grids: Grids | None
    shown_grids: tuple[str, ...]
    totals: tuple[tuple[int, str, str | None], ...]
    verdicts: Verdicts
    told: tuple[ProgramTold, ...]
    find: tuple[Callable[[Sequence[Finding]], tuple[Finding, ...]], ...]
    always: tuple[ProgramResult, ...]
    shown: Shown
    findings: Together[Finding]
    everything: Reader
    of_grids: Reader


def compiled(book: RulebookInForce, language: str) -> CompiledRules:
    """The compiled rules, made at the first asking and then kept with the rulebook."""
    found = book.cache.get(language)
    if not isinstance(found, CompiledRules):
        found = book.cache.setdefault(language, CompiledRules(book, language))
    assert isinstance(found, CompiledRules)
    return found
