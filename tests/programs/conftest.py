"""A small rulebook of made-up rules, and the people who work on it: Mei edits, Omar publishes, Zoë has no rights."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from programs import store
from programs.checks import registry
from programs.loading.rulebook import RULE_PACKS, load_rulebook

PASSWORD = "a-password-for-tests"
MADE_UP = Path(__file__).parent / "made_up"


@pytest.fixture(autouse=True)
def _no_leftovers() -> Iterator[None]:
    """No test sees another one's compiled rulebook, nor checks that other apps registered."""
    checks = list(registry._checks)
    registry._checks.clear()
    store.forget()
    yield
    registry._checks[:] = checks
    store.forget()


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """A folder of made-up packs that a test may change."""
    folder = tmp_path / "packs"
    shutil.copytree(MADE_UP, folder)
    return folder


@pytest.fixture
def rules(db: Any, packs: Path) -> Path:
    """The made-up packs, loaded."""
    load_rulebook(packs)
    return packs


@pytest.fixture
def real_rules(db: Any) -> Path:
    """The packs of the repository, loaded."""
    load_rulebook(RULE_PACKS)
    return RULE_PACKS


def _person(name: str, *rights: str) -> User:
    person = User.objects.create_user(name, password=PASSWORD, is_staff=True)
    for right in rights:
        person.user_permissions.add(
            *Permission.objects.filter(content_type__app_label="programs", codename__startswith=right)
        )
    return User.objects.get(pk=person.pk)


@pytest.fixture
def mei(db: Any) -> User:
    """Edits rules."""
    return _person("mei", "add", "change", "view", "delete")


@pytest.fixture
def omar(db: Any) -> User:
    """Edits, reviews and publishes."""
    return _person("omar", "add", "change", "view", "delete", "publish", "resolve")


@pytest.fixture
def zoe(db: Any) -> User:
    """Is signed in, and has no rights."""
    return _person("zoe")


def signed_in(person: User) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(person)
    return client


def person_of(role: str | None, name: str = "") -> User:
    """A staff account of this role (or none), as an administrator would make it."""
    person = User.objects.create_user(name or (role or "nobody").lower(), password=PASSWORD, is_staff=True)
    if role:
        person.groups.add(Group.objects.get(name=role))
    return person
