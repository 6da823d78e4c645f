"""What the rulebook says of a profile: plain immutable results, ready for a page, JSON or print.

All texts are in the language the assessment was made in. `None` in `met` means that it cannot be told.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from programs.rulebook import Draws

Verdict = Literal["eligible", "likely", "unknown", "not_eligible"]
Met = bool | None


@dataclass(frozen=True, slots=True)
class Citation:
    """What a statement rests on: the page, the provision, the day it was read, how sure we are."""

    source: str
    provision: str | None
    as_of: str
    confidence: str
    caution: str | None
    title: str | None = None

    @property
    def is_to_be_checked(self) -> bool:
        """Whether a person should check this before relying on it."""
        return self.confidence != "confirmed" or self.caution is not None


@dataclass(frozen=True, slots=True)
class ConditionFinding:
    """One condition: what it asked, what the applicant has, and by how much that misses.

    `about` is the answer it looks at. `hangs` marks one that fails only because there is nothing yet to ask it of:
    the wage of an offer nobody has.
    """

    met: Met
    subject: str
    needed: str
    yours: str
    gap: str | None = None
    missing: tuple[str, ...] = ()
    is_judgement: bool = False
    about: str = ""
    hangs: bool = False


@dataclass(frozen=True, slots=True)
class RouteFinding:
    """One route of a requirement: all of its conditions must be met."""

    met: Met
    conditions: tuple[ConditionFinding, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement. `yours`, `needed` and `gap` speak of the route that comes nearest."""

    id: str
    text: str
    met: Met
    needed: str
    yours: str
    gap: str | None
    routes: tuple[RouteFinding, ...]
    missing: tuple[str, ...]
    needs_a_person: bool
    effective_from: dt.date
    citation: Citation
    note: str | None = None
    rests_on_estimate: bool = False
    about: str = ""
    hangs: bool = False
    # The finding as JSON text, once that was asked for: a finding is shared by everyone of whom it is true.
    written: list[bytes] = field(default_factory=list, compare=False, repr=False)

    def as_json(self) -> dict[str, Any]:
        """The finding in the form of the contract; gap, missing answers and doubt only where there are any."""
        told: dict[str, Any] = {
            "id": self.id,
            "met": self.met,
            "text": self.text,
            "yours": self.yours,
            "needed": self.needed,
            "source": self.citation.source,
            "effective_from": self.effective_from.isoformat(),
        }
        if self.gap:
            told["gap"] = self.gap
        if self.missing:
            told["missing"] = list(self.missing)
        if self.citation.confidence != "confirmed":
            told["confidence"] = self.citation.confidence
        return told


class Line(NamedTuple):
    """One line of a grid: a section, group, factor or part, with its points after its own cap.

    `points` is what the known answers give, `high` the most it could be. `yours` names the band reached. A line that
    does not apply (a partner's, for someone single) is there with no points.
    """

    id: str
    name: str
    role: Literal["section", "group", "factor", "part"]
    points: int
    high: int
    cap: int | None
    yours: str
    missing: tuple[str, ...]
    citation: Citation
    note: str | None = None
    remarks: tuple[str, ...] = ()
    children: tuple["Line", ...] = ()
    applies: bool = True


class Score(NamedTuple):
    """A grid's result. `total` is what the known answers give, the low end of `range`."""

    id: str
    name: str
    total: int
    range: tuple[int, int]
    complete: bool
    pass_mark: int | None
    maximum: int
    version: str
    effective_from: dt.date
    official_url: str
    lines: tuple[Line, ...]
    language_choice: str | None
    by_program: dict[str, int]
    missing: tuple[str, ...] = ()

    def walk(self) -> "tuple[Line, ...]":
        """Every line, parents before children."""
        found: list[Line] = []
        stack = list(reversed(self.lines))
        while stack:
            line = stack.pop()
            found.append(line)
            stack.extend(reversed(line.children))
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """The score in the form of the contract."""
        every = self.walk()
        sections = {line.id: line.points for line in every if line.role == "section"}
        result: dict[str, Any] = {"total": self.total}
        if self.pass_mark is not None:
            result["pass_mark"] = self.pass_mark
        if sections:
            result["sections"] = sections
        result["factors"] = {line.id: line.points for line in every if line.role == "factor"}
        result["complete"] = self.complete
        result["range"] = list(self.range)
        if self.by_program:
            result["by_program"] = self.by_program
        return result


@dataclass(frozen=True, slots=True)
class IntakeState:
    """Whether a program takes applications on the day, and since when."""

    status: Literal["open", "paused", "closed", "cap_reached", "announced"]
    since: dt.date
    until: dt.date | None
    note: str | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class OutlookState:
    """How realistic an invitation is from where people in the United States stand, and why."""

    realistic: Literal["yes", "with_effort", "unlikely", "no"]
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class ProgramFact:
    """A fee, a processing time, what family may get: told beside the program."""

    topic: str
    text: str
    amount_cad: float | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class NextStep:
    """Something to do, with the official page for it. `done_by` names what in the answers shows that it is done."""

    text: str
    url: str
    done_by: str | None = None


