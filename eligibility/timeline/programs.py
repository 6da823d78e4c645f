"""The programs over time: those that are open or change as bars, the others by their verdict."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from eligibility.engine.assessment import ProgramResult
from eligibility.engine.fulfilled import FULFILLED
from eligibility.pictures.periods import Period, periods
from eligibility.pictures.time import Time
from eligibility.planning.timeline import Span, Timeline
from eligibility.results import words
from eligibility.results.doors import group_of

CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Bar:
    """A program with its verdicts over time, in words and as a bar."""

    program: ProgramResult
    said: str
    picture: SafeString
    spans: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Programs whose verdict stays as it is the whole time."""

    verdict: str
    names: tuple[str, ...]


def verdict_text(verdict: str | None) -> str:
    """A verdict in a word or two, to stand inside a sentence."""
    return {
        "eligible": gettext("eligible"),
        "likely": gettext("likely"),
        "unknown": gettext("an answer is missing"),
        "not_eligible": gettext("not eligible"),
        None: gettext("no rules known"),
    }[verdict]


def bars(found: Timeline, time: Time) -> tuple[tuple[Bar, ...], tuple[Unchanged, ...]]:
    """Programs that take applications and are open or change as bars; the names of all others by their verdict."""
    shown: list[Bar] = []
    others: dict[str, list[str]] = {}
    for program in found.now.programs:
        spans = found.programs[program.id]
        is_closed = group_of(program) == CLOSED
        if not is_closed and (len(spans) > 1 or spans[0].verdict in FULFILLED):
            shown.append(_bar(program, spans, time))
        else:
            said = gettext("closed, paused or only announced") if is_closed else verdict_text(spans[0].verdict)
            others.setdefault(said, []).append(program.name)
    shown.sort(key=lambda one: (len(one.spans) == 1, one.spans[0][0].verdict not in FULFILLED))
    return tuple(shown), tuple(Unchanged(said, tuple(names)) for said, names in others.items())


def _bar(program: ProgramResult, spans: tuple[Span, ...], time: Time) -> Bar:
    drawn = periods([Period(one.first, one.last, one.verdict) for one in spans], time)
    return Bar(program, _course(spans), drawn, tuple((one, verdict_text(one.verdict)) for one in spans))


def _course(spans: tuple[Span, ...]) -> str:
    if len(spans) == 1:
        said = gettext("%(verdict)s the whole time") % {"verdict": verdict_text(spans[0].verdict)}
    else:
        parts = [verdict_text(spans[0].verdict)]
        parts += [
            gettext("from %(day)s %(verdict)s") % {"day": words.day(one.first), "verdict": verdict_text(one.verdict)}
            for one in spans[1:]
        ]
        said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."
