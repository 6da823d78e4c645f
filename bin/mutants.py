"""Try the mutants that mutmut makes: what mutmut itself does, in a fraction of the time (docs/mutation.md).

mutmut makes the mutants and shows them; here they are tried. What is the same for all of them (imports, the collecting
of tests, the reading of the rule documents) is done once. Each mutant is then a fork of that process, which switches
one function to its mutant, builds the rulebook anew and runs the tests that come to that function, quickest first,
until one fails. A function that is called while modules are imported is tried in a fork made before the import.

Usage: mutants.py [--jobs N] [--quick] [--every N] [--anew] [PATTERN...]     as in `eligibility.facts.dates*`
"""

import argparse
import fnmatch
import gc
import importlib
import json
import math
import os
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import _lru_cache_wrapper, partial, wraps
from pathlib import Path
from typing import Any, Protocol

import mutmut.mutation.trampoline
import pytest
from mutmut.__main__ import CatchOutput, create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths, walk_mutatable_files

KILLED, SURVIVED, NO_TESTS, TIMEOUT = 1, 0, 33, 36
# A process that tries a mutant ends with this and the place of the test that failed, as far as codes go.
FAILED_AT, LAST_CODE = 2, 250
# What a mutant may use, where all of a function are tried in one process; and whose caches are emptied between them.
MOST_SECONDS, MOST_MEMORY = 20, 4 * 2**30
CLEARED = ("eligibility.engine", "eligibility.facts")
# Imported before the fork that imports the modules under test.
HEAVY = ("pytest", "hypothesis", "pydantic", "yaml", "django.test", "playwright.sync_api")
# The programs whose worked examples, with those of grids and tests, come to every line of the engine that the examples
# of all programs come to; those whose verdicts they ask for; and those that other tests name. Rules that are a quarter
# of all compile in a quarter of the time.
PROGRAMS = frozenset(
    [
        "ab-accelerated-tech",
        "ab-rural-renewal",
        "bc-innovate-hei",
        "bc-rural-remote-health-support",
        "bc-si-health-authority",
        "bc-si-skilled-worker",
        "category-agriculture",
        "category-skilled_military_recruits",
        "cec",
        "fcip",
        "federal-cusma-ict",
        "federal-fta-professionals",
        "federal-gts-category-a",
        "federal-gts-category-b",
        "federal-h1b-open-work-permit-2023",
        "federal-high-wage-lmia",
        "federal-pnp-work-permit-t13",
        "federal-spousal-open-work-permit-c41",
        "fst",
        "fsw",
        "mb-skilled-worker-in-manitoba",
        "mb-skilled-worker-overseas",
        "nb-express-entry-employment",
        "ns-express-entry-experience",
        "nt-express-entry",
        "on-workforce-priority-teer-4-5",
        "pe-critical-worker",
        "sk-isw-employment-offer",
    ]
)
SHOWN = ("killed", "timeout", "survived", "no tests", "not checked")


# A mutant that is being tried, and the tests in the order in which they run.
Tried = tuple[str, list[str]]
# Who is told of each mutant how it ended.
Told = Callable[[str, int], None]


class Asked(Protocol):
    """What was asked for: so many mutants at a time at most; `quick`, only with tests of small rulebooks."""

    jobs: int
    quick: bool


class Switches:
    """What mutmut calls a trampoline, for every mutated function: here a name that is set, and no question per call."""

    def __init__(self, of_import: str = "") -> None:
        """Note who is called. `of_import` is the mutant that is on from the start."""
        self.called: set[str] = set()
        self._of_import = of_import
        self._set: dict[str, Callable[[Any], None]] = {}
        self._late: list[tuple[dict[str, Any], bool, Callable[[Any], None]]] = []

    def decorator(self, mutants: dict[str, Any], is_classmethod: bool = False) -> Callable[[Any], Any]:
        """Stand where mutmut's own decorator would."""

        def decorate(function: Any) -> Any:
            def noting(*args: Any, **kwargs: Any) -> Any:
                name = _function(mutants)
                self.called.add(name)
                if self._of_import.startswith(f"{name}__mutmut_"):
                    mutant = mutants[self._of_import.rpartition(".")[2]]
                    return _called(mutant, is_classmethod, args, kwargs)
                return function(*args, **kwargs)

            chosen: Any = noting

            @wraps(function)
            def switch(*args: Any, **kwargs: Any) -> Any:
                return chosen(*args, **kwargs)

            def choose(mutant: Any) -> None:
                nonlocal chosen
                chosen = mutant if mutant is not None else function

            self._late.append((mutants, is_classmethod, choose))
            return switch

        return decorate

    def quiet(self) -> None:
        """Call the functions as they are, without noting it."""
        for *_, choose in self._late:
            choose(None)

    def turn(self, key: str) -> None:
        """Switch one function to a mutant of it."""
        for mutants, is_classmethod, choose in self._late:
            if key.startswith(f"{_function(mutants)}__mutmut_"):
                mutant = mutants[key.rpartition(".")[2]]
                choose(lambda *args, **kwargs: _called(mutant, is_classmethod, args, kwargs))  # noqa: B023
                return
        raise LookupError(key)


