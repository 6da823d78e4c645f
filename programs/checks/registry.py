"""Checks that others add: the app that evaluates profiles registers one that runs the worked examples."""

from collections.abc import Callable, Collection, Iterable, Sequence

from programs.checks.problems import Problem
from programs.packs.schema import Pack
from programs.rulebook.touched import Key

Check = Callable[[Sequence[Pack], Collection[Key] | None], Iterable[Problem]]
_checks: list[Check] = []


def register(check: Check) -> Check:
    """Run `check` on all documents whenever rules are checked or published. It may be used as a decorator.

    The second argument names the documents that are asked about; it is None for all of them.
    """
    if check not in _checks:
        _checks.append(check)
    return check


def unregister(check: Check) -> None:
    """Run `check` no more."""
    _checks.remove(check)


def run_registered(documents: Sequence[Pack], only: Collection[Key] | None = None) -> list[Problem]:
    """What the registered checks find in all documents together, or in some of them."""
    return [problem for check in _checks for problem in check(documents, only)]
