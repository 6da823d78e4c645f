"""The plan that a person chose, as it is kept beside their answers (`Answers.beside`)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from eligibility.planning.options import Option
from programs.packs.schema.levers import Lever

KEY = "plan"


@dataclass(frozen=True, slots=True)
class ChosenStep:
    """One thing to do: the option's id and its lever, and in which province, program or occupation it is."""

    id: str
    lever: str
    province: str | None = None
    program: str | None = None
    noc: str | None = None

    @classmethod
    def of(cls, option: Option) -> "ChosenStep":
        """The step that an option is."""
        return cls(option.id, option.lever.id, option.province, option.program, option.noc)


@dataclass(frozen=True, slots=True)
class ChosenPlan:
    """What a person means to do: for which goal, by which steps, and when they chose it."""

    goal: str
    steps: tuple[ChosenStep, ...]
    chosen_on: dt.date

    def options(self, levers: Iterable[Lever]) -> tuple[Option, ...]:
        """The steps as `planning.changes.changed` takes them, without those whose lever is no longer offered."""
        known = {lever.id: lever for lever in levers}
        return tuple(
            Option(step.id, known[step.lever], step.province, step.program, step.noc)
            for step in self.steps
            if step.lever in known
        )


def chosen(beside: Mapping[str, Any]) -> ChosenPlan | None:
    """The plan kept beside someone's answers, if there is one."""
    kept = beside.get(KEY)
    if not kept:
        return None
    steps = tuple(ChosenStep(**one) for one in kept["steps"])
    return ChosenPlan(kept["goal"], steps, dt.date.fromisoformat(kept["chosen_on"]))


def choose(beside: dict[str, Any], plan: ChosenPlan) -> None:
    """Keep a plan, in the place of the one that was kept before."""
    beside[KEY] = {
        "goal": plan.goal,
        "steps": [asdict(step) for step in plan.steps],
        "chosen_on": plan.chosen_on.isoformat(),
    }


def let_go(beside: dict[str, Any]) -> None:
    """Keep no plan."""
    beside.pop(KEY, None)
