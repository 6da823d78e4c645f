"""The clock as a page shows it: days in order, each with what it means, what may be done by then, and the rule."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext, ngettext

from eligibility.engine.assessment import Citation
from eligibility.engine.requirements import cite
from eligibility.h1b.clock import Entry, WayOn
from eligibility.results import words
from eligibility.results.firsts import days_left
from eligibility.results.questions import Question, questions
from programs.packs.schema.common import Cited, Text
from programs.packs.schema.h1b_clock import ClockRules, Revalidation
from programs.rulebook import RulebookInForce


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence, and what it rests on."""

    text: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Way:
    """A way past the six years, and whether it is open."""

    state: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a day brings."""

    title: str
    text: str
    citation: Citation
    to_do: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    warnings: tuple[Fact, ...] = ()
    ways_on: tuple[Way, ...] = ()
    questions: tuple[Question, ...] = ()
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A day, how far away it is, and what it brings."""

    day: dt.date
    left: str
    is_urgent: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Revalidated:
    """The short trip on an expired visa: when it works and when it does not."""

    text: str
    conditions: tuple[str, ...]
    not_when: tuple[str, ...]
    canada_side: str
    citation: Citation
    is_shut_out: bool = False


@dataclass(frozen=True, slots=True)
class ClockPage:
    """Everything the page says."""

    today: dt.date
    lead: str
    is_urgent: bool
    ahead: tuple[Day, ...]
    behind: tuple[Day, ...]
    unknown: tuple[Item, ...]
    family: tuple[Fact, ...] = ()
    know: tuple[Fact, ...] = ()
    revalidation: Revalidated | None = None


class _Words:
    """Says entries in one language."""

    def __init__(self, language: str, book: RulebookInForce, today: dt.date, children: int) -> None:
        self.language, self.book, self.today, self.children = language, book, today, children

    def cite(self, rule: Cited) -> Citation:
        return cite(rule, self.book, self.language)

    def text(self, text: Text) -> str:
        return text.in_language(self.language)

    def texts(self, texts: Iterable[Text]) -> tuple[str, ...]:
        return tuple(self.text(text) for text in texts)

    def fact(self, rule: Cited, text: Text) -> Fact:
        return Fact(self.text(text), self.cite(rule))

    def item(self, entry: Entry) -> Item:
        over = entry.is_over(self.today)
        warnings = getattr(entry.rule, "warnings", ()) if entry.kind == "grace" and not over else ()
        return Item(
            title=self.title(entry),
            text=self.text(entry.text),
            citation=self.cite(entry.rule),
            to_do=() if over else self.texts(entry.to_do),
            remarks=tuple(self.remarks(entry)),
            warnings=tuple(self.fact(warning, warning.text) for warning in warnings),
            ways_on=tuple(self.way(way) for way in entry.ways_on),
            questions=questions(entry.missing),
            is_urgent=entry.is_urgent,
        )

    def title(self, entry: Entry) -> str:
        if entry.is_late:
            return gettext("Your authorized stay ended before the extension was filed")
        if entry.title is not None:
            return self.text(entry.title)
        if entry.kind == "grace":
            return self._grace_title(entry)
        if entry.kind == "six_years":
            years = getattr(entry.rule, "years", 0)
            said = ngettext("Your %(years)d year in H-1B status ends", "Your %(years)d years in H-1B status end", years)
            return said % {"years": years}
        return self._child_title(entry)

    def _grace_title(self, entry: Entry) -> str:
        if entry.with_stay:
            return gettext("Your grace period ends, because your authorized stay (I-94) does")
        days = getattr(entry.rule, "days", 0)
        return gettext("The %(days)d days after your last day of work end") % {"days": days}

    def _child_title(self, entry: Entry) -> str:
        child = gettext("Your child")
        if self.children > 1:
            child = gettext("Child %(number)d") % {"number": entry.child}
        if entry.kind == "child_us":
            told = gettext("%(child)s turns %(age)d: H-4 ends in the United States")
        else:
            told = gettext("%(child)s turns %(age)d: no longer a dependent child for Canada")
        return told % {"child": child, "age": entry.age}

    def remarks(self, entry: Entry) -> Iterable[str]:
        if entry.at_latest:
            yield gettext("At the latest. It is earlier if your I-94 ends earlier, and we do not know your I-94 date.")
        if entry.kind == "six_years" and entry.day is not None and entry.missing:
            yield gettext("Days abroad are not counted yet: they move this day further away.")

    def way(self, way: WayOn) -> Way:
        state = {
            True: gettext("Open to you, by your answers"),
            False: gettext("Not open, by your answers"),
            None: gettext("We cannot tell"),
        }[way.is_open]
        return Way("" if way.rule.years is None else state, self.fact(way.rule, way.rule.text))


