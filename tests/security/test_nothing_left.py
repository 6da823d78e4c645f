"""Answers are nowhere in the clear, and nothing of them is left once they are deleted or their time is over."""

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from config.log import JsonFormatter
from eligibility.answers import store
from eligibility.models import Application
from tests.wizard.visitor import JOB, MONEY, Visitor, day

# What nobody else would write: an answer, one not valid yet, one in a list, and what is kept beside the answers.
MARKERS = ("73911", "typed-but-not-valid-zq", "quilt-inspector-zq", "plan-of-asha-zq", "1987-03-29")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile, by everyone, in the form of production."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    level = root.level
    root.addHandler(handler)
    root.setLevel("DEBUG")
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def plant(asha: Visitor) -> None:
    """Answer with the markers, look at every kind of page, and make some mistakes."""
    asha.send("you", **day("birth_date", "1987-03-29"), citizenship="IN", residence="US", provinces=["ON"])
    asha.send("money", **MONEY | {"settlement_funds_cad": "73911"})
    asha.add("work", **JOB | {"job_title": "quilt-inspector-zq", "hours_per_week": "typed-but-not-valid-zq"})
    with store.change(asha.secret) as answers:
        answers.beside["plan"] = {"name": "plan-of-asha-zq"}
    for place in ("check", "results", "results/all", "clock", "keep", "nonsense", "results/nonsense"):
        asha.client.get(asha.url(place), {"q": "plan-of-asha-zq"})


def whole_database() -> bytes:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                found += [bytes(each) if isinstance(each, memoryview) else each for each in row]
    return b"\n".join(each if isinstance(each, bytes) else str(each).encode() for each in found)


def traces(asha: Visitor) -> tuple[bytes, bytes, bytes]:
    """What is stored of a person: the hash of their link and the sealed answers, and the link, which is not."""
    row = Application.objects.get(secret_hash=store._hash(asha.secret))
    return row.secret_hash.encode(), bytes(row.answers), asha.secret.encode()


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["deleted", "expired"])
def test_nothing_of_a_person_is_left(asha: Visitor, log: io.StringIO, end: str) -> None:
    plant(asha)
    number, sealed, secret = traces(asha)
    database = whole_database()
    assert number in database
    assert sealed in database
    for hidden in (secret, *(marker.encode() for marker in MARKERS)):
        assert hidden not in database
    if end == "deleted":
        asha.client.post(asha.url("delete"))
    else:
        Application.objects.update(expires=timezone.now())
        call_command("purge_expired")
    after = whole_database()
    for gone in (number, sealed, secret, *(marker.encode() for marker in MARKERS)):
        assert gone not in after
    logged = log.getvalue()
    assert '"path": "/a/…/results/"' in logged
    for hidden in (asha.secret, sealed.decode(), *MARKERS):
        assert hidden not in logged


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_in_the_file_of_the_table(asha: Visitor) -> None:
    """SQLite overwrites what it deletes. PostgreSQL does when it vacuums and nobody looks (docs/privacy.md)."""
    plant(asha)
    number, _sealed, _secret = traces(asha)
    assert number in raw_file()
    asha.client.post(asha.url("delete"))
    if connection.vendor == "sqlite":
        assert number not in raw_file()
    assert not Application.objects.exists()


def raw_file() -> bytes:
    """The bytes on the disk: of the database, or of the table where it has a file of its own."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA database_list")
            return Path(cursor.fetchone()[2]).read_bytes()
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('eligibility_application'))")
        return bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_what_is_kept_beside_the_answers_takes_every_new_key_with_them(asha: Visitor, settings: Any) -> None:
    plant(asha)
    old = settings.ANSWERS_KEYS
    new = Fernet.generate_key().decode()
    settings.ANSWERS_KEYS = [new, *old]
    before = traces(asha)[1]
    call_command("rotate_answers_key")
    assert traces(asha)[1] != before
    settings.ANSWERS_KEYS = [new]
    answers = asha.answers
    assert answers.beside["plan"] == {"name": "plan-of-asha-zq"}
    assert answers.value("money", "settlement_funds_cad") == "73911"
    assert answers.items("work")[0].draft is not None


@pytest.mark.django_db
def test_sealed_answers_that_were_altered_are_refused_and_not_shown(asha: Visitor) -> None:
    plant(asha)
    sealed = bytearray(traces(asha)[1])
    sealed[40] ^= 1
    Application.objects.update(answers=bytes(sealed))
    response = asha.client.get(asha.url("money"))
    assert response.status_code == 404
    assert not any(marker in response.content.decode() for marker in MARKERS)


@pytest.mark.django_db
def test_deleting_has_the_browser_forget_too(asha: Visitor) -> None:
    response = asha.client.post(asha.url("delete"))
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert re.fullmatch(r"/deleted/", response.headers["Location"])
    assert not asha.client.session.keys()
