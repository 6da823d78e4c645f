"""What one version changed against the one before it. No Django here, and no words: pages find those."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from programs.packs.schema.conditions import Requirement, Route
from programs.packs.schema.grids import Factor, GridVersion
from programs.packs.schema.programs import ProgramVersion
from programs.packs.schema.tables import OccupationListVersion, ReferenceTableVersion

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class RequirementChange:
    """A requirement that is new, gone, or asks something else. `before` and `after` are what it was and is."""

    kind: Kind
    before: Requirement | None
    after: Requirement | None

    @property
    def text_changed(self) -> bool:
        """Whether its own text says something else now, and not only what is tested."""
        return self.before is not None and self.after is not None and self.before.text != self.after.text

    @property
    def routes_gone(self) -> tuple[Route, ...]:
        """The ways to meet it that were there before and are not now."""
        return _only_in(self.before, self.after)

    @property
    def routes_new(self) -> tuple[Route, ...]:
        """The ways to meet it that are there now and were not before."""
        return _only_in(self.after, self.before)


def _only_in(one: Requirement | None, other: Requirement | None) -> tuple[Route, ...]:
    known = other.any_of if other else ()
    return tuple(route for route in (one.any_of if one else ()) if route not in known)


def requirements(before: ProgramVersion, after: ProgramVersion) -> tuple[RequirementChange, ...]:
    """What a program's new version asks otherwise. A new note or source alone changes nothing that is asked."""
    was = {requirement.id: requirement for requirement in before.requirements}
    now = {requirement.id: requirement for requirement in after.requirements}
    changes = [
        RequirementChange("changed" if key in was else "added", was.get(key), requirement)
        for key, requirement in now.items()
        if key not in was or _asks(was[key]) != _asks(requirement)
    ]
    gone = [RequirementChange("removed", requirement, None) for key, requirement in was.items() if key not in now]
    return (*changes, *gone)


def _asks(requirement: Requirement) -> tuple[object, ...]:
    return requirement.text, requirement.any_of


@dataclass(frozen=True, slots=True)
class ListChange:
    """The unit groups that a list gained and lost, and those that stayed with another note, part or figure."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    altered: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.altered)


def occupations(before: OccupationListVersion, after: OccupationListVersion) -> ListChange:
    """What an occupation list's new version changed."""
    was, now = {each.noc: each for each in before.entries}, {each.noc: each for each in after.entries}
    return ListChange(
        added=tuple(sorted(now.keys() - was.keys())),
        removed=tuple(sorted(was.keys() - now.keys())),
        altered=tuple(sorted(code for code in now.keys() & was.keys() if was[code] != now[code])),
    )


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that changed: None where there was, or is, none."""

    name: str
    before: float | None
    after: float | None


def figures(before: ReferenceTableVersion, after: ReferenceTableVersion) -> tuple[FigureChange, ...]:
    """The rows of a reference table whose figures changed."""
    was = {str(row.at): row.value for row in before.rows}
    now = {str(row.at): row.value for row in after.rows}
    return _figure_changes(was, now)


def _figure_changes(was: Mapping[str, float], now: Mapping[str, float]) -> tuple[FigureChange, ...]:
    names: Iterable[str] = dict.fromkeys((*now, *was))
    return tuple(FigureChange(name, was.get(name), now.get(name)) for name in names if was.get(name) != now.get(name))


@dataclass(frozen=True, slots=True)
class FactorChange:
    """A factor of a grid that is new, gone, or gives other points."""

    kind: Kind
    before: Factor | None
    after: Factor | None

    @property
    def factor(self) -> Factor:
        """The factor as it stands, or as it stood last."""
        found = self.after or self.before
        assert found is not None
        return found


def factors(before: GridVersion, after: GridVersion) -> tuple[FactorChange, ...]:
    """The factors that a grid's new version added, dropped or gave other points.

    Of a factor with parts, only the parts that changed are named, unless its own cap did too.
    """
    was, now = dict(_by_path(before.factors)), dict(_by_path(after.factors))
    changes = [
        FactorChange("changed" if path in was else "added", was.get(path), factor)
        for path, factor in now.items()
        if (path not in was and path[:-1] in {(), *was}) or (path in was and _gives(was[path]) != _gives(factor))
    ]
    gone = [
        FactorChange("removed", factor, None)
        for path, factor in was.items()
        if path not in now and path[:-1] in {(), *now}
    ]
    return (*changes, *gone)


def _by_path(found: Iterable[Factor], above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Factor]]:
    for factor in found:
        path = (*above, factor.id)
        yield path, factor
        yield from _by_path(factor.children, path)


def _gives(factor: Factor) -> tuple[object, ...]:
    """Everything about a factor that makes points; its texts, sources and parts aside."""
    cases = tuple((case.points, case.any_of) for case in factor.cases)
    return factor.cap, factor.cap_when, factor.floor, factor.applies_when, factor.combine, factor.table, cases
