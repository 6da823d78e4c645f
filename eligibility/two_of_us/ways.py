"""The four ways in which a couple can apply, evaluated under one rulebook, with what is not known of the partner."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from eligibility.answers.document import Answers
from eligibility.answers.to_profile import partner_jobs_abroad, to_profile
from eligibility.engine import Assessment, assess
from eligibility.engine.assessment import ProgramResult
from eligibility.engine.fulfilled import FULFILLED
from eligibility.express_entry import CRS
from eligibility.planning.swap import arrangements, can_swap
from eligibility.profile import Profile
from eligibility.results import words
from eligibility.side_by_side import programs, scores
from eligibility.side_by_side.columns import Column, Row
from eligibility.side_by_side.scores import Breakdown, Totals
from eligibility.wizard import routing, rules

NAMES = {
    "you_together": gettext_lazy("You apply, your partner comes along"),
    "you_alone": gettext_lazy("You apply, your partner stays"),
    "partner_together": gettext_lazy("Your partner applies, you come along"),
    "partner_alone": gettext_lazy("Your partner applies, you stay"),
}
# What is not known of a partner who would apply, and the page that settles it.
FACTS: dict[str, tuple[str | Promise, str]] = {
    "birth_date": (gettext_lazy("your partner's birth date"), "partner-self"),
    "citizenships": (gettext_lazy("your partner's citizenship"), "partner-self"),
    "residence": (gettext_lazy("the country your partner lives in"), "partner-self"),
    "nomination": (gettext_lazy("whether a province has nominated your partner"), "partner-self"),
    "trade_certificate": (gettext_lazy("whether your partner holds a Canadian trade certificate"), "partner-self"),
    "express_entry_profile": (gettext_lazy("whether your partner has an Express Entry profile"), "partner-self"),
    "education": (gettext_lazy("your partner's education and its assessment for Canada"), "partner-education"),
    "language_tests": (gettext_lazy("your partner's language results"), "partner-language"),
    "work": (gettext_lazy("your partner's work, in Canada and elsewhere"), "partner-jobs"),
    "canada": (gettext_lazy("your partner's status and work permit in Canada"), "canada"),
    "job_offer": (gettext_lazy("your partner's job or job offer in Canada"), "canada"),
    "h1b": (gettext_lazy("where your partner stands with an H-1B of their own"), "partner-h1b"),
    "us_job": (gettext_lazy("your partner's present job in the United States"), "partner-us-job"),
    "us_permanent_resident": (gettext_lazy("whether your partner holds a US green card"), "partner-papers"),
    "licensed_in_canada": (gettext_lazy("whether your partner is licensed in Canada"), "partner-papers"),
    "permanent_residences": (gettext_lazy("where else your partner is a permanent resident"), "partner-papers"),
    "invitation_letters": (gettext_lazy("letters of invitation that your partner holds"), "partner-papers"),
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact of the partner that is not known, the page that asks for it, and what hangs on it."""

    name: str
    page: str
    decides: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way to apply, in a line."""

    name: str
    crs: str
    open_programs: str
    is_best: bool
    is_present: bool


@dataclass(frozen=True, slots=True)
class TwoOfUs:
    """Everything that is said of the couple."""

    ways: tuple[Way, ...]
    best: str
    columns: tuple[Column, ...]
    totals: Totals
    crs: Breakdown | None
    programs: tuple[Row, ...]
    unknown: tuple[Unknown, ...]


def two_of_us(answers: Answers, today: dt.date) -> TwoOfUs | None:
    """The couple's four ways on a day; None for somebody who has no partner who could apply.

    Raises:
        ProfileError: if the answers make no profile.

    """
    profile = to_profile(answers, today)
    if not can_swap(profile):
        return None
    book, language = rules.in_force(), rules.language()
    found = _profiles(profile, answers)
    if profile.partner is not None and profile.partner.accompanying is False:
        found = {key: found[key] for key in ("you_alone", "you_together", "partner_alone", "partner_together")}
    columns = tuple(Column(key, str(NAMES[key]), assess(one, book, language)) for key, one in found.items())
    best = _best_points(columns)
    return TwoOfUs(
        ways=tuple(_way(column, column in best, column is columns[0]) for column in columns),
        best=_best_sentence(columns, best),
        columns=columns,
        totals=scores.totals(columns),
        crs=scores.breakdown(columns, CRS),
        programs=tuple(_programs(columns)),
        unknown=_unknown(columns, answers, frozenset({"work"} if _work_is_told(profile, answers) else ())),
    )


def _profiles(profile: Profile, answers: Answers) -> dict[str, Profile]:
    """The four profiles. Of a partner who applies all work counts: what was not asked for is not known."""
    partner = profile.partner
    assert partner is not None
    work = partner.work
    if partner_jobs_abroad(answers) is None and not work:
        work = None
    as_applicant = profile.model_copy(update={"partner": partner.model_copy(update={"work": work})})
    yours, theirs = arrangements(profile), arrangements(as_applicant)
    return {key: (yours if key.startswith("you") else theirs)[key] for key in NAMES}


def _reach(column: Column) -> tuple[int, int]:
    score = column.assessment.scores.get(CRS)
    return score.range if score else (0, 0)


def _best_points(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The ways with the most points that are sure."""
    most = max(_reach(column)[0] for column in columns)
    return tuple(column for column in columns if most and _reach(column)[0] == most)


