"""What falls on which day: birthdays, lapses, dates that were told, the H-1B clock, and changes of the rules."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from eligibility.facts.dates import completed_years, still_counts, years_after
from eligibility.h1b.clock import clock
from eligibility.profile.model import Partner, Profile
from programs.rulebook import Rulebook, RulebookInForce

ONE_DAY = dt.timedelta(days=1)
EventKind = Literal[
    "birthday", "language_result_lapses", "credential_assessment_lapses", "date", "h1b", "intake", "rules", "counted"
]
# The days of the H-1B itself that a person tells.
H1B_DAYS = ("expires", "visa_valid_until", "i94_expires")
# The counting rule that says after how many years.
COUNTING: dict[EventKind, str] = {
    "language_result_lapses": "language_result_years",
    "credential_assessment_lapses": "credential_assessment_years",
}


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which something changes. `about` is a place in the profile, or an id in the rules.

    `scores` and `verdicts` are what changes in the assessment on that day, whatever else falls on it.
    """

    day: dt.date
    kind: EventKind
    about: str
    detail: dict[str, Any] = field(default_factory=dict)
    scores: dict[str, int] = field(default_factory=dict)
    verdicts: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The event as plain values."""
        return {
            "on": self.day.isoformat(),
            "kind": self.kind,
            "about": self.about,
            **self.detail,
            "scores": self.scores,
            "verdicts": {key: {"from": before, "to": after} for key, (before, after) in self.verdicts.items()},
        }


def of_person(profile: Profile, rulebook: Rulebook, since: dt.date, until: dt.date) -> Iterator[Event]:
    """What happens to the person: birthdays, lapses, dates told, and the days of the H-1B clock."""
    yield from _of_one(profile, "", rulebook, since, until)
    if profile.partner is not None:
        yield from _of_one(profile.partner, "partner.", rulebook, since, until)
    for entry in clock(profile, rulebook, since):
        if entry.day is not None and since <= entry.day <= until:
            yield Event(entry.day, "h1b", entry.id, {"at_latest": entry.at_latest})
    if profile.h1b is not None:
        for key in H1B_DAYS:
            yield from _dated(f"h1b.{key}", getattr(profile.h1b, key), since, until)


def _of_one(
    person: Profile | Partner, prefix: str, rulebook: Rulebook, since: dt.date, until: dt.date
) -> Iterator[Event]:
    """What happens to one of the two: `prefix` is where their answers stand in the profile."""
    if person.birth_date is not None:
        for day in _each_year(person.birth_date, since, until):
            age = completed_years(person.birth_date, day)
            yield Event(day, "birthday", f"{prefix}birth_date", {"age": age})
    dated: dict[EventKind, list[tuple[str, dt.date | None]]] = {
        "language_result_lapses": [
            (f"language_tests[{place}]", test.date) for place, test in enumerate(person.language_tests or ())
        ],
        "credential_assessment_lapses": [
            (f"education[{place}]", study.eca_date) for place, study in enumerate(person.education or ())
        ],
    }
    for kind, items in dated.items():
        for about, date in items:
            for day in _lapses(date, COUNTING[kind], rulebook, since, until):
                yield Event(day, kind, f"{prefix}{about}")
    if person.canada is not None:
        yield from _dated(f"{prefix}canada.permit_expires", person.canada.permit_expires, since, until)


def _dated(about: str, day: dt.date | None, since: dt.date, until: dt.date) -> Iterator[Event]:
    if day is not None and since <= day <= until:
        yield Event(day, "date", about)


def _each_year(date: dt.date, since: dt.date, until: dt.date) -> Iterator[dt.date]:
    """The days after `since` on which one more year is completed."""
    for years in range(completed_years(date, since) + 1, completed_years(date, until) + 1):
        day = years_after(date, years)
        yield day if completed_years(date, day) == years else day + ONE_DAY


def _lapses(
    date: dt.date | None, counting: str, rulebook: Rulebook, since: dt.date, until: dt.date
) -> Iterator[dt.date]:
    """The first day on which something of that date is too old to count; none where the date is not known."""
    if date is None:
        return
    for day in _each_year(date, since, until):
        years = rulebook.on(day).counting(counting)
        if still_counts(date, day - ONE_DAY, years) and not still_counts(date, day, years):
            yield day


def of_rules(rulebook: Rulebook, since: dt.date, until: dt.date) -> Iterator[Event]:
    """Where intakes open and close, and other rules begin or cease to hold."""
    for day in rulebook.days_of_change():
        if since < day <= until:
            before, after = rulebook.on(day - ONE_DAY), rulebook.on(day)
            intakes_before, intakes = _intakes(before), _intakes(after)
            for program in dict.fromkeys((*intakes_before, *intakes)):
                was, now = intakes_before.get(program), intakes.get(program)
                if was != now:
                    yield Event(day, "intake", program, {"from": was, "to": now})
            versions_before, versions = _versions(before), _versions(after)
            for name in sorted({key for key, _ in versions_before ^ versions}):
                yield Event(day, "rules", name)


def _intakes(book: RulebookInForce) -> dict[str, str | None]:
    return {program.document.id: program.intake.status if program.intake else None for program in book.programs}


def _versions(book: RulebookInForce) -> set[tuple[str, str]]:
    """Every version in force, by what it belongs to."""
    held = [(one.document.id, one.version.version) for one in book.programs if one.version is not None]
    for items in (book.grids, book.lists, book.tables):
        held += [(key, one.version.version) for key, one in items.items()]
    return set(held)