@dataclass(frozen=True, slots=True)
class ProgramTold:
    """What every result of a program says, whoever asks."""

    id: str
    name: str
    authority: str
    category: str
    leads_to: str
    summary: str
    official_url: str
    intake: IntakeState | None
    outlook: OutlookState | None
    version: str | None
    effective_from: dt.date | None
    grids: tuple[str, ...]
    facts: tuple[ProgramFact, ...]
    next_steps: tuple[NextStep, ...]
    not_checked: str | None
    express_entry_linked: bool
    express_entry_option: bool
    notices: tuple[str, ...]


class _Result(NamedTuple):
    """What a program's result is made of: a plain tuple, since a hundred are made for everyone who is assessed."""

    told: ProgramTold
    verdict: Verdict | None
    given: tuple[Finding, ...] | None
    find: Callable[[Any], tuple[Finding, ...]] | None = None
    findings: Any = None


class ProgramResult(_Result):
    """A program: verdict, intake and outlook are three separate facts.

    `verdict` is None for a program that nobody can evaluate yet (announced, or not checked here). The findings are put
    into words when they are first read, from the values the verdict was found with: unless they are `given`, `find`
    picks them from `findings`, those of all programs. Everything else is `told` of the program whoever asks, and can
    be read here as well.
    """

    __slots__ = ()

    id: str
    name: str
    authority: str
    category: str
    leads_to: str
    summary: str
    official_url: str
    intake: IntakeState | None
    outlook: OutlookState | None
    version: str | None
    effective_from: dt.date | None
    grids: tuple[str, ...]
    facts: tuple[ProgramFact, ...]
    next_steps: tuple[NextStep, ...]
    not_checked: str | None
    express_entry_linked: bool
    express_entry_option: bool
    notices: tuple[str, ...]

    def __eq__(self, other: object) -> bool:
        """Whether both say the same."""
        return isinstance(other, ProgramResult) and self._said() == other._said()

    def __ne__(self, other: object) -> bool:
        """Whether one says something else."""
        return not self == other

    def __hash__(self) -> int:
        """The same for results that say the same."""
        return hash((self.told.id, self.verdict))

    def __repr__(self) -> str:
        """Everything the result says."""
        return f"ProgramResult{self._said()!r}"

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy rests on nothing else."""
        return ProgramResult, self._said()

    def _said(self) -> tuple[ProgramTold, Verdict | None, tuple[Finding, ...]]:
        return self.told, self.verdict, self.requirements

    @property
    def requirements(self) -> tuple[Finding, ...]:
        """The findings, one for each requirement."""
        if self.given is not None:
            return self.given
        assert self.find is not None
        return self.find(self.findings.all())

    @property
    def missed(self) -> tuple[Finding, ...]:
        """Requirements that are surely not met."""
        return tuple(finding for finding in self.requirements if finding.met is False)

    @property
    def steps(self) -> tuple[Finding, ...]:
        """The requirements missed, without those that hang on something another of them is about.

        Where several hang on something that no requirement names by itself (an offer), they are one step together.
        """
        missed = self.missed
        if not missed:
            return ()
        found = [finding for finding in missed if not finding.hangs]
        covered = {finding.about for finding in found}
        for finding in missed:
            thing = finding.about.partition(".")[0]
            if finding.hangs and thing not in covered:
                covered.add(thing)
                found.append(finding)
        return tuple(found)

    @property
    def met(self) -> tuple[Finding, ...]:
        """Requirements that are met."""
        return tuple(finding for finding in self.requirements if finding.met is True)

    @property
    def to_confirm(self) -> tuple[Finding, ...]:
        """Requirements that only a person can judge."""
        return tuple(f for f in self.requirements if f.met is None and f.needs_a_person)

    @property
    def to_answer(self) -> tuple[Finding, ...]:
        """Requirements that an answer still missing would decide."""
        return tuple(f for f in self.requirements if f.met is None and not f.needs_a_person)

    def as_json(self, scores: dict[str, Score]) -> dict[str, Any]:
        """The program in the form of the contract."""
        return {
            **self.head_as_json(),
            "scores": {grid: scores[grid].total for grid in self.grids if grid in scores},
            "requirements": [finding.as_json() for finding in self.requirements],
        }

    def head_as_json(self) -> dict[str, Any]:
        """What the contract says of a program before its scores and requirements."""
        return {
            "id": self.id,
            "name": self.name,
            "authority": self.authority,
            "kind": self.category,
            "verdict": self.verdict or "unknown",
            "intake": self.intake.status if self.intake else None,
            "outlook": self.outlook.text if self.outlook else None,
            "not_checked": self.not_checked,
        }


# As properties: `__getattr__` would be asked only after each name was looked for in vain, and a page reads thousands.
for _name in ProgramTold.__dataclass_fields__:
    setattr(ProgramResult, _name, property(attrgetter(f"told.{_name}"), doc="What is told of the program."))


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """A change that is reported, proposed or announced but not confirmed."""

    id: str
    title: str
    text: str
    concerns: tuple[str, ...]
    confidence: str
    effective_from: dt.date | None
    sources: tuple[tuple[str, str, str], ...]

    def as_json(self) -> dict[str, Any]:
        """The notice in the form of the contract."""
        return {
            "id": self.id,
            "concerns": list(self.concerns),
            "confidence": self.confidence,
            "effective_from": self.effective_from.isoformat() if self.effective_from else None,
            "text": self.text,
            "source": self.sources[0][0],
        }


@dataclass(frozen=True, slots=True)
class KindOfRound:
    """The rounds of one kind in the window, and how many of them the person's score would have reached.

    `eligible_for` is None where an answer still missing would decide it. A score that is a range would have reached
    some rounds for sure, and might have reached more. Rounds before the CRS last changed are on
    another scale: they are counted in `rounds` and in `other_scale`, and never compared.
    """

    kind: str
    name: str
    rounds: int
    eligible_for: Met
    would_have_reached: int
    might_have_reached: int
    other_scale: int
    last_cutoff: int | None
    lowest_cutoff: int | None
    median_cutoff: float | None
    last_date: dt.date
    includes_nomination_points: bool
    source: str

    @property
    def last_is_on_another_scale(self) -> bool:
        """Whether even the last round was before the CRS changed: its cut-off says nothing of the score."""
        return self.other_scale == self.rounds

    def as_json(self) -> dict[str, Any]:
        """The kind in the form of the contract."""
        return {
            "kind": self.kind,
            "rounds": self.rounds,
            "eligible_for": self.eligible_for,
            "would_have_reached": self.would_have_reached,
            "might_have_reached": self.might_have_reached,
            "other_scale": self.other_scale,
            "last_cutoff": self.last_cutoff,
            "lowest_cutoff": self.lowest_cutoff,
            "median_cutoff": self.median_cutoff,
            "last_date": self.last_date.isoformat(),
            "includes_nomination_points": self.includes_nomination_points,
        }


@dataclass(frozen=True, slots=True)
class BandOfPool:
    """The candidates with scores from `low` to `high`; `yours` says whether the person's score may be among them."""

    low: int
    high: int
    candidates: int
    yours: bool


