"""What all tests share: which databases they run on, no silent skips, Hypothesis profiles, the browser."""

import os
import re
import shutil
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.core.cache import caches
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "admin_client", "admin_user"}

# What these try (pages made of rules in memory and answers, rights, forms) does not hang on the kind of database:
# answers are stored, and rules are read, by code that the other tests run on both. They run on PostgreSQL alone.
ON_ONE_DATABASE = (
    "tests/engine/test_evaluate_command.py",
    "tests/fuzz/test_every_address.py",
    "tests/fuzz/test_wizard_machine.py",
    "tests/h1b/",
    "tests/my_plan/",
    "tests/planning/",
    "tests/plans/",
    "tests/programs/test_editing.py",
    "tests/programs/test_forbidden_paths.py::test_each_role_ends_where_it_ends",
    "tests/programs/test_lines.py",
    "tests/programs/test_open_sign_ins.py",
    "tests/programs/test_situations_admin.py",
    "tests/results/",
    "tests/security/test_attacks.py",
    "tests/security/test_headers.py",
    "tests/security/test_rate_limits.py",
    "tests/security/test_what_is_typed.py",
    "tests/timeline/",
    "tests/wizard/test_occupation_help.py",
    "tests/wizard/test_pages.py",
    "tests/wizard/test_queries.py",
    "tests/wizard/test_ties.py",
    "tests/wizard/test_two_of_us.py",
    "tests/wizard/test_weights.py",
)

# Where bin/test looks for the tests that are marked `browser`, so as not to collect thousands of others for them.
IN_BROWSER = re.compile(r"^tests/(browser/|\w+/test_\w*in_browser\.py)")

# Files of few tests that take long each begin first, so that none is begun when nothing is left to do beside it. Of
# those for the browser, the ones outside tests/browser stand together, because the rules are put back after them.
BEGIN_FIRST = (
    "tests/browser/test_whole_path.py",
    "tests/results/test_results_in_browser.py",
    "tests/timeline/test_in_browser.py",
    "tests/h1b/test_in_browser.py",
    "tests/config/test_staff_in_browser.py",
    "tests/browser/test_staff_roles.py",
    "tests/browser/test_staff_changes_a_rule.py",
    "tests/browser/test_staff_previews.py",
    "tests/programs/test_round_trip.py",
    "tests/programs/test_imports.py",
    "tests/programs/test_two_servers.py",
    "tests/engine/test_evaluate_command.py",
    "tests/planning/test_commands.py",
    "tests/wizard/test_random_walk.py",
    "tests/fuzz/",
    "tests/backup/",
    "tests/engine/test_properties.py",
    "tests/demo/",
    "tests/matches/",
)

NO_SKIPS = os.environ.get("NORTHBOUND_NO_SKIPS") == "1"

# `make test` finds the same examples each time, so that a red run can be repeated; at the desk, Hypothesis
# explores.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "desk"))


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Say on which databases each test runs, and when all is sorted, have the longest begin."""
    _mark_databases(items)
    yield
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, path in enumerate(BEGIN_FIRST) if item.nodeid.startswith(path)), len(BEGIN_FIRST))


def _mark_databases(items: list[pytest.Item]) -> None:
    """Run tests that use the database on both kinds: `django_db` and `database` imply each other."""
    for item in items:
        if item.get_closest_marker("browser"):
            if not IN_BROWSER.search(item.nodeid):
                raise pytest.UsageError(f"{item.nodeid} drives a browser, and bin/test looks elsewhere for those.")
            continue
        fixtures = DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures:
            item.add_marker("database")
        elif item.get_closest_marker("database"):
            item.add_marker("django_db")
        if item.nodeid.startswith(ON_ONE_DATABASE):
            item.add_marker("one_database")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Allow database access beside Playwright, which keeps an event loop in this thread."""
    if any(item.get_closest_marker("browser") for item in session.items):
        os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


def pytest_runtest_setup() -> None:
    """Begin each test in the site's own language, and with no public page kept that another database made.

    Whoever saw a French page last leaves its language behind.
    """
    translation.deactivate()
    caches["pages"].clear()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Any:
    """Where nothing may be skipped, report a skipped test as failed."""
    return _without_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Any:
    """The same for a module that skips itself as a whole."""
    return _without_skip((yield))


def _without_skip(report: Any) -> Any:
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skipped, and in this run nothing may be: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window. Tests make a context of their own: `chromium.new_context(...)`."""
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next(filter(None, map(shutil.which, names)), None)
    if executable is None:
        pytest.fail("Chromium is missing. Install it, on Debian: apt-get install chromium fonts-liberation")
    # Chromium calls home and looks for updates by itself; tests use no network.
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")  # its sandbox refuses to work for root, which CI is
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield browser
        browser.close()
