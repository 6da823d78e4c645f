"""The first page says what to look at, and “checked today, still true” is one click that makes no version."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from programs import store
from programs.actions import NewVersionFrom, PublishVersion
from programs.checks import registry
from programs.checks.problems import problem
from programs.freshness import overview
from programs.freshness.endings import endings
from programs.freshness.failing import FailingExamples
from programs.loading.rulebook import load_rulebook
from programs.models import (
    Change,
    FreshnessLimits,
    Intake,
    ProgramVersion,
    Requirement,
    Round,
    RulebookRevision,
    Source,
)
from programs.packs.schema import Program as ProgramDocument
from tests.programs.conftest import person_of, signed_in

pytestmark = pytest.mark.django_db
WORKER_PAGE = "https://example.org/worker"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worked examples are run in the test's own thread, whose database is the test's."""
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    monkeypatch.setattr(overview, "failing_examples", FailingExamples(lambda work: work()))


def first_page(person: User) -> str:
    return signed_in(person).get(reverse("admin:index")).content.decode()


def check(person: User, **what: Any) -> Any:
    return signed_in(person).post(reverse("admin:checked"), what)


def test_the_first_page_names_what_to_look_at(rules: Path, mei: User, omar: User) -> None:
    today = timezone.localdate()
    version = ProgramVersion.objects.get(label="worker-2025")
    PublishVersion(
        NewVersionFrom(version, today + dt.timedelta(days=9), omar, "soon").execute(), omar, "New."
    ).execute()
    NewVersionFrom(version, today + dt.timedelta(days=30), mei, "later").execute()
    Intake.objects.update(ends_on=today + dt.timedelta(days=5))
    store.forget()
    html = first_page(mei)
    for said in (
        "A change is reported",
        "Made-up worker program later",
        "Published for a day to come",
        "Made-up worker program soon",
        "Ends soon, with nothing after it",
        "intake ends",
        "Sources not checked in the last 180 days",
        "https://example.org/fees",
        "The latest round of invitations here is of",
    ):
        assert said in html, said


def test_lists_say_from_when_what_is_published_for_later_is_in_force(rules: Path, omar: User) -> None:
    version = ProgramVersion.objects.get(label="worker-2025")
    PublishVersion(NewVersionFrom(version, dt.date(2099, 1, 2), omar, "far").execute(), omar, "Far off.").execute()
    client = signed_in(omar)
    said = "published, in force from Jan. 2, 2099"
    assert said in client.get(reverse("admin:programs_programversion_changelist")).content.decode()
    assert said in client.get(reverse("admin:programs_program_change", args=["worker"])).content.decode()


