"""The rulebook as it stood at a moment that is past."""

import datetime as dt
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from programs import store
from programs.actions import NewVersionFrom, PublishVersion, WithdrawVersion
from programs.former import publications_since, rulebook_at
from programs.models import ProgramVersion, Requirement, Status
from programs.rulebook.fingerprint import fingerprint

pytestmark = pytest.mark.django_db

JANUARY, JULY = dt.date(2026, 1, 15), dt.date(2026, 7, 1)


def now_in_force(day: dt.date) -> str:
    store.forget()
    return fingerprint(store.current().on(day))


def publish_another(omar: User, start: dt.date) -> ProgramVersion:
    """A new version from a day on, of which one requirement reads otherwise."""
    last = ProgramVersion.objects.filter(status=Status.PUBLISHED, effective_to=None).get()
    draft = NewVersionFrom(last, start, omar).execute()
    requirement = Requirement.objects.filter(version=draft).first()
    assert requirement is not None
    requirement.text_en = "You need something else."
    requirement.save()
    return PublishVersion(draft, omar, "A new instruction.", was_agreed_on=True).execute()


def test_a_version_published_afterwards_for_a_day_that_was_past_is_left_out(rules: Path, omar: User) -> None:
    before, moment = now_in_force(JULY), timezone.now()
    assert publications_since(moment) == 0
    publish_another(omar, JANUARY)
    assert publications_since(moment) == 1
    assert now_in_force(JULY) != before
    assert fingerprint(rulebook_at(moment).on(JULY)) == before
    assert fingerprint(rulebook_at(timezone.now()).on(JULY)) == now_in_force(JULY)


def test_a_version_withdrawn_afterwards_is_there_again(rules: Path, omar: User) -> None:
    version = publish_another(omar, JULY)
    during, moment = now_in_force(JULY), timezone.now()
    WithdrawVersion(version, omar, "It was a mistake.").execute()
    assert publications_since(moment) == 1
    assert now_in_force(JULY) != during
    assert fingerprint(rulebook_at(moment).on(JULY)) == during


def test_a_draft_that_was_never_published_never_stood(rules: Path, omar: User) -> None:
    before = now_in_force(JULY)
    last = ProgramVersion.objects.filter(status=Status.PUBLISHED, effective_to=None).get()
    draft = NewVersionFrom(last, JULY, omar).execute()
    moment = timezone.now()
    WithdrawVersion(draft, omar, "Not wanted.").execute()
    assert fingerprint(rulebook_at(moment).on(JULY)) == before