def _best_sentence(columns: Sequence[Column], best: Sequence[Column]) -> str:
    if not best or len(best) == len(columns):
        return gettext("By points, it makes no difference who of you applies.")
    most = _reach(best[0])[0]
    names = words.join([f"“{column.name}”" for column in best])
    said = gettext("The most points for Express Entry that are sure: %(points)s, with %(way)s.") % {
        "points": words.number(most),
        "way": names,
    }
    might = [column for column in columns if column not in best and _reach(column)[1] > most]
    if not might:
        return said
    rest = gettext("What is not known yet could change that: %(ways)s could reach up to %(points)s.") % {
        "ways": words.join([f"“{column.name}”" for column in might]),
        "points": words.number(max(_reach(column)[1] for column in might)),
    }
    return f"{said} {rest}"


def _way(column: Column, is_best: bool, is_present: bool) -> Way:
    opened = sum(result.verdict in FULFILLED for result in column.assessment.programs)
    return Way(
        name=column.name,
        crs=words.range_text(*_reach(column)),
        open_programs=ngettext(
            "%(count)d program whose rules are met", "%(count)d programs whose rules are met", opened
        )
        % {"count": opened},
        is_best=is_best,
        is_present=is_present,
    )


def _programs(columns: Sequence[Column]) -> Iterable[Row]:
    """The programs whose verdict depends on who applies, each with who should."""
    by_name = {row.name: row for row in programs.rows(columns)}
    for results in programs.results_of(columns).values():
        named = next(result for result in results if result)
        row = by_name.get(named.name)
        if row is None:
            continue
        best = _best_ways(columns, results)
        if not best:
            continue
        cells = tuple(replace(cell, is_best=column in best) for cell, column in zip(row.cells, columns, strict=True))
        who = words.join([column.name for column in best])
        note = gettext("Best: %(ways)s") % {"ways": who}
        yield replace(row, cells=cells, note=note)


def _best_ways(columns: Sequence[Column], results: Sequence[ProgramResult | None]) -> tuple[Column, ...]:
    """The ways that come nearest to a program: by verdict, then by the points of the systems that it uses."""
    ranks = [programs.rank(result) for result in results]
    best = min(ranks)
    nearest = [
        (column, result)
        for column, result, rank in zip(columns, results, ranks, strict=True)
        if rank == best and result is not None
    ]
    if not nearest or nearest[0][1].verdict not in FULFILLED:
        return ()
    points = [_points(column.assessment, result) for column, result in nearest]
    return tuple(column for (column, _result), one in zip(nearest, points, strict=True) if one == max(points))


def _points(assessment: Assessment, result: ProgramResult) -> tuple[int, ...]:
    keys = (CRS, *result.grids) if result.express_entry_linked else result.grids
    return tuple(assessment.scores[key].range[0] for key in keys if key in assessment.scores)


def _work_is_told(profile: Profile, answers: Answers) -> bool:
    """Whether nothing more can be told of the partner's jobs: what hangs on them then hangs on an offer."""
    jobs = profile.partner.work if profile.partner else None
    if jobs is None or partner_jobs_abroad(answers) is None:
        return False
    return all(None not in (job.noc, job.start, job.hours_per_week, job.paid, job.self_employed) for job in jobs)


def _unknown(columns: Sequence[Column], answers: Answers, told: frozenset[str]) -> tuple[Unknown, ...]:
    """What is not known of the partner as an applicant, what most hangs on first; without what was told in full."""
    counted: Counter[str] = Counter()
    concerns_points = set()
    for column in columns:
        if not column.key.startswith("partner"):
            continue
        for result in column.assessment.programs:
            missing = {path for finding in result.to_answer for path in finding.missing}
            counted.update({key for key in map(_key, missing) if key in FACTS and column.key == "partner_together"})
        crs = column.assessment.scores.get(CRS)
        concerns_points |= {key for key in map(_key, crs.missing if crs else ()) if key in FACTS}
    keys = sorted({*counted, *concerns_points} - told, key=lambda key: (-counted[key], key))
    begun = routing.partner_as_applicant(answers)
    return tuple(_as_unknown(key, counted[key], key in concerns_points, begun) for key in keys)


def _key(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


def _as_unknown(key: str, count: int, of_points: bool, begun: bool) -> Unknown:
    name, page = FACTS[key]
    if not begun and routing.BY_SLUG[page].asked is routing.partner_as_applicant:
        page = "partner-self"
    said = ngettext("%(count)d program hangs on it", "%(count)d programs hang on it", count) % {"count": count}
    parts = [said] if count else []
    if of_points:
        parts.append(gettext("points hang on it"))
    return Unknown(str(name), page, "; ".join(parts))
