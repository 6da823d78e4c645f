"""The Express Entry rounds for everyone: by kind, through time, and nobody's score beside them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from eligibility.catalogue.listing import Option, Select
from eligibility.engine.invitations import WINDOW_MONTHS
from eligibility.express_entry import POOL
from eligibility.facts.dates import months_before
from eligibility.pictures.rounds import Dot, Frame, panel
from eligibility.results import words
from programs.packs.schema import Grid, Program
from programs.rulebook import Round, Rulebook

LATELY = "lately"
ALL = "all"


@dataclass(frozen=True, slots=True)
class KindStanding:
    """The rounds of one kind in the last months. Cut-offs of another scale are counted and not compared."""

    kind: str
    name: str
    program: str | None
    rounds: int
    invitations: int
    last: Round
    last_is_on_this_scale: bool
    lowest: int | None
    median: float | None
    other_scale: int


@dataclass(frozen=True, slots=True)
class Panel:
    """The chart of one kind: its name, a line about it, and the picture."""

    name: str
    about: str
    picture: SafeString


@dataclass(frozen=True, slots=True)
class RoundsPage:
    """Everything the page shows. Rounds whose cut-offs include a nomination's points stand apart."""

    periods: Select
    kinds: Select
    is_filtered: bool
    shown: tuple[Round, ...]
    panels: tuple[Panel, ...]
    nomination_panels: tuple[Panel, ...]
    standings: tuple[KindStanding, ...]
    nomination_standings: tuple[KindStanding, ...]
    scale_since: dt.date | None
    has_other_scale: bool
    window_months: int
    last: Round | None
    total: int
    first_year: int
    names: dict[str, str]


def ranking_grid(rulebook: Rulebook) -> Grid | None:
    """The grid that ranks the pool: the one that all programs leading into it share."""
    pool = [program for program in rulebook.of_kind(Program) if program.category == POOL]
    shared = [grid for grid in (pool[0].grids if pool else ()) if all(grid in one.grids for one in pool)]
    return next((grid for grid in rulebook.of_kind(Grid) if grid.id in shared[:1]), None)


def kind_names(rulebook: Rulebook, language: str) -> dict[str, str]:
    """What rounds of each kind are called: by the program or category they are for, else by the last one's name."""
    programs = {program.id: program for program in rulebook.of_kind(Program)}
    names: dict[str, str] = {}
    for one in rulebook.rounds:
        program = programs.get(one.program or "")
        names[one.kind] = program.name.in_language(language) if program else one.name
        if one.program is None:
            names[one.kind] = gettext("General: all programs")
    return names


def rounds_page(rulebook: Rulebook, query: QueryDict, today: dt.date, language: str) -> RoundsPage:
    """Make the rounds up to `today` ready for their page, seen through the filters of an address."""
    known = tuple(one for one in rulebook.rounds if one.date <= today)
    names = kind_names(rulebook, language)
    grid = ranking_grid(rulebook)
    changes = tuple(sorted(version.effective_from for version in grid.versions)) if grid else ()
    since = max((day for day in changes if day <= today), default=None)
    years = tuple(sorted({str(one.date.year) for one in known}, reverse=True))
    period = query.get("period", LATELY)
    period = period if period in (ALL, *years) else LATELY
    kind = query.get("kind", "")
    kind = kind if kind in names else ""
    in_period = tuple(one for one in known if _in_period(one, period, today))
    shown = tuple(one for one in reversed(in_period) if kind in ("", one.kind))
    standings = _standings(known, names, {program.id for program in rulebook.of_kind(Program)}, since, today)
    panels = _panels(tuple(reversed(shown)), names, changes, _frame_days(period, in_period, today))
    return RoundsPage(
        periods=_periods(known, years, period, kind, today),
        kinds=_kinds(in_period, names, kind),
        is_filtered=bool(query),
        shown=shown,
        panels=panels[0],
        nomination_panels=panels[1],
        standings=tuple(one for one in standings if not one.last.includes_nomination_points),
        nomination_standings=tuple(one for one in standings if one.last.includes_nomination_points),
        scale_since=since,
        has_other_scale=any(one.other_scale for one in standings),
        window_months=WINDOW_MONTHS,
        last=known[-1] if known else None,
        total=len(known),
        first_year=(known[0].date if known else today).year,
        names=names,
    )


def _in_period(one: Round, period: str, today: dt.date) -> bool:
    if period == LATELY:
        return months_before(today, WINDOW_MONTHS) < one.date
    return period in (ALL, str(one.date.year))


