"""Two server processes on one database both come to show what is published; no page mixes two rulebooks."""

import datetime as dt
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eligibility.catalogue import views
from eligibility.wizard import rules as rules_of_page
from programs import store
from programs.actions import NewVersionFrom, PublishVersion
from programs.models import Example, ProgramVersion, Requirement
from tests.programs.conftest import signed_in
from tests.servers import Server, wait_until

PAGE = "/programs/worker/"
OLD, NEW = "You are an adult.", "You are grown up."


def draft(by: User, day: dt.date) -> ProgramVersion:
    """The made-up program with another wording."""
    made: Any = NewVersionFrom(ProgramVersion.objects.get(label="worker-2025"), day, by).execute()
    Requirement.objects.filter(version=made, text_en=OLD).update(text_en=NEW)
    return made


def database_url() -> str:
    """Where another process finds the database of this test."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"


@pytest.fixture
def servers(rules: Path) -> Iterator[tuple[Server, Server]]:
    # A server runs the worked examples before it publishes, and these made-up rules lack what people are counted by.
    Example.objects.all().delete()
    environment = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()}
    both = Server(environment), Server(environment)
    try:
        for server in both:
            server.wait_until_ready()
        yield both
    finally:
        for server in both:
            server.stop()


def publish_through(server: Server, version: ProgramVersion, client: Client) -> None:
    """Publish as a browser would that is signed in."""
    path = reverse("admin:programs_programversion_publish", args=[version.pk])
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    page, cookies = server.asked(path, Cookie=session)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, "the page to publish on"
    sent = "; ".join([session, *(cookie.partition(";")[0] for cookie in cookies)])
    data = {"csrfmiddlewaretoken": token[1], "why": "Other words."}
    answer, _cookies = server.asked(path, urlencode(data).encode(), Cookie=sent)
    version.refresh_from_db()
    assert version.status == "published", answer


@pytest.mark.django_db(transaction=True)
def test_what_is_published_through_one_process_both_come_to_show(servers: tuple[Server, Server], omar: User) -> None:
    version, (first, second) = draft(omar, timezone.localdate()), servers
    assert all(OLD in server.get(PAGE) for server in servers)
    publish_through(first, version, signed_in(omar))
    published = time.monotonic()
    for server in (second, first):
        wait_until(lambda server=server: NEW in server.get(PAGE), "the new wording")  # type: ignore[misc]
    sys.stdout.write(f"Both processes showed it after {time.monotonic() - published:.1f} s.\n")


@pytest.mark.django_db
def test_a_page_that_is_being_made_keeps_to_one_rulebook(
    rules: Path, omar: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, real = draft(omar, timezone.localdate()), views.program_page
    held = []

    def published_meanwhile(*asked: Any, **options: Any) -> Any:
        if not held:
            held.append(rules_of_page.current())
            PublishVersion(version, omar, "Why.").execute()
            store.forget()
            assert store.current() is not held[0], "who asks anew gets the new rules"
            assert rules_of_page.current() is held[0]
        return real(*asked, **options)

    monkeypatch.setattr(views, "program_page", published_meanwhile)
    during, after = (client.get(PAGE).content.decode() for _time in range(2))
    assert OLD in during
    assert NEW not in during
    assert NEW in after