def present(
    entries: Sequence[Entry],
    rules: ClockRules | None,
    *,
    today: dt.date,
    language: str,
    book: RulebookInForce,
    children: int = 0,
    citizenships: Collection[str] = (),
) -> ClockPage:
    """The page for a person's entries. `citizenships` may shut them out of automatic revalidation."""
    said = _Words(language, book, today, children)
    known = [entry for entry in entries if entry.day is not None]
    ahead = [entry for entry in known if not entry.is_over(today)]
    behind = [entry for entry in known if entry.is_over(today)]
    lead, is_urgent = _lead(ahead, behind, today)
    return ClockPage(
        today=today,
        lead=lead,
        is_urgent=is_urgent,
        ahead=_days(ahead, said),
        behind=_days(reversed(behind), said),
        unknown=tuple(said.item(entry) for entry in entries if entry.day is None),
        family=tuple(said.fact(fact, fact.text) for fact in rules.dependants.facts) if rules else (),
        know=tuple(said.fact(fact, fact.text) for fact in rules.know) if rules else (),
        revalidation=_revalidated(rules.revalidation, said, citizenships) if rules else None,
    )


def _days(entries: Iterable[Entry], said: _Words) -> tuple[Day, ...]:
    days = []
    for day, group in groupby(entries, key=lambda entry: entry.day):
        if day is not None:
            found = list(group)
            items = tuple(said.item(entry) for entry in found)
            urgent = any(item.is_urgent for item in items)
            opens = all(entry.kind == "opens" for entry in found)
            days.append(Day(day, _until(day, said.today) if opens else days_left(day, said.today), urgent, items))
    return tuple(days)


def _until(day: dt.date, today: dt.date) -> str:
    """How far away a day is on which something begins."""
    count = (day - today).days
    if count <= 0:
        return gettext("since this day")
    return ngettext("in %(count)d day", "in %(count)d days", count) % {"count": count}


def _lead(ahead: Sequence[Entry], behind: Sequence[Entry], today: dt.date) -> tuple[str, bool]:
    """The first sentence: the next day that ends something, or that the last one has passed."""
    ended = [entry for entry in behind if entry.kind == "grace" or (entry.kind == "limit" and entry.is_late)]
    if ended and ended[-1].day is not None:
        told = gettext("%(day)s has passed, as far as your dates go. Speak to a US immigration lawyer today.")
        return told % {"day": words.day(ended[-1].day)}, True
    coming = next((entry for entry in ahead if entry.kind != "opens"), None)
    if coming is None or coming.day is None:
        return "", False
    told = gettext("%(day)s is the first day that counts: %(left)s.")
    return told % {"day": words.day(coming.day), "left": days_left(coming.day, today)}, coming.is_urgent


def _revalidated(rule: Revalidation, said: _Words, citizenships: Collection[str]) -> Revalidated:
    return Revalidated(
        said.text(rule.text),
        said.texts(rule.conditions),
        said.texts(rule.not_when),
        said.text(rule.canada_side),
        said.cite(rule),
        bool(set(citizenships) & set(rule.not_for_citizens)),
    )
