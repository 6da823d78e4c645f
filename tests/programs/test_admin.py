"""Admin: staff find a program's rules in one place, make a version, publish it, and cannot change what is published."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from programs import store
from programs.actions import NewVersionFrom
from programs.checks import registry
from programs.checks.problems import problem
from programs.models import (
    Change,
    Condition,
    Fact,
    GridVersion,
    Notice,
    PointsTable,
    Program,
    ProgramVersion,
    Requirement,
    Round,
    Source,
    Status,
)
from tests.programs.conftest import signed_in
from tests.programs.sent import fields, number_of

pytestmark = pytest.mark.django_db
READ_ONLY = (Change, Fact)
MODELS = [model for model in admin.site._registry if model._meta.app_label == "programs"]


def page(row: Any, action: str = "change") -> str:
    return reverse(f"admin:programs_{row._meta.model_name}_{action}", args=[row.pk])


@pytest.fixture
def superuser(db: Any) -> User:
    return User.objects.create_superuser("root", password="a-password-for-tests")


@pytest.fixture
def draft(rules: Path, mei: User) -> Any:
    version = ProgramVersion.objects.get(label="worker-2025")
    return NewVersionFrom(version, dt.date(2026, 7, 1), mei).execute()


@pytest.mark.parametrize("sent", ["../../etc/passwd", "9" * 40, "\0"])
def test_where_rows_are_looked_up_what_is_no_row_comes_back_as_an_error(superuser: User, sent: str) -> None:
    client, looked_up = signed_in(superuser), 0
    for model in MODELS:
        address = reverse(f"admin:programs_{model._meta.model_name}_add")
        form = client.get(address)
        if form.status_code != 200:
            continue
        typed = dict.fromkeys(admin.site._registry[model].autocomplete_fields, sent)
        for inline in form.context["inline_admin_formsets"]:
            prefix = inline.formset.prefix
            typed |= {f"{prefix}-TOTAL_FORMS": "1", f"{prefix}-INITIAL_FORMS": "0"}
            typed |= {f"{prefix}-0-{name}": sent for name in inline.opts.autocomplete_fields}
        if sent in typed.values():
            looked_up += 1
            answer = client.post(address, typed)
            assert answer.status_code == 200, address
            assert "errorlist" in answer.content.decode(), address
    assert looked_up > 3


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_page_opens(rules: Path, superuser: User, model: Any) -> None:
    client = signed_in(superuser)
    name = model._meta.model_name
    assert client.get(reverse(f"admin:programs_{name}_changelist")).status_code == 200
    for row in model._default_manager.all()[:2]:
        response = client.get(page(row))
        assert response.status_code == 200
        html = response.content.decode()
        assert " style=" not in html
        assert "<style" not in html
    if model not in READ_ONLY:
        assert client.get(reverse(f"admin:programs_{name}_add")).status_code == 200


def test_a_program_shows_its_rules_sources_and_intake_in_one_place(rules: Path, mei: User) -> None:
    html = signed_in(mei).get(page(Program.objects.get())).content.decode()
    assert "Age is at least 18 years" in html
    assert "The occupation of the job offer is on the list “Wanted”" in html
    assert "https://example.org/worker" in html
    assert page(ProgramVersion.objects.get(label="worker-2024")) in html
    assert 'value="2024-01-01"' in html  # the start of its intake


def test_a_published_version_is_shown_and_cannot_be_changed(rules: Path, omar: User) -> None:
    client = signed_in(omar)
    for row in (
        ProgramVersion.objects.get(label="worker-2025"),
        Requirement.objects.get(key="age"),
        GridVersion.objects.get(),
    ):
        html = client.get(page(row)).content.decode()
        assert 'name="_save"' not in html
        assert client.post(page(row), {"label": "other"}).status_code == 403
        assert client.post(page(row, "delete"), {"post": "yes"}).status_code == 403
    assert "Published rules never change" in client.get(page(GridVersion.objects.get())).content.decode()


def test_a_version_is_copied_changed_and_published(rules: Path, omar: User) -> None:
    client = signed_in(omar)
    version = ProgramVersion.objects.get(label="worker-2025")
    response = client.post(page(version, "new_version"), {"effective_from": "2026-07-01", "label": "worker-2026"})
    draft = ProgramVersion.objects.get(label="worker-2026")
    assert response.headers["Location"] == page(draft)

    data = fields(client.get(page(draft)))
    data[f"r{number_of(data, 'age')}-0-0-value"] = ["21"]
    assert client.post(page(draft), data).status_code == 302
    assert "Age is at least 21 years" in client.get(page(draft)).content.decode()

    assert "The checks find nothing wrong" in client.get(page(draft)).content.decode()
    response = client.post(page(draft, "publish"), {"why": "The law changed."}, follow=True)
    draft.refresh_from_db()
    assert draft.status == Status.PUBLISHED
    assert "is published" in response.content.decode()
    assert Change.objects.filter(what="published", by=omar, why="The law changed.").exists()


def form_data(response: Any, changes: dict[str, dict[str, str]]) -> dict[str, str]:
    """What a browser would send back from a change page, with some values of some fields changed."""
    data: dict[str, str] = {}
    forms = [response.context["adminform"].form]
    for each in response.context["inline_admin_formsets"]:
        forms += [each.formset.management_form, *each.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            name = field.name
            if isinstance(value, bool):
                value = "on" if value else None
            elif value is not None:
                value = changes.get(name, {}).get(str(value), str(value))
            if value is not None:
                data[field.html_name] = value
    return data


def test_problems_of_a_draft_are_shown_and_stand_in_the_way(draft: Any, omar: User) -> None:
    Condition.objects.filter(requirement__version=draft, fact="age").update(value="eighteen")
    client = signed_in(omar)
    assert "was given where a number is needed" in client.get(page(draft)).content.decode()
    response = client.post(page(draft, "publish"), {"why": "Why."})
    assert "has to be put right" in response.content.decode()
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_grid_is_edited_as_a_matrix(rules: Path, omar: User) -> None:
    client = signed_in(omar)
    draft = NewVersionFrom(GridVersion.objects.get(), dt.date(2026, 11, 3), omar).execute()
    table = PointsTable.objects.get(factor__version=draft, factor__key="age")
    assert page(table.factor) in client.get(page(draft)).content.decode()
    data = fields(client.get(page(table.factor)))
    assert data["cell-1-0"] == ["30"]
    assert client.post(page(table.factor), {**data, "cell-1-0": "many"}).status_code == 200
    assert client.post(page(table.factor), {**data, "cell-1-0": "31"}).status_code == 302
    table.refresh_from_db()
    assert table.points == [[0, 0], [31, 25], [10, 5]]
    assert Change.objects.filter(subject_kind="pointstable", by=omar).exists()
    published = client.get(page(GridVersion.objects.get(label="points-2025"))).content.decode()
    assert "points-cell" not in published.split("</head>")[1]
    assert "18–35" in published


@pytest.mark.parametrize("action", ["new_version", "publish", "withdraw"])
def test_actions_are_for_those_who_may(draft: Any, zoe: User, mei: User, action: str) -> None:
    assert signed_in(zoe).post(page(draft, action), {"why": "x"}).status_code == 403
    if action != "new_version":
        assert signed_in(mei).post(page(draft, action), {"why": "x"}).status_code == 403
    from django.test import Client

    assert "/login/" in Client().get(page(draft, action)).headers["Location"]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mei)
    assert strict.post(page(draft, action), {"why": "x"}).status_code == 403
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_opening_an_action_changes_nothing(draft: Any, omar: User) -> None:
    for action in ("new_version", "publish", "withdraw"):
        assert signed_in(omar).get(page(draft, action)).status_code == 200
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_draft_is_withdrawn(draft: Any, omar: User) -> None:
    signed_in(omar).post(page(draft, "withdraw"), {"why": "Not needed."})
    draft.refresh_from_db()
    assert draft.status == Status.WITHDRAWN


def test_the_first_page_shows_open_notices_and_drafts_and_groups_by_task(draft: Any, omar: User) -> None:
    html = signed_in(omar).get(reverse("admin:index")).content.decode()
    assert (
        html.index("A change is reported")
        < html.index("Made-up worker program 2026-07-01")
        < html.index("Change the rules")
    )


def test_a_notice_needs_a_source_and_concerns_what_there_is(rules: Path, omar: User) -> None:
    client, url = signed_in(omar), reverse("admin:programs_notice_add")
    data = form_data(client.get(url), {}) | {
        "id": "heard",
        "title_en": "Heard of",
        "text_en": "Someone said so.",
        "confidence": "reported",
        "reported_on": "2026-11-01",
        "concerns": "points",
        "sources-0-url": "https://example.com/heard",
        "sources-0-title": "Heard",
        "sources-0-as_of": "2026",
        "sources-0-position": "0",
    }
    refused = client.post(url, data | {"concerns": "points\nnothing"}).content.decode()
    assert "Line 2, “nothing”: nothing has this id or name." in refused
    without = {name: "" if name.startswith("sources-0") else value for name, value in data.items()}
    assert "errorlist" in client.post(url, without).content.decode()
    assert not Notice.objects.filter(pk="heard").exists()
    assert client.post(url, data).status_code == 302
    assert [each.id for each in store.newest().documents if each.kind == "notice"] == ["change", "heard"]


def test_a_notice_is_resolved(rules: Path, omar: User) -> None:
    client = signed_in(omar)
    notice = Notice.objects.get()
    url = reverse("admin:programs_notice_resolve", args=[notice.pk])
    assert url in client.get(reverse("admin:index")).content.decode()
    assert client.get(url).status_code == 200
    client.post(url, {"resolution": "It is law now.", "on": "2026-11-04"}, follow=True)
    notice.refresh_from_db()
    assert notice.resolved_on == dt.date(2026, 11, 4)
    assert "A change is reported" not in client.get(reverse("admin:index")).content.decode()


def test_checked_today_is_one_click(rules: Path, mei: User) -> None:
    source = Source.objects.get(url="https://example.org/unused")
    url = reverse("admin:programs_source_changelist")
    signed_in(mei).post(url, {"action": "checked_today", "_selected_action": [source.pk]})
    source.refresh_from_db()
    assert source.checked_on != dt.date(2026, 1, 2)


def test_a_round_that_staff_save_is_theirs(rules: Path, mei: User) -> None:
    client, row = signed_in(mei), Round.objects.get(number="1")
    data = form_data(client.get(page(row)), {"invitations": {"1000": "1001"}})
    data |= {"time_utc_0": "2026-01-07", "time_utc_1": "14:00:00", "tie_break_0": "", "tie_break_1": ""}
    assert client.post(page(row), data).status_code == 302
    row.refresh_from_db()
    assert (row.invitations, row.origin) == (1001, "staff")


def test_history_can_only_be_read(rules: Path, superuser: User) -> None:
    client, change = signed_in(superuser), Change.objects.all()[0]
    assert client.post(page(change), {"why": "x"}).status_code == 403
    assert client.post(page(change, "delete"), {"post": "yes"}).status_code == 403


def test_new_figures_of_an_example_are_shown_and_accepted_one_by_one(draft: Any, omar: User) -> None:
    def check(documents: Any, only: Any = None) -> Any:
        for document in documents:
            if document.kind == "program" and len(document.versions) > 2:
                for index, example in enumerate(document.examples):
                    if example.expect["verdict"] != "likely":
                        said = "verdict should be 'eligible' and is 'likely'"
                        place = ("examples", index)
                        yield problem("error", document, place, said, expectation="verdict", found='"likely"')

    registry.register(check)
    client = signed_in(omar)
    asked = client.post(page(draft, "publish"), {"why": "Why."}).content.decode()
    assert "verdict should be &#x27;eligible&#x27; and is &#x27;likely&#x27;" in asked
    assert 'value="program:worker:0"' in asked
    assert "has to be put right" not in asked
    answers = {"why": "Why.", "accept": "program:worker:0"}
    without = client.post(page(draft, "publish"), answers).content.decode()
    assert "Say why the new figures are right" in without
    response = client.post(page(draft, "publish"), {**answers, "because": "The law changed."}, follow=True)
    assert "is published" in response.content.decode()
    assert draft.parent.examples.get().expect == {"verdict": "likely"}
    assert Change.objects.filter(subject_kind="example", by=omar, why="The law changed.").exists()