@dataclass(frozen=True, slots=True)
class PoolStanding:
    """Where a score stands in the last snapshot of the pool: how many were above it, about as high, and below.

    `above` and `below` are ranges, since a score that is a range may lie in several bands; `alongside` counts all of
    these. `other_scale` marks a snapshot taken before the CRS last changed: then no band is the person's.
    """

    date: dt.date
    total: int
    bands: tuple[BandOfPool, ...]
    above: tuple[int, int]
    alongside: int
    below: tuple[int, int]
    other_scale: bool
    source: str

    def as_json(self) -> dict[str, Any]:
        """The standing, without its bands; no figures where the scales differ."""
        told: dict[str, Any] = {"date": self.date.isoformat(), "total": self.total, "other_scale": self.other_scale}
        if not self.other_scale:
            told |= {"above": list(self.above), "alongside": self.alongside, "below": list(self.below)}
        return told


@dataclass(frozen=True, slots=True)
class Invitations:
    """The invitation outlook: which rounds of the last months the person could have been in, and the pool now."""

    window_months: int
    rounds: int
    could_have_been_invited: int
    by_kind: tuple[KindOfRound, ...]
    pool: PoolStanding | None = None

    def as_json(self) -> dict[str, Any]:
        """The outlook in the form of the contract."""
        told: dict[str, Any] = {
            "window_months": self.window_months,
            "rounds": self.rounds,
            "could_have_been_invited": self.could_have_been_invited,
            "by_kind": [kind.as_json() for kind in self.by_kind],
        }
        if self.pool is not None:
            told["pool"] = self.pool.as_json()
        return told


Levels = Mapping[str, int | None] | None


class Assessment(NamedTuple):
    """Everything the rulebook in force on `as_of` says of a profile.

    `draws` are those of all provinces and years, the same for everyone; whoever shows some picks them.
    """

    id: Any
    as_of: dt.date
    rulebook: str
    clb: dict[str, dict[str, Levels]]
    scores: dict[str, Score]
    programs: tuple[ProgramResult, ...]
    notices: tuple[NoticeShown, ...]
    invitations: Invitations | None = None
    draws: Draws = Draws()

    def program(self, program_id: str) -> ProgramResult:
        """One program's result. Raises KeyError for a program that has no result on this day."""
        for result in self.programs:
            if result.id == program_id:
                return result
        raise KeyError(program_id)

    def as_json(self, *, scores_only: bool = False) -> dict[str, Any]:
        """The assessment in the form of the contract."""
        result: dict[str, Any] = {
            "id": self.id,
            "as_of": self.as_of.isoformat(),
            "rulebook": self.rulebook,
            "clb": self.clb,
            "scores": {key: score.as_json() for key, score in self.scores.items()},
        }
        if not scores_only:
            if self.invitations is not None:
                result["invitations"] = self.invitations.as_json()
            result["notices"] = [notice.as_json() for notice in self.notices]
            result["programs"] = [program.as_json(self.scores) for program in self.programs]
        return result
