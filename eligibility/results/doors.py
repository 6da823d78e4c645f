"""Programs as doors: each with its verdict, its intake and what decides it, in groups by how near it is.

Verdict, intake and outlook stay three separate facts. A group is only a place on the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import (
    Assessment,
    Finding,
    NoticeShown,
    ProgramFact,
    ProgramResult,
    RouteFinding,
)
from eligibility.results import words
from eligibility.results.words import Mark

GroupKey = Literal["open", "unsure", "one_step", "need_answer", "not_now", "closed", "unchecked"]
State = Literal["met", "missed", "confirm", "answer"]

# Groups that a person came for stand open; in the others the heading is enough until they ask.
OPEN_AT_FIRST: frozenset[GroupKey] = frozenset({"open", "unsure", "one_step", "need_answer"})
# From here on a group is a long list: its categories are folded, each under its own heading.
LONG = 9

# What is missed comes first, what is met last.
_STATES: tuple[State, ...] = ("missed", "answer", "confirm", "met")
_REALISTIC_FIRST = {"yes": 0, "with_effort": 1, "unlikely": 3, "no": 4}


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement as the page shows it."""

    finding: Finding
    state: State
    mark: Mark
    questions: tuple[words.Question, ...]
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
class Door:
    """A program as one line that opens to its reasons."""

    program: ProgramResult
    group: GroupKey
    mark: Mark
    authority: str
    leads_to: str
    intake: Mark
    outlook: str
    deciding: str
    rows: tuple[Row, ...]
    scores: tuple[tuple[str, str], ...]
    topics: tuple[Topic, ...]
    notices: tuple[NoticeShown, ...]

    @property
    def closeness(self) -> tuple[int, bool, int]:
        """What comes first in a list: the likelier outlook, the surer verdict, the fewer misses."""
        realistic = self.program.outlook.realistic if self.program.outlook else ""
        return (
            _REALISTIC_FIRST.get(realistic, 2),
            self.program.verdict != "eligible",
            len(self.program.steps),
        )


