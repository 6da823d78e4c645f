"""The plan as its page shows it: where the person stands, what they chose, the days, the papers, the official pages."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from eligibility.engine.assessment import Citation, NextStep, ProgramResult
from eligibility.planning.chosen import ChosenPlan
from eligibility.planning.offered import levers_of
from eligibility.planning.options import Option, day_done
from eligibility.plans.wording import Names, cost_text, goal_text, weeks_text
from eligibility.results import words
from eligibility.results.doors import Door, Group
from eligibility.results.presentation import Page as Results
from eligibility.results.scores import ScoreView
from eligibility.timeline.days import Day, blank_day
from eligibility.timeline.happenings import Happening
from eligibility.timeline.page import TimelinePage
from programs.rulebook import Rulebook

DOCUMENTS = "documents"
# What happens by the person's own dates; the other days count where they change the score or a chosen program.
OWN_DAYS = ("h1b", "date", "language_result_lapses", "credential_assessment_lapses")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to gather, for which of the chosen programs, and what that rests on."""

    text: str
    programs: tuple[str, ...]
    citation: Citation
    check: str


@dataclass(frozen=True, slots=True)
class ChosenProgram:
    """A program of the plan: its door, and what is still to do for it."""

    door: Door
    steps: tuple[NextStep, ...]

    @property
    def program(self) -> ProgramResult:
        """The program behind the door."""
        return self.door.program


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of the plan that was chosen: what to do, how long it takes, what it costs, and whether that is known."""

    text: str
    takes: str
    costs: str
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """Programs of one group that can be put into the plan."""

    title: str
    choices: tuple[tuple[ProgramResult, bool], ...]


@dataclass(frozen=True, slots=True)
class MyPlanPage:
    """Everything the page says."""

    as_of: dt.date
    headline: str
    score: ScoreView | None
    best: str
    goal: str
    steps: tuple[PlannedStep, ...]
    done_on: dt.date | None
    chosen: tuple[str, ...]
    programs: tuple[ChosenProgram, ...]
    papers: tuple[Paper, ...]
    without_papers: tuple[str, ...]
    days: tuple[Day, ...]
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chose. `ticked` are the programs that a form shows as chosen, where not those that are kept."""

    programs: tuple[str, ...] = ()
    plan: ChosenPlan | None = None
    ticked: tuple[str, ...] | None = None


def present(results: Results, ahead: TimelinePage, chosen: Chosen, rulebook: Rulebook) -> MyPlanPage:
    """The page of someone's results, of what lies ahead, and of what they chose."""
    doors = {door.program.id: door for group in results.groups for door in group.doors}
    found = [doors[key] for key in chosen.programs if key in doors]
    plan, names = chosen.plan, Names(results.assessment, results.language)
    return MyPlanPage(
        as_of=results.as_of,
        headline=results.headline,
        score=results.crs,
        best=ahead.lead,
        goal=goal_text(plan.goal, names) if plan else "",
        steps=tuple(_step(option, names) for option in plan.options(levers_of(rulebook))) if plan else (),
        done_on=done_on(plan, rulebook),
        chosen=chosen.programs,
        programs=tuple(ChosenProgram(door, results.person.steps_left(door.program.next_steps)) for door in found),
        papers=_papers(found),
        without_papers=tuple(door.program.name for door in found if not _has_papers(door)),
        days=deadlines(ahead, chosen, rulebook),
        offers=_offers(results.groups, chosen.programs if chosen.ticked is None else chosen.ticked),
    )


def done_on(plan: ChosenPlan | None, rulebook: Rulebook) -> dt.date | None:
    """The day on which all steps are done, if they were begun when they were chosen."""
    options = plan.options(levers_of(rulebook)) if plan else ()
    return day_done(options, plan.chosen_on) if plan and options else None


def deadlines(ahead: TimelinePage, chosen: Chosen, rulebook: Rulebook) -> tuple[Day, ...]:
    """The days of a plan: the person's own, those that move the score or what they chose, and that of its end."""
    wanted = chosen.programs
    days = {
        day.day: day
        for day in ahead.days
        if any(one.kind in OWN_DAYS or one.about in wanted for one in day.happenings)
        or any(move.is_score or move.about in wanted for move in day.moves)
    }
    last = done_on(chosen.plan, rulebook)
    if last is not None and last >= ahead.since:
        end = Happening("plan", "", gettext("The steps of your plan are done, if you began when you chose them"))
        there = days.get(last) or blank_day(last, ahead.since)
        days[last] = replace(there, happenings=(*there.happenings, end))
    return tuple(days[day] for day in sorted(days))


def _has_papers(door: Door) -> bool:
    return any(fact.topic == DOCUMENTS for fact in door.program.facts)


def _papers(doors: Sequence[Door]) -> tuple[Paper, ...]:
    """The documents of the chosen programs, each once."""
    found: dict[str, tuple[Citation, list[str]]] = {}
    for door in doors:
        for fact in door.program.facts:
            if fact.topic == DOCUMENTS:
                found.setdefault(fact.text, (fact.citation, []))[1].append(door.program.name)
    return tuple(
        Paper(text, tuple(names), citation, words.check_text(citation)) for text, (citation, names) in found.items()
    )


def _offers(groups: Sequence[Group], ticked: Sequence[str]) -> tuple[Offer, ...]:
    """The doors that are near by their groups, and those in the plan already, however far they are by now."""
    offers = []
    for group in groups:
        choices = tuple(
            (door.program, door.program.id in ticked)
            for door in group.doors
            if group.is_near or door.program.id in ticked
        )
        if choices:
            offers.append(Offer(group.title, choices))
    return tuple(offers)


def _step(option: Option, names: Names) -> PlannedStep:
    lever = option.lever
    return PlannedStep(
        text=names.step(option),
        takes=weeks_text(lever.effort_weeks),
        costs=cost_text(lever.cost_cad),
        is_estimate=lever.basis.is_estimate,
    )