def test_the_first_page_asks_the_database_a_fixed_number_of_times(
    rules: Path, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(person_of("Publisher"))
    client.get(reverse("admin:index"))
    client.get(reverse("admin:index"))
    Source.objects.bulk_create(Source(url=f"https://example.org/{number}") for number in range(50))
    with django_assert_max_num_queries(18):
        assert client.get(reverse("admin:index")).status_code == 200


def test_a_source_is_checked_in_one_click(rules: Path, mei: User) -> None:
    source = Source.objects.get(url=WORKER_PAGE)
    said = list(ProgramVersion.objects.order_by("pk").values())
    response = check(mei, source=source.pk, next=reverse("admin:freshness_sources"))
    assert response.headers["Location"] == reverse("admin:freshness_sources")
    source.refresh_from_db()
    assert source.checked_on == timezone.localdate()
    assert list(ProgramVersion.objects.order_by("pk").values()) == said
    change = Change.objects.get(what="checked")
    assert (change.by, change.subject_kind, change.after) == (mei, "source", {"checked_on": str(source.checked_on)})
    assert WORKER_PAGE not in signed_in(mei).get(reverse("admin:freshness_sources")).content.decode()


def test_a_page_that_no_pack_lists_is_told_to_the_public_once_checked(rules: Path, mei: User) -> None:
    source = Source.objects.get(url="https://example.org/fees")
    assert source.collection is None
    check(mei, source=source.pk)
    store.forget()
    listed = {
        each.url: each.checked_on
        for document in store.current().documents
        if document.kind == "sources"
        for each in document.sources
    }
    assert listed["https://example.org/fees"] == timezone.localdate()


def test_a_requirement_and_a_program_are_checked_with_their_sources(rules: Path, mei: User) -> None:
    requirement = Requirement.objects.get(key="age")
    check(mei, requirement=requirement.pk)
    assert Source.objects.get(url=WORKER_PAGE).checked_on == timezone.localdate()
    page = reverse("admin:freshness_program", args=["worker"])
    assert "says mei" in signed_in(mei).get(page).content.decode()
    check(mei, program="worker")
    assert set(Source.objects.filter(checked_on=timezone.localdate()).values_list("url", flat=True)) == {
        WORKER_PAGE,
        "https://example.org/fees",
    }
    assert Change.objects.filter(what="checked", subject_kind="program", belongs_to="program:worker").exists()


def test_a_later_check_outlives_a_newer_release(rules: Path, mei: User) -> None:
    source = Source.objects.get(url=WORKER_PAGE)
    check(mei, source=source.pk)
    pack = rules / "federal/sources/pages.yaml"
    pack.write_text(pack.read_text().replace("2026-01-02", "2026-01-03"))
    assert load_rulebook(rules) == ["federal/sources/pages.yaml: updated"]
    source.refresh_from_db()
    assert source.checked_on == timezone.localdate()
    assert Source.objects.get(url="https://example.org/unused").checked_on == dt.date(2026, 1, 3)


@pytest.mark.parametrize(("role", "may"), [(None, False), ("Viewer", False), ("Editor", True), ("Administrator", True)])
def test_checking_and_changing_the_days_are_for_editors(rules: Path, role: str | None, may: bool) -> None:
    person = person_of(role)
    source = Source.objects.get(url=WORKER_PAGE)
    assert check(person, source=source.pk).status_code == (302 if may else 403)
    client, page = signed_in(person), reverse("admin:freshness_limits")
    assert client.get(page).status_code == (200 if may else 403)
    response = client.post(page, {"source_days": 30, "round_days": 7, "ends_days": 10})
    assert response.status_code == (302 if may else 403)
    assert FreshnessLimits.current().source_days == (30 if may else 180)
    for name, args in (("freshness_sources", []), ("freshness_examples", []), ("freshness_program", ["worker"])):
        assert client.get(reverse(f"admin:{name}", args=args)).status_code == (200 if role else 403)


def test_checking_is_sent_and_never_followed(rules: Path, mei: User) -> None:
    assert signed_in(mei).get(reverse("admin:checked")).status_code == 405
    assert check(mei, source="x").status_code == 404
    source = Source.objects.get(url=WORKER_PAGE)
    assert check(mei, source=source.pk, next="https://example.org/").headers["Location"] == reverse("admin:index")


def test_days_out_of_bounds_are_refused_beside_their_field(rules: Path, mei: User) -> None:
    response = signed_in(mei).post(
        reverse("admin:freshness_limits"), {"source_days": 0, "round_days": 7, "ends_days": 9}
    )
    assert "greater than or equal to 1" in response.content.decode()


def test_failing_examples_are_found_beside_the_request_and_once_for_the_same_rules(rules: Path, mei: User) -> None:
    runs = []

    def fails(documents: Any, only: Any = None) -> Any:
        runs.append(1)
        yield problem("error", documents[0], ("examples", 0), "is not as it should be")

    registry.register(fails)
    waiting: list[Any] = []
    examples = FailingExamples(waiting.append)
    rulebook = store.current()
    assert examples.of(rulebook) is None
    assert examples.of(rulebook) is None
    assert len(waiting) == 1
    waiting.pop()()
    found = examples.of(rulebook)
    assert found is not None
    assert [each.message for each in found] == ["is not as it should be"]

    check(mei, source=Source.objects.get(url=WORKER_PAGE).pk)
    store.forget()
    assert store.current().revision != rulebook.revision
    assert examples.of(store.current()) == found
    assert runs == [1]


def test_a_run_that_breaks_is_tried_again(rules: Path, caplog: pytest.LogCaptureFixture) -> None:
    def breaks(documents: Any, only: Any = None) -> Any:
        raise ValueError("broken")

    registry.register(breaks)
    waiting: list[Any] = []
    examples = FailingExamples(waiting.append)
    assert examples.of(store.current()) is None
    waiting.pop()()
    assert "could not be run" in caplog.text
    assert examples.of(store.current()) is None
    assert len(waiting) == 1


def test_only_what_nothing_follows_ends(rules: Path) -> None:
    document: Any = next(each for each in store.documents() if isinstance(each, ProgramDocument))
    on = dt.date(2024, 12, 1)
    assert [(each.what, each.last_day) for each in endings([document], on, 90)] == []
    alone = document.model_copy(update={"versions": document.versions[:1]})
    assert [(each.what, each.last_day) for each in endings([alone], on, 90)] == [("rules", dt.date(2024, 12, 31))]
    assert endings([alone], on, 29) == []


def test_no_round_at_all_is_said(rules: Path, mei: User) -> None:
    Round.objects.all().delete()
    RulebookRevision.move()
    store.forget()
    assert "There is no round of invitations here yet" in first_page(mei)


def test_the_guide_shows_the_pages_of_docs(mei: User) -> None:
    client = signed_in(mei)
    assert "Roles, signing in" in client.get(reverse("admin:guide")).content.decode()
    html = client.get(reverse("admin:guide_page", args=["roles"])).content.decode()
    assert "<table>" in html
    assert " style=" not in html
    assert client.get(reverse("admin:guide_page", args=["nothing"])).status_code == 404
    assert client.get(reverse("admin:guide_picture", args=["nothing.png"])).status_code == 404
