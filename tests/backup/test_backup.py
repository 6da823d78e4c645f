"""A database of an earlier release is upgraded, backed up and restored, and nothing of it is lost."""

import datetime as dt
import gzip
import json
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from eligibility.answers import cipher
from eligibility.answers.document import Answers
from eligibility.backup import schema
from eligibility.models import Application, Preview
from programs.models import Change, Program, ProgramVersion, Source
from tests.backup.conftest import Spare

pytestmark = pytest.mark.database

FIRST = [("eligibility", "0001_application"), ("programs", "0001_rules")]
PREVIOUS = [("eligibility", "0002_previews"), ("programs", "0012_levers")]
THEN = dt.datetime(2026, 11, 1, 12, 30, 15, 123456, tzinfo=dt.UTC)
LATER = dt.datetime(2126, 11, 1, tzinfo=dt.UTC)


@dataclass
class Upgraded:
    """A database that began with the first release, and its backups: of the previous release, and of this one."""

    alias: str
    before: Path
    after: Path


def apps_after(alias: str, nodes: list[tuple[str, str]]) -> Any:
    """Bring a database to these migrations, and return its models as they are then."""
    executor = MigrationExecutor(connections[alias])
    return executor.migrate(nodes).apps


def add_rows_of_the_first_release(alias: str) -> None:
    apps = apps_after(alias, FIRST)
    answers = Answers()
    answers.keep("you", {"citizenship": "IN", "birth_date": "1997-05-17"})
    for number, expires in enumerate((LATER, THEN + dt.timedelta(days=1))):
        apps.get_model("eligibility", "Application").objects.using(alias).create(
            secret_hash=str(number) * 64,
            answers=cipher.encrypt(answers.as_document()),
            created=THEN,
            last_visited=THEN,
            expires=expires,
        )
    source = (
        apps.get_model("programs", "Source")
        .objects.using(alias)
        .create(url="https://canada.example/page", title_en="Une “page” là")
    )
    program = apps.get_model("programs", "Program").objects.using(alias).create(id="a-program", name_en="A program")
    apps.get_model("programs", "ProgramVersion").objects.using(alias).create(
        program_id=program.pk,
        source_id=source.pk,
        label="v1",
        status="published",
        effective_from=THEN.date(),
        as_of="2026",
    )


@pytest.fixture(scope="module")
def upgraded(spare: Spare, folder: Path) -> Upgraded:
    alias, before, after = spare(), folder / "before.gz", folder / "after.gz"
    add_rows_of_the_first_release(alias)
    apps = apps_after(alias, PREVIOUS)
    apps.get_model("eligibility", "Preview").objects.using(alias).create(
        draft_kind="program",
        draft_id=1,
        day=THEN.date(),
        rules_number=3,
        size=200,
        people=200,
        progress={"a": [1, None]},
    )
    apps.get_model("programs", "Change").objects.using(alias).create(
        at=THEN, what="changed", subject_kind="program", subject_id="a-program", subject="A", after={"z": 1, "a": "é"}
    )
    call_command("backup", before, database=alias, verbosity=0)
    call_command("migrate", database=alias, interactive=False, verbosity=0)
    call_command("backup", after, database=alias, verbosity=0)
    return Upgraded(alias, before, after)


@pytest.fixture(scope="module")
def empty(spare: Spare) -> str:
    """A database without anything in it."""
    return spare()


@pytest.fixture(scope="module")
def other_kind(spare: Spare) -> str:
    """An empty SQLite file, also where the tests run on a server: each kind reads the other's backups."""
    return spare(sqlite=True)