def _periods(known: Sequence[Round], years: Iterable[str], chosen: str, kind: str, today: dt.date) -> Select:
    def count(period: str) -> int:
        return sum(_in_period(one, period, today) and kind in ("", one.kind) for one in known)

    labels = {
        LATELY: gettext("The last %(months)d months") % {"months": WINDOW_MONTHS},
        **{year: year for year in years},
        ALL: gettext("All since the first"),
    }
    options = tuple(Option(value, label, count(value), value == chosen) for value, label in labels.items())
    return Select("period", gettext("When"), options)


def _kinds(in_period: Sequence[Round], names: dict[str, str], chosen: str) -> Select:
    options = tuple(
        Option(kind, name, sum(one.kind == kind for one in in_period), kind == chosen)
        for kind, name in sorted(names.items(), key=lambda pair: pair[1])
        if kind == chosen or any(one.kind == kind for one in in_period)
    )
    return Select("kind", gettext("Kind of round"), options)


def _standings(
    known: Sequence[Round], names: dict[str, str], programs: set[str], since: dt.date | None, today: dt.date
) -> tuple[KindStanding, ...]:
    window = [one for one in known if _in_period(one, LATELY, today)]
    by_kind: dict[str, list[Round]] = {}
    for one in window:
        by_kind.setdefault(one.kind, []).append(one)
    found = [_standing(rounds, names, programs, since) for rounds in by_kind.values()]
    return tuple(sorted(found, key=lambda one: (-one.rounds, one.name)))


def _standing(
    rounds: Sequence[Round], names: dict[str, str], programs: set[str], since: dt.date | None
) -> KindStanding:
    last = rounds[-1]
    comparable = [one for one in rounds if since is None or one.date >= since]
    cutoffs = [one.cutoff for one in comparable if one.cutoff is not None]
    return KindStanding(
        kind=last.kind,
        name=names[last.kind],
        program=last.program if last.program in programs else None,
        rounds=len(rounds),
        invitations=sum(one.invitations for one in rounds),
        last=last,
        last_is_on_this_scale=last in comparable,
        lowest=min(cutoffs, default=None),
        median=median(cutoffs) if cutoffs else None,
        other_scale=len(rounds) - len(comparable),
    )


def _frame_days(period: str, in_period: Sequence[Round], today: dt.date) -> tuple[dt.date, dt.date]:
    if period == LATELY:
        return months_before(today, WINDOW_MONTHS), today
    if period == ALL and in_period:
        return dt.date(in_period[0].date.year, 1, 1), today
    year = in_period[0].date.year if in_period else today.year
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _panels(
    shown: Sequence[Round], names: dict[str, str], changes: Sequence[dt.date], days: tuple[dt.date, dt.date]
) -> tuple[tuple[Panel, ...], tuple[Panel, ...]]:
    """The charts: those of cut-offs that a score alone could reach, and those with a nomination's points in them."""
    drawn = [one for one in shown if one.cutoff is not None]
    alone = [one for one in drawn if not one.includes_nomination_points]
    with_nomination = [one for one in drawn if one.includes_nomination_points]
    return (
        _panels_of(alone, names, changes, days, "alone"),
        _panels_of(with_nomination, names, changes, days, "nomination"),
    )


def _panels_of(
    drawn: Sequence[Round], names: dict[str, str], changes: Sequence[dt.date], days: tuple[dt.date, dt.date], key: str
) -> tuple[Panel, ...]:
    by_kind: dict[str, list[Round]] = {}
    for one in drawn:
        by_kind.setdefault(one.kind, []).append(one)
    if not by_kind:
        return ()
    cutoffs = [[one.cutoff or 0 for one in rounds] for rounds in by_kind.values()]
    frame = Frame.around(cutoffs, days, tuple(day for day in changes if days[0] < day <= days[1]))
    ordered = sorted(by_kind.items(), key=lambda pair: (-len(pair[1]), names[pair[0]]))
    return tuple(_panel(f"{key}-{kind}", names[kind], rounds, frame) for kind, rounds in ordered)


def _panel(key: str, name: str, rounds: Sequence[Round], frame: Frame) -> Panel:
    cutoffs = [one.cutoff for one in rounds if one.cutoff is not None]
    last = rounds[-1]
    parts = {
        "rounds": len(rounds),
        "low": min(cutoffs),
        "high": max(cutoffs),
        "last": last.cutoff,
        "day": words.day(last.date),
    }
    about = (
        gettext("One round: cut-off %(last)d on %(day)s.")
        if len(rounds) == 1
        else gettext("%(rounds)d rounds, cut-offs from %(low)d to %(high)d; the last %(last)d on %(day)s.")
    ) % parts
    dots = tuple(Dot(one.date, one.cutoff or 0) for one in rounds)
    return Panel(name, about, panel(key, name, about, dots, frame))
