"""Scenarios: copies of a person's answers, changed to see what would follow, kept beside the answers themselves.

Under the same secret link, encrypted with the answers and deleted with them. A scenario never changes what it was
copied from.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from eligibility.answers.document import Answers

KEY = "scenarios"
# Beside the person's own answers, so many can be compared at once.
MOST_SCENARIOS = 3
LONGEST_NAME = 60


class NoSuchScenarioError(Exception):
    """There is no scenario of this number: never, or no longer."""


class TooManyScenariosError(Exception):
    """As many scenarios are kept as can be compared."""


@dataclass(slots=True)
class Scenario(Answers):
    """Answers that are not a person's own. `number` is given once and never again; `name` is the person's word."""

    number: int = 0
    name: str = ""

    def as_document(self) -> dict[str, Any]:
        """The scenario as plain data. Nothing stands beside it."""
        document = Answers.as_document(self)
        del document["beside"]
        return {**document, "number": self.number, "name": self.name}


def _read(kept: dict[str, Any]) -> Scenario:
    scenario = Scenario.from_document(kept)
    assert isinstance(scenario, Scenario)
    scenario.number, scenario.name = kept["number"], kept["name"]
    return scenario


def _kept(person: Answers) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = person.beside.get(KEY, {}).get("kept", [])
    return found


def scenarios(person: Answers) -> tuple[Scenario, ...]:
    """Every scenario of a person, in the order in which they were made."""
    return tuple(_read(kept) for kept in _kept(person))


def scenario(person: Answers, number: int) -> Scenario:
    """One scenario.

    Raises:
        NoSuchScenarioError: if there is none of this number.

    """
    for kept in _kept(person):
        if kept["number"] == number:
            return _read(kept)
    raise NoSuchScenarioError(number)


def _store(person: Answers, kept: list[dict[str, Any]], following: int) -> None:
    person.beside[KEY] = {"next": following, "kept": kept}


def _following(person: Answers) -> int:
    number: int = person.beside.get(KEY, {}).get("next", 1)
    return number


def copy_answers(person: Answers, name: str) -> Scenario:
    """Copy the person's answers as they are now into a new scenario.

    Raises:
        TooManyScenariosError: when there is room for no more.

    """
    kept = _kept(person)
    if len(kept) >= MOST_SCENARIOS:
        raise TooManyScenariosError
    number = _following(person)
    document = copy.deepcopy({**person.as_document(), "beside": {}})
    made = _read({**document, "number": number, "name": name})
    _store(person, [*kept, made.as_document()], number + 1)
    return made


def keep(person: Answers, changed: Scenario) -> None:
    """Put a changed scenario back in its place.

    Raises:
        NoSuchScenarioError: if it was removed.

    """
    kept = _kept(person)
    if changed.number not in {one["number"] for one in kept}:
        raise NoSuchScenarioError(changed.number)
    document = changed.as_document()
    _store(person, [document if one["number"] == changed.number else one for one in kept], _following(person))


@contextmanager
def changing(person: Answers, number: int) -> Iterator[Scenario]:
    """Change one scenario: yields it, and puts it back when the block ends well.

    Raises:
        NoSuchScenarioError: if there is none of this number.

    """
    found = scenario(person, number)
    yield found
    keep(person, found)


def remove(person: Answers, number: int) -> None:
    """Remove a scenario; one that is gone already stays gone."""
    _store(person, [one for one in _kept(person) if one["number"] != number], _following(person))


def make_own(person: Answers, number: int, former_name: str) -> None:
    """Make a scenario's answers the person's own. What was theirs takes its place, as a scenario `former_name`.

    Raises:
        NoSuchScenarioError: if there is none of this number.

    """
    chosen = scenario(person, number)
    former = _read({**person.as_document(), "beside": {}, "number": number, "name": former_name})
    keep(person, former)
    person.pages, person.lists = chosen.pages, chosen.lists
    person.next_ids, person.newly_asked = chosen.next_ids, chosen.newly_asked