def _function(mutants: dict[str, Any]) -> str:
    """The name that mutmut knows a function by."""
    original = mutants["_mutmut_orig"]
    return f"{original.__module__}.{original.__name__.removesuffix('__mutmut_orig')}"


def _called(mutant: Any, is_classmethod: bool, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return getattr(args[0], mutant.__name__)(*args[1:], **kwargs) if is_classmethod else mutant(*args, **kwargs)


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
            session.items[:] = [item for item in session.items if _is_only_a_function(item)]
        else:
            _read_rules_once()
        took, come_to = self._as_they_are(session.items)
        self._switches.quiet()
        by_id = {item.nodeid: item for item in session.items}
        gc.collect()
        gc.freeze()
        if self._asked.quick:
            self._quickly(at_import, by_id, took, come_to)
        else:
            self._each_in_a_process(at_import, by_id, took, come_to)
        return True

    def _quickly(
        self,
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
            tests = [_call(by_id[test]) for test in sorted(come_to.get(name, ()), key=took.__getitem__)]
            if not tests:
                for key in keys if name not in at_import else ():
                    self._told(key, NO_TESTS)
                continue
            if len(running) >= self._asked.jobs:
                running.remove(os.wait()[0])
            # What survives may have done its work at import, before it was switched on: that stays open.
            counted = {KILLED} if name in at_import else {KILLED, TIMEOUT, SURVIVED}
            running.add(forked(lambda: self._tried_in_turn(keys, tests, counted), 3600))  # noqa: B023
        while running:
            running.remove(os.wait()[0])

    def _tried_in_turn(self, keys: list[str], tests: list[Callable[[], Any]], counted: Collection[int]) -> int:
        """Try mutants one after the other. At the end the tests must still pass without one, or none of it counts."""
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        signal.signal(signal.SIGPROF, _time_is_up)
        caches = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
        # What the module under test keeps goes, too: the vocabulary is read anew for its own mutants alone.
        caches = [each for each in caches if each.__module__.startswith((*CLEARED, _module(keys[0])))]
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
                    _reap(running, self._told, self._killers)
                tests = list(dict.fromkeys([*self._killers[name], *tests]))
                limit = math.ceil(4 * sum(took[test] for test in tests)) + 4
                pid = forked(lambda: self._tried(key, [by_id[test] for test in tests]), limit)  # noqa: B023
                running[pid] = key, tests
        while running:
            _reap(running, self._told, self._killers)

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


def _is_only_a_function(item: pytest.Item) -> bool:
    """Whether a test is called with its parameters and needs no fixture."""
    given = getattr(getattr(item, "callspec", None), "params", {})
    return set(getattr(item, "fixturenames", ["?"])) <= set(given)


def _call(item: Any) -> Callable[[], Any]:
    return partial(item.obj, **getattr(getattr(item, "callspec", None), "params", {}))


def _needs_rules(item: pytest.Item) -> int:
    """How much has to be built anew before a test: the rulebook, and its rules compiled."""
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return ("rulebook" in fixtures) + ("assess_profile" in fixtures)


def _reap(running: dict[int, Tried], told: Told, killers: dict[str, list[str]]) -> None:
    """Wait for one of the mutants that are tried, and tell how it ended."""
    pid, status = os.wait()
    code = os.waitstatus_to_exitcode(status)
    key, tests = running.pop(pid)
    if FAILED_AT <= code < LAST_CODE:
        killer, of_function = tests[code - FAILED_AT], killers[key.partition("__mutmut_")[0]]
        if killer in of_function:
            of_function.remove(killer)
        of_function.insert(0, killer)
    # A negative code is the signal that ended it: here, that its time was up.
    told(key, TIMEOUT if code < 0 else KILLED if code else SURVIVED)


def _read_rules_once() -> None:
    """Let the rulebook be built from documents that are already read, and not from every program."""
    seed = importlib.import_module("programs.packs.seed")
    packs = [
        pack
        for pack in seed.read_packs(seed.pack_paths(seed.RULEPACKS))
        if pack.document.kind != "program" or pack.document.id in PROGRAMS
    ]
    seed.read_packs = lambda _: packs


def _pytest(tests: list[str], plugin: object) -> int:
    # Without the project's own settings and without plugins, which these tests do not need, each test starts sooner.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    # The language that tests begin in is all that is asked of Django.
    os.environ["DJANGO_SETTINGS_MODULE"] = "django.conf.global_settings"
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
            _reap(running, told, killers)
        ordered = list(dict.fromkeys([*killers[key.partition("__mutmut_")[0]], *tests]))
        running[forked(lambda: _tried_anew(key, ordered), 60)] = key, ordered  # noqa: B023
    while running:
        _reap(running, told, killers)


def _tried_anew(key: str, tests: list[str]) -> int:
    switches = Switches(of_import=key)
    mutmut.mutation.trampoline.wrap_in_trampoline = switches.decorator
    return _pytest(config().pytest_add_cli_args_test_selection, OfImport(switches, tests)) or SURVIVED


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="leave out the tests that need the rules of the packs")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try a sample: each Nth that is to be tried")
    parser.add_argument("--anew", action="store_true", help="try those again that have been tried")
    parser.add_argument("patterns", nargs="*")
    asked = parser.parse_args()
    os.environ.setdefault("HYPOTHESIS_PROFILE", "ci")
    Path("mutants").mkdir(exist_ok=True)
    with CatchOutput():
        copy_src_dir()
        copy_also_copy_files()
        setup_source_paths()
        create_mutants(asked.jobs)
    held = {str(path): SourceFileMutationData(path=path) for path in walk_mutatable_files()}
    of_key: dict[str, SourceFileMutationData] = {}
    for data in held.values():
        data.load()
        of_key.update(dict.fromkeys(data.exit_code_by_key, data))
    keys = [
        key
        for key, data in of_key.items()
        if (not asked.patterns or any(fnmatch.fnmatch(key, pattern) for pattern in asked.patterns))
        and (asked.anew or data.exit_code_by_key[key] != KILLED)
    ][:: asked.every]
    start, done, root = time.monotonic(), 0, Path.cwd()

    def told(key: str, outcome: int) -> None:
        nonlocal done
        done += 1
        of_key[key].exit_code_by_key[key] = outcome
        if done % 100 == 0:
            save()
            print(f"{done} of {len(keys)}", flush=True)

    def save() -> None:
        for path, data in held.items():
            if data.exit_code_by_key:
                data.meta_path = root / "mutants" / f"{path}.meta"
                data.save()

    os.chdir("mutants")
    try:
        try_all(keys, asked, told)
    finally:
        save()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    computed = used.ru_utime + used.ru_stime
    print(f"{done} mutants in {time.monotonic() - start:.0f} seconds, {computed:.0f} of them at work")
    report(held)


def report(held: dict[str, SourceFileMutationData]) -> None:
    """The table of docs/mutation.md."""
    print(f"| Module | {' | '.join(SHOWN)} | Share killed |\n|{'---|' * (len(SHOWN) + 2)}")
    for path, data in held.items():
        found = Counter(status_by_exit_code[code] for code in data.exit_code_by_key.values())
        decided = found["killed"] + found["survived"] + found["timeout"]
        share = f"{100 * (found['killed'] + found['timeout']) / decided:.0f} %" if decided else ""
        if found:
            print(f"| `{path}` | {' | '.join(str(found[status]) for status in SHOWN)} | {share} |")


if __name__ == "__main__":
    main()
