"""The site as people reach it, with the rules of the repository in force, on a day that stands still."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from eligibility.occupations import search
from eligibility.wizard import clock
from programs import store
from tests.browser import kept_rows
from tests.browser.applicant import Applicant
from tests.browser.people import TODAY
from tests.browser.watch import Watch
from tests.wizard.visitor import Visitor, answer_as_asha

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}

Visit = Callable[..., Applicant]


class Site:
    """A running server whose rules are loaded once, and put back after a test has changed them.

    Loading takes a quarter of a minute, so the database is not emptied between tests, as `live_server` would, and what
    the first of all processes loaded is kept in files. Each applicant has a secret of their own and meets no other.
    """

    def __init__(self, url: str, kept: Path) -> None:
        """`kept` is a folder that the processes of this run share."""
        self.url = url
        self.has_other_rules = True
        self._kept = kept

    def load_rules(self) -> None:
        """Have the rules of the repository in force."""
        if self.has_other_rules:
            if self._kept.exists():
                kept_rows.put_back(self._kept)
            else:
                call_command("flush", interactive=False, verbosity=0)
                call_command("load_rulebook", verbosity=0)
                if connection.vendor == "postgresql":
                    kept_rows.keep(self._kept)
            store.forget()
            # As a server does when it starts, so that the first search is as quick as any.
            search.current_index()
            self.has_other_rules = False


@pytest.fixture(scope="package")
def _server(
    chromium: Browser, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    # The browser comes first and goes last: beside its event loop Django keeps other connections than without.
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: TODAY)
        server = LiveServer("127.0.0.1")
        own = tmp_path_factory.getbasetemp()
        yield Site(server.url, (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "kept-rules")
        server.stop()
        call_command("flush", interactive=False, verbosity=0)
        store.forget()


@pytest.fixture
def transactional_db(_server: Site) -> None:
    """In the place of pytest-django's: the rules of the repository are in the database, and stay there."""
    _server.load_rules()


@pytest.fixture
def site(_server: Site, transactional_db: None) -> Site:
    """The site with the rules of the repository."""
    return _server


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Visit]:
    """Makes a visitor with a browser of their own; afterwards no browser may have complained."""
    watches = []

    def new_visitor(**options: Any) -> Applicant:
        options = DESKTOP | {"reduced_motion": "reduce"} | options
        context = chromium.new_context(**options)
        watch = Watch(chromium, context, site.url, **options)
        watches.append((watch, context))
        return Applicant(context.new_page(), watch, has_javascript=options.get("java_script_enabled", True))

    yield new_visitor
    for _watch, context in watches:
        context.close()
    for watch, _context in watches:
        watch.assert_calm()


@pytest.fixture
def answered(site: Site, client: Client) -> Visitor:
    """Asha's answers, sent without a browser: for tests that begin where she has answered everything."""
    visitor = Visitor(client)
    answer_as_asha(visitor)
    return visitor
