"""An assessment turned into the page: what is said, in which order. Pure, and no rule is decided here."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import (
    Assessment,
    Citation,
    NextStep,
    NoticeShown,
    OutlookState,
    ProgramFact,
    ProgramResult,
)
from eligibility.profile import Profile
from eligibility.results import rounds, scores, words
from eligibility.results.dates import Dates
from eligibility.results.doors import Door, Group, GroupKey, groups
from eligibility.results.firsts import FirstStep, first_steps
from eligibility.results.rounds import RoundsView
from eligibility.results.scores import ScoreView

CRS = "crs"
FSW = "fsw67"
# Programs a person applies to; a category of rounds is only a way of being chosen for one of them.
CATEGORY = "ee_category"
# How many programs a sentence can name before it stops being one.
NAMED = 4
# How many outlooks the first screen spells out; the others are one click away.
OUTLOOKS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Invited:
    """Whether anyone in this person's place was invited lately: apart from every verdict."""

    outlook: OutlookState
    word: str
    concerns: str


@dataclass(frozen=True, slots=True)
class Told:
    """A text that concerns some programs, told once."""

    text: str
    concerns: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the results page, in its order."""

    as_of: dt.date
    rulebook: str
    headline: str
    summary: tuple[str, ...]
    open_doors: tuple[Door, ...]
    invited: tuple[Invited, ...]
    invited_further: tuple[Invited, ...]
    rounds: RoundsView | None
    first: tuple[FirstStep, ...]
    crs: ScoreView | None
    fsw: ScoreView | None
    others: tuple[ScoreView, ...]
    groups: tuple[Group, ...]
    next_steps: tuple[NextStep, ...]
    family: tuple[Told, ...]
    checks: tuple[Told, ...]
    notices: tuple[NoticeShown, ...]

    @property
    def press(self) -> FirstStep | None:
        """The first thing to do, if its day presses: it stands right under the headline."""
        return next((step for step in self.first[:1] if step.is_urgent and step.by), None)


def _headline(counts: Counter[GroupKey]) -> str:
    """Where they stand, in one sentence."""
    opened, step, waiting = counts["open"], counts["one_step"], counts["need_answer"]
    if opened:
        return ngettext("%(count)s door is open to you today.", "%(count)s doors are open to you today.", opened) % {
            "count": words.count_word(opened)
        }
    if waiting:
        return ngettext(
            "%(count)s door depends on an answer you have not given yet.",
            "%(count)s doors depend on answers you have not given yet.",
            waiting,
        ) % {"count": words.count_word(waiting)}
    if step:
        return ngettext(
            "No door is open to you today, and you are one step away from %(count)s.",
            "No door is open to you today, and you are one step away from each of %(count)s.",
            step,
        ) % {"count": words.count_word(step).lower()}
    return gettext("No door we know of is open to you today.")


def _summary(counts: Counter[GroupKey], doors: tuple[Door, ...]) -> tuple[str, ...]:
    """The sentences under the headline: what is sure, and what is near."""
    found: list[str] = []
    likely = sum(door.program.verdict == "likely" for door in doors)
    if likely:
        found.append(
            ngettext(
                "For %(count)s of them a person must still confirm what we cannot check.",
                "For %(count)s of them a person must still confirm what we cannot check.",
                likely,
            )
            % {"count": words.count_word(likely).lower()}
            if len(doors) > 1
            else gettext("A person must still confirm what we cannot check.")
        )
    if counts["open"] and counts["one_step"]:
        found.append(
            ngettext("%(count)s more is one step away.", "%(count)s more are one step away.", counts["one_step"])
            % {"count": words.count_word(counts["one_step"])}
        )
    if counts["open"] and counts["need_answer"]:
        found.append(
            ngettext(
                "%(count)s waits for an answer from you.",
                "%(count)s wait for an answer from you.",
                counts["need_answer"],
            )
            % {"count": words.count_word(counts["need_answer"])}
        )
    return tuple(found)


def _applied_to(found: Iterable[Group]) -> dict[GroupKey, tuple[Door, ...]]:
    return {group.key: tuple(door for door in group.doors if door.program.category != CATEGORY) for group in found}


def _poorest_first(doors: Iterable[Door]) -> tuple[Door, ...]:
    """Doors through which people are invited, the poorest chances first: they are what hope hides."""
    chosen = [door for door in doors if door.program.express_entry_linked and door.program.outlook is not None]
    return tuple(
        sorted(
            chosen,
            key=lambda door: (-door.closeness[0], -len(door.program.met), len(door.program.to_confirm)),
        )
    )


def _invited(near: tuple[Door, ...]) -> tuple[Invited, ...]:
    """The outlooks of the nearest programs, each text once, the programs that share it named together."""
    texts: dict[str, OutlookState] = {}
    names: dict[str, list[str]] = {}
    for door in near:
        outlook = door.program.outlook
        if outlook is not None:
            texts.setdefault(outlook.text, outlook)
            names.setdefault(outlook.text, []).append(door.program.name)
    return tuple(
        Invited(outlook, str(words.OUTLOOKS[outlook.realistic]), _concerns(tuple(names[text])))
        for text, outlook in texts.items()
    )


def _next_steps(doors: Iterable[Door]) -> tuple[NextStep, ...]:
    found: dict[str, NextStep] = {}
    for door in doors:
        for step in door.program.next_steps:
            found.setdefault(step.url, step)
    return tuple(found.values())


def _told(facts: Iterable[tuple[str, str, Citation]]) -> tuple[Told, ...]:
    """Each text once, with the programs it concerns."""
    citations: dict[str, Citation] = {}
    names: dict[str, dict[str, None]] = {}
    for text, name, citation in facts:
        citations.setdefault(text, citation)
        names.setdefault(text, {})[name] = None
    return tuple(Told(text, _concerns(tuple(names[text])), citation) for text, citation in citations.items())


def _concerns(names: tuple[str, ...]) -> str:
    if len(names) <= NAMED:
        return words.join(names)
    return ngettext("%(count)d program", "%(count)d programs", len(names)) % {"count": len(names)}


def _family(doors: Iterable[Door]) -> tuple[Told, ...]:
    return _told(
        (fact.text, door.program.name, fact.citation)
        for door in doors
        for fact in door.program.facts
        if fact.topic in words.FAMILY_TOPICS
    )


def _checks(doors: Iterable[Door], assessment: Assessment, shown: Iterable[ScoreView]) -> tuple[Told, ...]:
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

    return _told(found())


def _citations(program: ProgramResult) -> Iterable[Citation]:
    yield from (finding.citation for finding in program.requirements)
    if program.intake is not None:
        yield program.intake.citation
    if program.outlook is not None:
        yield program.outlook.citation
    facts: tuple[ProgramFact, ...] = program.facts
    yield from (fact.citation for fact in facts)


def _beside(grid: str, notices: Iterable[NoticeShown]) -> tuple[NoticeShown, ...]:
    return tuple(notice for notice in notices if grid in notice.concerns)


def present(profile: Profile, assessment: Assessment, dates: Dates, language: str = "en") -> Page:
    """The page for a profile, what the rulebook says of it, and the dates that press."""
    found = groups(assessment.programs, assessment)
    applied = _applied_to(found)
    counts = Counter({key: len(doors) for key, doors in applied.items()})
    listed = Counter({group.key: len(group.doors) for group in found})
    opened, step = applied.get("open", ()), applied.get("one_step", ())
    near = (*opened, *step, *applied.get("need_answer", ()))
    everything_near = tuple(
        door for group in found if group.key in ("open", "unsure", "one_step") for door in group.doors
    )
    cutoffs = {CRS: rounds.marks(assessment.invitations)}
    views = {
        key: scores.view(score, _beside(key, assessment.notices), cutoffs.get(key, ()))
        for key, score in assessment.scores.items()
    }
    shown = OUTLOOKS_SHOWN if opened else 1
    invited = _invited(_poorest_first(opened) or _poorest_first(near))
    return Page(
        as_of=assessment.as_of,
        rulebook=assessment.rulebook,
        headline=_headline(counts),
        summary=_summary(listed, opened),
        open_doors=opened,
        invited=invited[:shown],
        invited_further=invited[shown:],
        rounds=rounds.view(assessment),
        first=first_steps(profile, found, dates, language),
        crs=views.get(CRS),
        fsw=views.get(FSW),
        others=tuple(view for key, view in views.items() if key not in (CRS, FSW)),
        groups=found,
        next_steps=_next_steps(everything_near),
        family=_family(near),
        checks=_checks(everything_near, assessment, views.values()),
        notices=assessment.notices,
    )
