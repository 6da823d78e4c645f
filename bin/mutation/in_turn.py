"""All mutants of a function, tried one after the other in one process by calling the tests."""

import gc
import resource
import signal
from collections.abc import Callable, Collection, Iterable
from functools import _lru_cache_wrapper, partial
from typing import Any

import pytest

from mutation.processes import KILLED, SURVIVED, TIMEOUT, Told
from mutation.switches import Switches

# What a mutant may use, and whose caches are emptied between two of them.
MOST_SECONDS, MOST_MEMORY = 20, 4 * 2**30
CLEARED = ("eligibility.engine", "eligibility.facts")


class InTurn:
    """Tries all mutants of a function one after the other, with nothing left of what functions kept."""

    def __init__(self, switches: Switches, told: Told) -> None:
        """Look for functions that keep their results: before the collector is frozen, as it forgets them then."""
        self._switches, self._told = switches, told
        self._caches = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]

    def tried(self, keys: list[str], tests: list[Callable[[], Any]], counted: Collection[int]) -> int:
        """Try mutants. At the end the tests must still pass without one, or none of it counts."""
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        signal.signal(signal.SIGPROF, _time_is_up)
        # What the module under test keeps goes, too: the vocabulary is read anew for its own mutants alone.
        caches = [each for each in self._caches if each.__module__.startswith((*CLEARED, _module(keys[0])))]
        found: dict[str, int] = {}
        for key in keys:
            self._switches.turn(key)
            found[key] = _first_failure(tests, caches)
            self._switches.quiet()
        if _first_failure(tests, caches) != SURVIVED:
            return KILLED
        for key, outcome in found.items():
            if outcome in counted:
                self._told(key, outcome)
        return SURVIVED


def _module(key: str) -> str:
    return key.rpartition(".")[0]


class TimeIsUp(BaseException):
    """No test may run this long."""


def _time_is_up(*_: object) -> None:
    raise TimeIsUp


def _first_failure(tests: list[Callable[[], Any]], caches: Iterable[Any]) -> int:
    """Call tests until one fails, and put that one first; nothing is left of what was kept before."""
    for cache in caches:
        cache.cache_clear()
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    try:
        for place, test in enumerate(tests):
            try:
                test()
            except TimeIsUp:
                return TIMEOUT
            except BaseException:
                tests.insert(0, tests.pop(place))
                return KILLED
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return SURVIVED


def is_only_a_function(item: pytest.Item) -> bool:
    """Whether a test is called with its parameters and needs no fixture."""
    given = getattr(getattr(item, "callspec", None), "params", {})
    return set(getattr(item, "fixturenames", ["?"])) <= set(given)


def calling(item: Any) -> Callable[[], Any]:
    return partial(item.obj, **getattr(getattr(item, "callspec", None), "params", {}))
