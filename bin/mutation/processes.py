"""Tests run in a process of their own, until one fails."""

import os
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable

import pytest

from mutation.switches import Switches

KILLED, SURVIVED, NO_TESTS, TIMEOUT = 1, 0, 33, 36
# A process that tries a mutant ends with this and the place of the test that failed, as far as codes go.
FAILED_AT, LAST_CODE = 2, 250
# A mutant that is being tried, and the tests in the order in which they run.
Tried = tuple[str, list[str]]
# Who is told of each mutant how it ended.
Told = Callable[[str, int], None]


class Watch:
    """What the tests do: how long each takes, which functions it comes to, whether one fails."""

    def __init__(self, switches: Switches, at_failure: Callable[[str], None]) -> None:
        """`at_failure` is told the test."""
        self.took: dict[str, float] = {}
        self.come_to: defaultdict[str, list[str]] = defaultdict(list)
        self._switches = switches
        self._at_failure = at_failure

    def pytest_runtest_setup(self) -> None:
        self._switches.called.clear()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.took[report.nodeid] = self.took.get(report.nodeid, 0) + report.duration
        if report.failed:
            self._at_failure(f"{report.nodeid}\n{report.longrepr}")

    def pytest_runtest_teardown(self, item: pytest.Item) -> None:
        for name in self._switches.called:
            self.come_to[name].append(item.nodeid)


def forked(work: Callable[[], int], seconds: int | None = None) -> int:
    """Start a process that does `work` and ends with its answer. It may compute for `seconds`."""
    pid = os.fork()
    if pid:
        return pid
    try:
        if seconds is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
        answer = work()
    except BaseException:
        answer = KILLED
    os._exit(answer)


def until_failure(items: Iterable[pytest.Item], switches: Switches) -> int:
    """Run tests until one fails."""
    ordered = list(items)
    at = FAILED_AT
    ordered[0].config.pluginmanager.register(Watch(switches, lambda _: os._exit(min(at, LAST_CODE))))
    for item, following in zip(ordered, [*ordered[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        at += 1
    return SURVIVED


def reap(running: dict[int, Tried], told: Told, killers: dict[str, list[str]]) -> None:
    """Wait for one of the mutants that are tried, and tell how it ended."""
    pid, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    key, tests = running.pop(pid)
    # A mutant that is on at import and of a function that no test came to is tried with all tests.
    if FAILED_AT <= code < min(LAST_CODE, FAILED_AT + len(tests)):
        killer, of_function = tests[code - FAILED_AT], killers[key.partition("__mutmut_")[0]]
        if killer in of_function:
            of_function.remove(killer)
        of_function.insert(0, killer)
    # A negative code is the signal that ended it: here, that its time was up.
    told(key, TIMEOUT if code < 0 else KILLED if code else SURVIVED)
