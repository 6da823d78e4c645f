"""The trial of mutants: tests are collected and timed once, and then run against one mutant after the other."""

import gc
import importlib
import json
import math
import os
import sys
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import Protocol

import mutmut.mutation.trampoline
import pytest
from django.conf import settings
from mutmut.configuration import config

from mutation.in_turn import InTurn, calling, is_only_a_function
from mutation.processes import KILLED, NO_TESTS, SURVIVED, TIMEOUT, Told, Tried, Watch, forked, reap, until_failure
from mutation.rules import read_rules_once
from mutation.switches import Switches

# Imported before the fork that imports the modules under test.
HEAVY = ("pytest", "hypothesis", "pydantic", "yaml", "django.test", "playwright.sync_api")


class Asked(Protocol):
    """What was asked for: so many mutants at a time at most; `quick`, only with tests of small rulebooks."""

    jobs: int
    quick: bool


class Trial:
    """Stands in for pytest's loop over the tests: runs them as they are once, and then for every mutant."""

    def __init__(self, switches: Switches, keys: Collection[str], asked: Asked, told: Told) -> None:
        """`told` is given each mutant with its outcome."""
        self._switches, self._keys, self._asked, self._told = switches, keys, asked, told
        # The tests that killed mutants of a function, the last one first: they are likely to kill its other mutants.
        self._killers: defaultdict[str, list[str]] = defaultdict(list)
        self.of_import: list[tuple[str, list[str]]] = []

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        at_import = frozenset(self._switches.called)
        if self._asked.quick:
            session.items[:] = [item for item in session.items if is_only_a_function(item)]
        else:
            read_rules_once()
        took, come_to = self._as_they_are(session.items)
        self._switches.quiet()
        by_id = {item.nodeid: item for item in session.items}
        in_turn = InTurn(self._switches, self._told)
        gc.collect()
        gc.freeze()
        if self._asked.quick:
            self._quickly(in_turn, at_import, by_id, took, come_to)
        else:
            self._each_in_a_process(at_import, by_id, took, come_to)
        return True

    def _quickly(
        self,
        in_turn: InTurn,
        at_import: Collection[str],
        by_id: dict[str, pytest.Item],
        took: dict[str, float],
        come_to: dict[str, list[str]],
    ) -> None:
        """Try all mutants of a function in one process, by calling the tests."""
        running: set[int] = set()
        of_function: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._keys:
            of_function[key.partition("__mutmut_")[0]].append(key)
        for name, keys in of_function.items():
            tests = [calling(by_id[test]) for test in sorted(come_to.get(name, ()), key=took.__getitem__)]
            if not tests:
                for key in keys if name not in at_import else ():
                    self._told(key, NO_TESTS)
                continue
            if len(running) >= self._asked.jobs:
                running.remove(os.wait()[0])
            # What survives may have done its work at import, before it was switched on: that stays open.
            counted = {KILLED} if name in at_import else {KILLED, TIMEOUT, SURVIVED}
            running.add(forked(lambda: in_turn.tried(keys, tests, counted), 3600))  # noqa: B023
        while running:
            running.remove(os.wait()[0])

    def _each_in_a_process(
        self,
        at_import: Collection[str],
        by_id: dict[str, pytest.Item],
        took: dict[str, float],
        come_to: dict[str, list[str]],
    ) -> None:
        running: dict[int, Tried] = {}
        for key in self._keys:
            name = key.partition("__mutmut_")[0]
            tests = sorted(come_to.get(name, ()), key=lambda test: (_needs_rules(by_id[test]), took[test]))
            if name in at_import:
                self.of_import.append((key, tests))
            elif not tests:
                self._told(key, NO_TESTS)
            else:
                if len(running) >= self._asked.jobs:
                    reap(running, self._told, self._killers)
                tests = list(dict.fromkeys([*self._killers[name], *tests]))
                limit = math.ceil(4 * sum(took[test] for test in tests)) + 4
                pid = forked(lambda: self._tried(key, [by_id[test] for test in tests]), limit)  # noqa: B023
                running[pid] = key, tests
        while running:
            reap(running, self._told, self._killers)

    def _tried(self, key: str, items: list[pytest.Item]) -> int:
        self._switches.turn(key)
        return until_failure(items, self._switches)

    def _as_they_are(self, items: list[pytest.Item]) -> tuple[dict[str, float], dict[str, list[str]]]:
        """How long each test takes, and the tests that come to each function; in a process of its own."""
        found = Path("come_to.json")

        def work() -> int:
            def stop(said: str) -> None:
                print(f"\nA test fails although nothing is broken: {said}", file=sys.__stdout__, flush=True)
                os._exit(KILLED)

            watch = Watch(self._switches, stop)
            items[0].config.pluginmanager.register(watch)
            for item, following in zip(items, [*items[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            found.write_text(json.dumps([watch.took, watch.come_to]), encoding="utf-8")
            return 0

        pid = forked(work)
        if os.waitpid(pid, 0)[1] != 0:
            os._exit(KILLED)
        took, come_to = json.loads(found.read_text(encoding="utf-8"))
        return took, come_to


def _needs_rules(item: pytest.Item) -> int:
    """How much has to be built anew before a test: the rulebook, and its rules compiled."""
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return ("rulebook" in fixtures) + ("assess_profile" in fixtures)


def _pytest(tests: list[str], plugin: object) -> int:
    # Without the project's own settings and without plugins, which these tests do not need, each test starts sooner.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    if not settings.configured:
        # The language that tests begin in is all that is asked of Django.
        settings.configure()
    arguments = ["-c", os.devnull, "--rootdir=.", "--import-mode=importlib", "--capture=no", "-p", "no:logging"]
    return int(pytest.main([*arguments, "-p", "no:terminal", "-p", "no:cacheprovider", *tests], plugins=[plugin]))


class OfImport:
    """Runs the tests of a mutant that is on while modules are imported."""

    def __init__(self, switches: Switches, tests: list[str]) -> None:
        """`tests` in the order in which to run them; all where there are none."""
        self._switches, self._tests = switches, tests

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        by_id = {item.nodeid: item for item in session.items}
        os._exit(until_failure([by_id[test] for test in self._tests] or session.items, self._switches))


def try_all(keys: Collection[str], asked: Asked, told: Told) -> None:
    """Try mutants, in the directory of the mutated code."""
    for name in HEAVY:
        importlib.import_module(name)
    left, into = os.pipe()

    def work() -> int:
        with os.fdopen(into, "w") as pipe:

            def tell(key: str, outcome: int) -> None:
                pipe.write(json.dumps([key, outcome]) + "\n")
                pipe.flush()

            switches = Switches()
            mutmut.mutation.trampoline.wrap_in_trampoline = switches.decorator
            trial = Trial(switches, keys, asked, tell)
            code = _pytest(config().pytest_add_cli_args_test_selection, trial)
            pipe.write(json.dumps([None, trial.of_import]) + "\n")
        return code

    pid = forked(work)
    os.close(into)
    of_import: list[tuple[str, list[str]]] = []
    with os.fdopen(left) as pipe:
        for line in pipe:
            key, outcome = json.loads(line)
            if key is None:
                of_import = outcome
            else:
                told(key, outcome)
    os.waitpid(pid, 0)
    running: dict[int, Tried] = {}
    killers: defaultdict[str, list[str]] = defaultdict(list)
    for key, tests in of_import:
        if len(running) >= asked.jobs:
            reap(running, told, killers)
        ordered = list(dict.fromkeys([*killers[key.partition("__mutmut_")[0]], *tests]))
        running[forked(lambda: _tried_anew(key, ordered), 60)] = key, ordered  # noqa: B023
    while running:
        reap(running, told, killers)


def _tried_anew(key: str, tests: list[str]) -> int:
    switches = Switches(of_import=key)
    mutmut.mutation.trampoline.wrap_in_trampoline = switches.decorator
    return _pytest(config().pytest_add_cli_args_test_selection, OfImport(switches, tests)) or SURVIVED
