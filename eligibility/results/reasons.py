"""Everything there is to say of one door: requirement by requirement, and what else to know before one goes there."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext

from eligibility.engine.assessment import (
    Assessment,
    Finding,
    NextStep,
    NoticeShown,
    ProgramFact,
    ProgramResult,
    RouteFinding,
    Score,
)
from eligibility.results import words
from eligibility.results.doors import Door, score_text
from eligibility.results.draws import DrawRow, of_program
from eligibility.results.nomination import Nominated
from eligibility.results.person import Person
from eligibility.results.questions import Question, questions
from eligibility.results.words import Mark

State = Literal["met", "missed", "confirm", "answer"]

# What is missed comes first, what is met last.
_STATES: tuple[State, ...] = ("missed", "answer", "confirm", "met")


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement as the page shows it."""

    finding: Finding
    state: State
    mark: Mark
    questions: tuple[Question, ...]
    check: str

    @property
    def routes(self) -> tuple[RouteFinding, ...]:
        """The ways to meet it that are worth showing part by part; where it is met, only those that are met."""
        shown = tuple(route for route in self.finding.routes if self.state != "met" or route.met)
        return shown if len(shown) > 1 or any(len(route.conditions) > 1 for route in shown) else ()


@dataclass(frozen=True, slots=True)
class Topic:
    """Facts of one kind about a program."""

    title: str
    facts: tuple[ProgramFact, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """The person's points in a grid that the program uses."""

    score: Score
    text: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """A door with its reasons."""

    door: Door
    outlook: str
    rows: tuple[Row, ...]
    points: tuple[Points, ...]
    draws: tuple[DrawRow, ...]
    topics: tuple[Topic, ...]
    notices: tuple[NoticeShown, ...]
    next_steps: tuple[NextStep, ...]
    nominated: Nominated | None

    @property
    def program(self) -> ProgramResult:
        """The program behind the door."""
        return self.door.program


def state_of(finding: Finding) -> State:
    """How a requirement stands: met, missed, for a person to confirm, or waiting for an answer."""
    if finding.met is None:
        return "confirm" if finding.needs_a_person else "answer"
    return "met" if finding.met else "missed"


def row(finding: Finding) -> Row:
    """A requirement with its shape and words."""
    state = state_of(finding)
    return Row(
        finding=finding,
        state=state,
        mark=Mark(state, str(words.REQUIREMENTS[state])),
        questions=questions(finding.missing) if state == "answer" else (),
        check=words.check_text(finding.citation),
    )


def _topics(facts: tuple[ProgramFact, ...]) -> tuple[Topic, ...]:
    """Facts under the headings that people look for; a kind without a heading of its own comes last."""
    headings = {topic: str(title) for topic, title in words.TOPICS.items()}
    by_title: dict[str, list[ProgramFact]] = {title: [] for title in headings.values()}
    for fact in facts:
        by_title.setdefault(headings.get(fact.topic, gettext("More about it")), []).append(fact)
    return tuple(Topic(title, tuple(inside)) for title, inside in by_title.items() if inside)


def reasons(door: Door, assessment: Assessment, person: Person, nominated: Nominated | None = None) -> Reasons:
    """The reasons behind a door, for one person. `nominated` is what a nomination through it makes of the score."""
    program = door.program
    scores = [assessment.scores[grid] for grid in program.grids if grid in assessment.scores]
    return Reasons(
        door=door,
        outlook=str(words.OUTLOOKS[program.outlook.realistic]) if program.outlook else "",
        rows=tuple(sorted(map(row, program.requirements), key=lambda one: _STATES.index(one.state))),
        points=tuple(Points(score, score_text(score.range, score.maximum)) for score in scores),
        draws=of_program(assessment, program.id),
        topics=_topics(person.facts_that_concern(program.facts)),
        notices=tuple(notice for notice in assessment.notices if notice.id in program.notices),
        next_steps=person.steps_left(program.next_steps),
        nominated=nominated,
    )
