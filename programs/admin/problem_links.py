"""Problems of a draft as its pages tell them: in words, each leading to the place where it is put right."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from programs.admin.action_pages import change_url
from programs.admin.editor.sheet import place_of
from programs.checks.problems import Location, Problem
from programs.models import Factor, GridVersion, ProgramVersion, Version


@dataclass(frozen=True, slots=True)
class LinkedProblem:
    """A problem with the address of the place that it is about; empty where there is no such place."""

    problem: Problem
    address: str

    @property
    def severity(self) -> str:
        """How much it matters."""
        return self.problem.severity

    @property
    def where(self) -> str:
        """The place in words."""
        return self.problem.inside or self.problem.where

    @property
    def message(self) -> str:
        """What is wrong."""
        return self.problem.message


def linked(version: Version, problems: Iterable[Problem]) -> list[LinkedProblem]:
    """Problems of a version's document with their places; errors first."""
    factors = factors_by_place(version) if isinstance(version, GridVersion) else {}
    ordered = sorted(problems, key=lambda each: each.severity != "error")
    return [LinkedProblem(each, _address(version, each, factors)) for each in ordered]


def _address(version: Version, problem: Problem, factors: dict[Location, Factor]) -> str:
    place = place_of(problem) if isinstance(version, ProgramVersion) else None
    if place is not None:
        return f"{change_url(version)}#r{place}"
    factor = factor_of(problem, factors)
    return reverse("admin:programs_factor_change", args=[factor.pk]) if factor is not None else ""


def factor_of(problem: Problem, factors: dict[Location, Factor]) -> Factor | None:
    """The factor that a problem is about; None for something else."""
    below = problem.location[2:]
    for length in range(len(below), 1, -1):
        if below[:length] in factors:
            return factors[below[:length]]
    return None


def factors_by_place(version: GridVersion) -> dict[Location, Factor]:
    """The factors of a version by their places in its document: (`factors`, 0, `children`, 2)."""
    found: dict[Location, Factor] = {}
    rows = list(version.factors.order_by("position", "pk"))

    def below(parent: int | None, start: Location) -> None:
        for number, row in enumerate(each for each in rows if each.parent_id == parent):
            found[*start, number] = row
            below(row.pk, (*start, number, "children"))

    below(None, ("factors",))
    return found
