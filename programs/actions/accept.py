"""Accepting that worked examples come out differently under rules that are about to be published."""

import copy
import json
from collections.abc import Iterable
from typing import Any

from programs.actions.base import User, record, require_permission
from programs.checks.problems import Problem
from programs.models import Change, Example
from programs.packs.kinds import KINDS


def accept_new_figures(problems: Iterable[Problem], by: User, because: str) -> None:
    """Rewrite what these examples expect, on record. To be called inside the transaction that publishes.

    Raises:
        PermissionDenied: if `by` may not change worked examples.

    """
    require_permission(by, "change", Example)
    by_example: dict[str, list[Problem]] = {}
    for problem in problems:
        by_example.setdefault(problem.example, []).append(problem)
    for changes in by_example.values():
        example = _row(changes[0])
        before = example.expect
        example.expect = _with(before, changes)
        example.save(update_fields=["expect"])
        record(Change.What.CHANGED, example, by, because, before={"expect": before}, after={"expect": example.expect})


def _row(problem: Problem) -> Example:
    """The row of an example, by its place in its document."""
    owner: Any = KINDS[problem.kind].model._default_manager.get(pk=problem.identifier)
    place = problem.location[1]
    assert isinstance(place, int)
    rows: list[Example] = list(owner.examples.order_by("position", "pk"))
    return rows[place]


def _with(expect: dict[str, Any], changes: Iterable[Problem]) -> dict[str, Any]:
    changed = copy.deepcopy(expect)
    for change in changes:
        *outer, last = change.expectation.split(".")
        inner = changed
        for key in outer:
            inner = inner[key]
        inner[last] = json.loads(change.found)
    return changed