def lines_of(path: Path) -> list[str]:
    """A backup without its first and last line, which say when it was made."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(file)[1:-1]


def assert_is_whole(alias: str) -> None:
    """Everything that the first and the previous release had stored is there, and is guarded."""
    row = Application.objects.using(alias).get(secret_hash="0" * 64)
    assert (row.created, row.expires) == (THEN, LATER)
    assert Answers.from_document(cipher.decrypt(bytes(row.answers))).value("you", "citizenship") == "IN"
    assert Source.objects.using(alias).get().title_en == "Une “page” là"
    assert Program.objects.using(alias).get().name_en == "A program"
    assert Preview.objects.using(alias).get().progress == {"a": [1, None]}
    assert json.dumps(Change.objects.using(alias).get().after, ensure_ascii=False) == '{"z": 1, "a": "é"}'
    version = ProgramVersion.objects.using(alias).get()
    assert (version.status, version.effective_from) == ("published", THEN.date())
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(using=alias):
        connections[alias].cursor().execute("UPDATE programs_programversion SET label = 'v2'")


def test_a_database_of_the_first_release_is_brought_to_this_one(upgraded: Upgraded) -> None:
    loader = MigrationExecutor(connections[upgraded.alias]).loader
    assert set(schema.applied(connections[upgraded.alias])) == set(loader.graph.leaf_nodes())
    assert_is_whole(upgraded.alias)


def test_a_backup_is_restored_whole_and_what_has_expired_goes(upgraded: Upgraded, empty: str, folder: Path) -> None:
    alias, again = empty, folder / "again.gz"
    call_command("restore", upgraded.after, database=alias, verbosity=0)
    assert_is_whole(alias)
    assert not Application.objects.using(alias).filter(secret_hash="1" * 64).exists()
    new = Change.objects.using(alias).create(what="checked", subject_kind="program", subject_id="x", subject="X")
    assert new.pk > min(Change.objects.using(alias).values_list("pk", flat=True))
    with pytest.raises(CommandError, match="holds something already"):
        call_command("restore", upgraded.after, database=alias, verbosity=0)
    call_command("restore", upgraded.after, database=alias, replace=True, verbosity=0)
    call_command("backup", again, database=alias, verbosity=0)
    gone = {line for line in lines_of(upgraded.after) if '"' + "1" * 64 + '"' in line}
    assert len(gone) == 1
    assert lines_of(again) == [line for line in lines_of(upgraded.after) if line not in gone]


def test_the_backup_of_the_previous_release_is_restored_and_upgraded(upgraded: Upgraded, other_kind: str) -> None:
    call_command("restore", upgraded.before, database=other_kind, verbosity=0)
    assert_is_whole(other_kind)


def test_a_backup_is_its_owners_and_opens_nobodys_answers(upgraded: Upgraded) -> None:
    assert stat.S_IMODE(upgraded.after.stat().st_mode) == 0o600
    text = "".join(lines_of(upgraded.after))
    assert "0" * 64 in text
    for secret in (*settings.ANSWERS_KEYS, settings.SECRET_KEY, "citizenship", "1997-05-17"):
        assert secret not in text


@pytest.mark.parametrize("fault", ["cut off", "altered", "newer", "another file"])
def test_what_is_no_whole_backup_of_ours_changes_nothing(upgraded: Upgraded, folder: Path, fault: str) -> None:
    damaged = folder / "damaged.gz"
    with gzip.open(upgraded.after, "rt", encoding="utf-8") as file:
        text = file.read()
    damaged.write_bytes(
        {
            "cut off": upgraded.after.read_bytes()[:-200],
            "altered": gzip.compress(text.replace("A program", "B program").encode()),
            "newer": _signed(text.replace(PREVIOUS[0][1], "9999_later").encode()),
            "another file": b"PGDMP",
        }[fault]
    )
    with pytest.raises(CommandError, match="newer release" if fault == "newer" else "Take another one"):
        call_command("restore", damaged, database=upgraded.alias, replace=True, verbosity=0)
    assert_is_whole(upgraded.alias)


def _signed(text: bytes) -> bytes:
    """The text with the last line that belongs to it."""
    import hashlib

    *lines, last = text.splitlines(keepends=True)
    end = json.loads(last) | {"sha256": hashlib.sha256(b"".join(lines)).hexdigest()}
    return gzip.compress(b"".join(lines) + json.dumps(end).encode() + b"\n")
