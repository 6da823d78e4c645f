"""Rolling back: former rules in force again, by the same checks, on record, once."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from programs.actions import NewVersionFrom, PublishVersion
from programs.checks import registry
from programs.checks.problems import problem
from programs.models import Change, Condition, ProgramVersion, Status
from tests.programs.conftest import person_of, signed_in

pytestmark = pytest.mark.django_db
MISTAKE = dt.date(2026, 7, 1)


@pytest.fixture
def mistake(rules: Path, omar: User) -> ProgramVersion:
    """Rules that should not have been published."""
    draft = NewVersionFrom(ProgramVersion.objects.get(label="worker-2025"), MISTAKE, omar, "mistake").execute()
    Condition.objects.filter(requirement__version=draft, fact="age").update(value=81)
    version: Any = PublishVersion(draft, omar, "A new rule.").execute()
    return version


def page(row: Any, action: str) -> str:
    return reverse(f"admin:programs_programversion_{action}", args=[row.pk])


def roll_back(person: User, on: str, to: str = "worker-2025") -> Any:
    former = ProgramVersion.objects.get(label=to)
    return signed_in(person).post(page(former, "roll_back"), {"on": on, "why": "It was wrong."}, follow=True)


def age_on(day: dt.date) -> Any:
    version = ProgramVersion.objects.exclude(effective_to__lt=day).get(status="published", effective_from__lte=day)
    return version.label, Condition.objects.get(requirement__version=version, fact="age").value


def test_former_rules_come_back_in_one_step(mistake: ProgramVersion, omar: User) -> None:
    client = signed_in(omar)
    former = ProgramVersion.objects.get(label="worker-2025")
    assert page(former, "roll_back") in client.get(page(mistake, "change")).content.decode()
    response = roll_back(omar, "2026-07-10")
    assert "Rolled back" in response.content.decode()
    assert age_on(dt.date(2026, 7, 9)) == ("mistake", 81)
    assert age_on(dt.date(2026, 7, 10)) == ("back-2026-07-10", 18)
    assert age_on(dt.date(2026, 6, 30)) == ("worker-2025", 18)
    assert Change.objects.filter(what="rolled_back", by=omar).exists()
    assert Change.objects.filter(what="published", subject__contains="back-", why="It was wrong.").exists()


def test_a_mistake_that_would_begin_on_the_same_day_is_withdrawn(mistake: ProgramVersion, omar: User) -> None:
    roll_back(omar, MISTAKE.isoformat())
    mistake.refresh_from_db()
    assert mistake.status == Status.WITHDRAWN
    assert age_on(MISTAKE) == (f"back-{MISTAKE}", 18)


def test_what_is_published_for_later_stays(mistake: ProgramVersion, omar: User) -> None:
    PublishVersion(NewVersionFrom(mistake, dt.date(2027, 1, 1), omar, "next").execute(), omar, "Next.").execute()
    roll_back(omar, "2026-07-10")
    assert ProgramVersion.objects.get(label="back-2026-07-10").effective_to == dt.date(2026, 12, 31)
    assert age_on(dt.date(2027, 1, 1))[0] == "next"


def test_sent_twice_it_is_done_once(mistake: ProgramVersion, omar: User) -> None:
    roll_back(omar, "2026-07-10")
    response = roll_back(omar, "2026-07-10")
    assert "in force on that day already" in response.content.decode()
    assert ProgramVersion.objects.filter(label__startswith="back-").count() == 1


def test_the_checks_stand_in_the_way_and_nothing_is_changed(mistake: ProgramVersion, omar: User) -> None:
    def fails(documents: Any, only: Any = None) -> Any:
        for document in documents:
            if document.kind == "program" and any(each.version.startswith("back") for each in document.versions):
                yield problem("error", document, ("examples", 0), "comes out otherwise")

    registry.register(fails)
    before = list(ProgramVersion.objects.order_by("pk").values())
    assert "comes out otherwise" in roll_back(omar, "2026-07-10").content.decode()
    assert list(ProgramVersion.objects.order_by("pk").values()) == before


def test_one_publisher_is_enough_since_two_persons_agreed_before(mistake: ProgramVersion, settings: Any) -> None:
    settings.TWO_PERSON_RULE = True
    roll_back(person_of("Publisher"), "2026-07-10")
    assert age_on(dt.date(2026, 7, 10)) == ("back-2026-07-10", 18)


def test_editors_do_not_roll_back_and_are_not_offered_it(mistake: ProgramVersion) -> None:
    editor = person_of("Editor")
    assert roll_back(editor, "2026-07-10").status_code == 403
    assert "roll-back" not in signed_in(editor).get(page(mistake, "change")).content.decode()


def test_a_draft_was_never_in_force(rules: Path, omar: User) -> None:
    NewVersionFrom(ProgramVersion.objects.get(label="worker-2025"), MISTAKE, omar, "draft").execute()
    assert "Only rules that were published" in roll_back(omar, "2026-07-10", to="draft").content.decode()


def test_what_a_version_changes_is_told(mistake: ProgramVersion) -> None:
    html = signed_in(person_of("Viewer")).get(page(mistake, "differences")).content.decode()
    for said in ("Requirements › “You are an adult.” › Age is at least", "18 years", "81 years"):
        assert said in html