@dataclass(frozen=True, slots=True)
class Section:
    """The doors of one category inside a group."""

    title: str
    doors: tuple[Door, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Doors that stand equally near."""

    key: GroupKey
    title: str
    about: str
    sections: tuple[Section, ...]
    folded: bool

    @property
    def doors(self) -> tuple[Door, ...]:
        """Every door of the group."""
        return tuple(door for section in self.sections for door in section.doors)


def group_of(program: ProgramResult) -> GroupKey:
    """The place of a program on the page.

    A program whose intake is not open goes by its intake, whatever the verdict; one step away means that exactly
    one requirement is missed (and what hangs on it) and no answer is still wanted.
    """
    if program.intake is not None and program.intake.status != "open":
        return "closed"
    if program.verdict is None:
        return "unchecked"
    if program.verdict in ("eligible", "likely"):
        return "open" if program.intake is not None else "unsure"
    if program.verdict == "unknown":
        return "need_answer"
    return "one_step" if len(program.steps) == 1 and not program.to_answer else "not_now"


def row(finding: Finding) -> Row:
    """A requirement with its shape and words."""
    state: State = "met"
    if finding.met is False:
        state = "missed"
    elif finding.met is None:
        state = "confirm" if finding.needs_a_person else "answer"
    return Row(
        finding=finding,
        state=state,
        mark=Mark(state, str(words.REQUIREMENTS[state])),
        questions=words.questions(finding.missing) if state == "answer" else (),
        check=words.check_text(finding.citation),
    )


def _open_deciding(program: ProgramResult) -> str:
    met, confirm = len(program.met), len(program.to_confirm)
    if not confirm:
        return ngettext("You meet the one requirement.", "You meet all %(count)d requirements.", met) % {"count": met}
    return ngettext(
        "You meet %(met)d of %(all)d requirements. One is for a person to confirm.",
        "You meet %(met)d of %(all)d requirements. %(count)d are for a person to confirm.",
        confirm,
    ) % {"met": met, "all": len(program.requirements), "count": confirm}  # fmt: skip


def _missed_deciding(program: ProgramResult) -> str:
    first, *others = program.steps
    text = first.text if not first.gap else f"{first.text} {sentence(first.gap)}"
    if not others:
        return text
    more = ngettext("One more is missed.", "%(count)d more are missed.", len(others)) % {"count": len(others)}
    return f"{text} {more}"


def sentence(text: str) -> str:
    """A text as a sentence: a capital at its beginning, a full stop at its end."""
    plain = text.strip()
    return plain if plain.endswith((".", "?")) else f"{plain[:1].upper()}{plain[1:]}."


def deciding(program: ProgramResult) -> str:
    """What decides a program, in one or two short sentences."""
    if program.verdict is None:
        return program.not_checked or gettext("Nobody can check this yet: its rules are not published.")
    if program.verdict == "unknown":
        names = words.answer_names(path for finding in program.to_answer for path in finding.missing)
        if not names:
            return gettext("An answer is missing.")
        return gettext("To tell, we need %(answers)s.") % {"answers": words.join_some(names)}
    return _missed_deciding(program) if program.missed else _open_deciding(program)


def _mark(program: ProgramResult, group: GroupKey) -> Mark:
    if group == "one_step":
        return Mark("one_step", gettext("One step away"))
    return Mark(program.verdict or "unchecked", str(words.VERDICTS[program.verdict]))


def _topics(facts: tuple[ProgramFact, ...]) -> tuple[Topic, ...]:
    """Facts under the headings that people look for; a kind without a heading of its own comes last."""
    headings = {topic: str(title) for topic, title in words.TOPICS.items()}
    by_title: dict[str, list[ProgramFact]] = {title: [] for title in headings.values()}
    for fact in facts:
        by_title.setdefault(headings.get(fact.topic, gettext("More about it")), []).append(fact)
    return tuple(Topic(title, tuple(inside)) for title, inside in by_title.items() if inside)


def door(program: ProgramResult, assessment: Assessment) -> Door:
    """A program as the page shows it."""
    group = group_of(program)
    scores = [assessment.scores[grid] for grid in program.grids if grid in assessment.scores]
    status = program.intake.status if program.intake else "unknown"
    return Door(
        program=program,
        group=group,
        mark=_mark(program, group),
        authority=words.authority_name(program.authority),
        leads_to=str(words.LEADS_TO.get(program.leads_to, "")),
        intake=Mark("intake_open" if status == "open" else "intake_closed", words.intake_text(program.intake)),
        outlook=str(words.OUTLOOKS[program.outlook.realistic]) if program.outlook else "",
        deciding=deciding(program),
        rows=tuple(sorted(map(row, program.requirements), key=lambda one: _STATES.index(one.state))),
        scores=tuple((score.name, score_text(score.range, score.maximum)) for score in scores),
        topics=_topics(program.facts),
        notices=tuple(notice for notice in assessment.notices if notice.id in program.notices),
    )


def score_text(reach: tuple[int, int], maximum: int) -> str:
    """A score, or the range it lies in, out of its maximum."""
    low, high = (words.number(value) for value in reach)
    if reach[0] == reach[1]:
        return gettext("%(points)s of %(maximum)s") % {"points": low, "maximum": words.number(maximum)}
    return gettext("%(low)s to %(high)s of %(maximum)s") % {
        "low": low, "high": high, "maximum": words.number(maximum),
    }  # fmt: skip


def _titles() -> dict[GroupKey, tuple[str, str]]:
    return {
        "open": (
            gettext("Open to you"),
            gettext("As far as your answers go, you meet the rules, and applications or profiles are taken today."),
        ),
        "unsure": (
            gettext("You meet the rules; ask whether it is open"),
            gettext("We do not know whether these take applications today. The official page says."),
        ),
        "one_step": (
            gettext("One step away"),
            gettext("Exactly one requirement is missed. Each line says which, and by how much."),
        ),
        "need_answer": (
            gettext("Need an answer from you"),
            gettext("An answer you have not given decides these."),
        ),
        "not_now": (
            gettext("Not for you now"),
            gettext("More than one requirement is missed, or one is missed and others are not answered."),
        ),
        "closed": (
            gettext("Closed, paused or only announced"),
            gettext("These take no applications today. Whether you would meet the rules is a separate line."),
        ),
        "unchecked": (
            gettext("Not checked here"),
            gettext("We know of these and cannot say whether you meet their rules. Read the official page."),
        ),
    }


def _sections(doors: list[Door], is_long: bool) -> tuple[Section, ...]:
    ordered = sorted(doors, key=lambda one: (one.closeness, one.authority, one.program.name))
    sections = []
    for category, title in words.CATEGORIES.items():
        found = tuple(one for one in ordered if one.program.category == category)
        if found:
            sections.append(Section(str(title), found, folded=is_long and len(found) > 3))
    return tuple(sections)


def groups(programs: Iterable[ProgramResult], assessment: Assessment) -> tuple[Group, ...]:
    """Every program in its group, the nearest group first; empty groups are left out."""
    doors = [door(program, assessment) for program in programs]
    found = []
    for key, (title, about) in _titles().items():
        inside = [one for one in doors if one.group == key]
        if inside:
            sections = _sections(inside, is_long=len(inside) >= LONG)
            found.append(Group(key, title, about, sections, folded=key not in OPEN_AT_FIRST))
    return tuple(found)
