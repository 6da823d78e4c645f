"""Every way to a rule, tried by everyone: what is published or recorded stays, and each role ends where it ends.

The ways are read from the admin's own registry and from the models. A page that is added to admin and not named in
`FROM` below fails here until someone has decided who may open it.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.urls import reverse

from eligibility.staff import jobs
from programs.actions import (
    AlreadyDone,
    CheckSources,
    NewVersionFrom,
    PublishVersion,
    ResolveNotice,
    RollBackTo,
    WithdrawVersion,
)
from programs.loading.rulebook import load_rulebook
from programs.loading.waiting import fingerprint, planned
from programs.models import (
    LOCKED,
    Change,
    Notice,
    Program,
    PublishedVersionIsImmutable,
    Source,
    Status,
    Version,
    WaitingChange,
)
from programs.models.guard import Guarded
from programs.packs.from_database import read_document
from programs.packs.yaml_files import plain
from programs.roles.roles import KEPT_BY_THE_PROGRAM
from tests.programs.conftest import MADE_UP, person_of, signed_in

pytestmark = pytest.mark.django_db

# From which role on a page may be opened, and something sent to it.
STEPS = ("anonymous", "applicant", "nobody", "Viewer", "Editor", "Publisher", "Administrator")
FROM = {
    "changelist": ("Viewer", "Viewer"),
    "history": ("Viewer", "Viewer"),
    "change": ("Viewer", "Editor"),
    "add": ("Editor", "Editor"),
    "delete": ("Editor", "Editor"),
    "new_version": ("Editor", "Editor"),
    "publish": ("Publisher", "Publisher"),
    "withdraw": ("Publisher", "Publisher"),
    "roll_back": ("Publisher", "Publisher"),
    "differences": ("Viewer", "Viewer"),
    "resolve": ("Publisher", "Publisher"),
    "report": ("Viewer", "Viewer"),
    "import": ("Editor", "Editor"),
    "figures": ("Editor", "Editor"),
    "condition": ("Editor", "Editor"),
    "suggestions": ("Viewer", "Viewer"),
    "copy_requirement": ("Editor", "Editor"),
    "sources": ("Editor", "Editor"),
    "paste": ("Editor", "Editor"),
    "password_change": ("Administrator", "Administrator"),
}
# To withdraw what is published is what the right to withdraw is for, and to publish ends what was before.
CHANGE_WHAT_IS_PUBLISHED = ("withdraw", "publish", "roll_back")
NOBODY = "nobody may"
# Pages of a kind of thing, and not of one row.
OF_THE_MODEL = ("changelist", "add", "report", "import", "condition", "suggestions")
# What a hopeful person might send, whatever the page.
SENT = {
    "post": "yes",
    "why": "Because.",
    "effective_from": "2030-01-01",
    "label": "crafted",
    "resolution": "Done.",
    "on": "2030-01-01",
    "status": "published",
    "action": "delete_selected",
    "_save": "Save",
}
# Pages that belong to no model: who may see them is held elsewhere in the tests, or Django's own business.
OF_THE_SITE = {
    "index",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "view_on_site",
    "app_list",
    "two_factor",
    "two_factor_code",
    "two_factor_set_up",
    "sign_ins",
    "accounts",
    "account_sign_ins",
    "account_unlock",
    "account_two_factor_off",
    # Who may look at these is tried in tests/staff/test_pages.py, what is sent to them below.
    "explain",
    "preview_ask",
    "preview_draft",
    "preview_impact",
    "preview_leave",
    "preview_person",
    "preview_see",
    "freshness_sources",
    "freshness_examples",
    "freshness_limits",
    "freshness_program",
    "checked",
    "files",
    "files_release",
    "files_waiting",
    "files_export",
    "files_export_all",
    "guide",
    "guide_page",
    "guide_picture",
}
GUARDED = [model for model in apps.get_app_config("programs").get_models() if issubclass(model, Guarded)]
ADMINS = list(admin.site._registry.items())


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The made-up rules, loaded once: each test's own transaction is inside this one, and is undone by itself."""
    folder = tmp_path_factory.mktemp("rules") / "packs"
    shutil.copytree(MADE_UP, folder)
    with django_db_blocker.unblock(), transaction.atomic():
        load_rulebook(folder)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def rules(_loaded: Path, db: Any) -> Path:
    """In the place of the other tests' fixture, which loads them for each test."""
    return _loaded


def action_of(name: str, model: Any) -> str:
    prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
    return name.removeprefix(prefix).removeprefix("auth_user_")


def names_of(model_admin: Any) -> list[str]:
    """The named pages of an admin. Django's own unnamed one only redirects."""
    return [pattern.name for pattern in model_admin.get_urls() if pattern.name]


def first_step(model: Any, action: str, method: str, is_locked: bool) -> str:
    """The role from which on something may be done."""
    if model is User:
        return "Administrator"
    edits_a_draft = ("delete", "figures", "copy_requirement", "sources", "paste")
    if is_locked and (action in edits_a_draft or (action, method) in (("change", "post"), ("publish", "post"))):
        return NOBODY
    writes = action in ("add", "delete") or (action, method) == ("change", "post")
    if model._meta.model_name in KEPT_BY_THE_PROGRAM and writes:
        return NOBODY
    return FROM[action][method == "post"]


def make_drafts(by: User) -> None:
    for model in GUARDED:
        if issubclass(model, Version):
            version: Any = model.objects.filter(status=Status.PUBLISHED, effective_to=None).first()
            NewVersionFrom(version, dt.date(2030, 1, 1), by, "a-draft").execute()


def rows_of(model: Any) -> list[Any]:
    """One row that is locked and one that is not, where there are such."""
    if not issubclass(model, Guarded):
        return list(model._default_manager.all()[:1])
    paths = [f"{path}__status__in" if path else "status__in" for path in model.VERSION_PATHS]
    locked = models.Q()
    for path in paths:
        locked |= models.Q(**{path: LOCKED})
    some = (model.objects.filter(locked).first(), model.objects.exclude(locked).first())
    return [row for row in some if row is not None]


def published() -> list[Any]:
    """All that published and withdrawn versions say."""
    said = []
    for model in GUARDED:
        for path in model.VERSION_PATHS:
            where = {f"{path}__status__in" if path else "status__in": LOCKED}
            said.append(list(model._base_manager.filter(**where).order_by("pk").values()))
    return said


def recorded_changes() -> list[Any]:
    """The record of changes. Of a deleted account only the link goes; its name stays."""
    kept = [field.name for field in Change._meta.concrete_fields if field.name != "by"]
    return list(Change.objects.order_by("pk").values(*kept))


KEPT_TABLES = {model._meta.db_table for model in (*GUARDED, Change)}


@contextmanager
def written(tables: set[str]) -> Iterator[list[str]]:
    """The statements about these tables that do more than read, as they are sent to the database."""
    seen: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        if not sql.lstrip("( ").upper().startswith("SELECT") and any(f'"{table}"' in sql for table in tables):
            seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield seen


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside is as if it had never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def visitor(step: str) -> Client:
    if step == "anonymous":
        return Client()
    if step == "applicant":
        # Applicants have no account; this one even has, and still is not staff.
        return signed_in(User.objects.create_user("asha"))
    return signed_in(person_of(None if step == "nobody" else step))


def test_every_page_of_the_site_itself_is_known() -> None:
    of_models = {name for _model, model_admin in ADMINS for name in names_of(model_admin)}
    assert {
        name for pattern in admin.site.get_urls() if (name := getattr(pattern, "name", None))
    } - of_models == OF_THE_SITE


@pytest.mark.parametrize("step", STEPS)
def test_each_role_ends_where_it_ends(rules: Path, omar: User, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The test client keeps a copy of all that every template was given, which nobody looks at here.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_copied, **_more: None)
    make_drafts(omar)
    client = visitor(step)
    before, recorded = published(), recorded_changes()
    wrong = []
    for model, action, method, row, address in pages():
        is_locked = row is not None and not getattr(row, "is_editable", True)
        first = first_step(model, action, method, is_locked)
        may = first != NOBODY and STEPS.index(step) >= STEPS.index(first)
        with undone(), written(KEPT_TABLES) as statements:
            response = getattr(client, method)(address, SENT if method == "post" else None)
            if response.status_code >= 500 or may != is_let_in(response, action, is_locked):
                wrong.append((method, address, response.status_code, "kept out" if may else "let in"))
            # Where nothing was written, nothing need be compared.
            if statements and not (may and action in CHANGE_WHAT_IS_PUBLISHED) and published() != before:
                wrong.append((method, address, "changed what is published"))
            if statements and recorded_changes()[: len(recorded)] != recorded:
                wrong.append((method, address, "changed the history"))
    assert wrong == []


@pytest.mark.parametrize("step", STEPS)
def test_what_is_sent_to_the_pages_of_no_model_ends_there_too(
    rules: Path, omar: User, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "start_worker", lambda: None)
    make_drafts(omar)
    draft: Any = next(model for model in GUARDED if model._meta.model_name == "programversion").objects.get(
        status=Status.DRAFT, program="worker"
    )
    document = read_document("program", "worker")
    assert document is not None
    said = plain(document) | {"name": {"en": "Crafted", "fr": "Fabriqué"}}
    change = WaitingChange.objects.create(
        kind="program", identifier="worker", title="Crafted", document=said, file="crafted.yaml", by=omar
    )
    source, mei = Source.objects.all()[0], User.objects.create_user("mei", is_staff=True)
    of_draft = ["programversion", draft.pk]
    sent: list[tuple[str, list[Any], dict[str, Any], str]] = [
        ("files_waiting", [change.pk], {"put_in_force": "yes", "shown": fingerprint(planned(change))}, "Publisher"),
        ("files_waiting", [change.pk], {"turn_down": "yes"}, "Publisher"),
        ("files", [], {"held": "crafted"}, "Editor"),
        ("files", [], {}, "Editor"),
        ("checked", [], {"source": source.pk}, "Editor"),
        ("checked", [], {"program": "worker"}, "Editor"),
        ("freshness_limits", [], {"source_days": "1"}, "Editor"),
        ("preview_ask", of_draft, {"size": "200"}, "Editor"),
        ("preview_see", of_draft, {}, "Viewer"),
        ("sign_ins", [], {"end_all": "yes"}, "nobody"),
        ("account_sign_ins", [mei.pk], {"end_all": "yes"}, "Administrator"),
        ("account_unlock", [mei.pk], {}, "Administrator"),
        ("account_two_factor_off", [mei.pk], {}, "Administrator"),
    ]
    client, before = visitor(step), published()
    everything = {model._meta.db_table for model in apps.get_models() if model._meta.app_label != "sessions"}
    for name, arguments, data, first in sent:
        may = STEPS.index(step) >= STEPS.index(first)
        with undone(), written(everything) as statements:
            response = client.post(reverse(f"admin:{name}", args=arguments), data)
            assert is_let_in(response, name, False) == may, (name, data, response.status_code)
            assert response.status_code < 500
            assert may or statements == [], (name, data)
            assert published() == before
            if name == "files_waiting":
                change.refresh_from_db()
                assert (change.state == WaitingChange.State.WAITING) is not may
                assert (Program.objects.get(pk="worker").name_en == "Crafted") is (may and "put_in_force" in data)
        change.refresh_from_db()


def pages() -> Iterator[tuple[Any, str, str, Any, str]]:
    """Every page of every model in admin, opened and sent to, for a row that is locked and one that is not."""
    for model, model_admin in ADMINS:
        for name in names_of(model_admin):
            action = action_of(name, model)
            of_rows = action not in OF_THE_MODEL
            for row in rows_of(model) if of_rows else [None]:
                address = reverse(f"admin:{name}", args=[row.pk] if of_rows else [])
                for method in ("get", "post"):
                    yield model, action, method, row, address


def is_let_in(response: Any, action: str, is_locked: bool) -> bool:
    """Whether the page was answered, and not a question who one is or a refusal."""
    if response.status_code in (403, 404, 405):
        return False
    address = response.headers.get("Location", "")
    if action == "publish" and is_locked and response.status_code == 302 and "/login/" not in address:
        # "Already published": told to those who may publish, and nothing is done.
        return False
    return "/login/" not in address


# Round the pages: the shell, a script, raw SQL -----------------------------------------------


def locked_rows(model: Any) -> models.QuerySet[Any]:
    """The rows of published versions, by a manager that knows no guard."""
    where = models.Q()
    for path in model.VERSION_PATHS:
        where |= models.Q(**{f"{path}__status__in" if path else "status__in": LOCKED})
    return model._base_manager.filter(where)


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_the_models_refuse(rules: Path, model: Any) -> None:
    row = locked_rows(model).first()
    field = next(each for each in model._meta.concrete_fields if not each.primary_key and each.name != "effective_to")
    value = getattr(row, field.attname)
    refused = (
        row.save,
        row.delete,
        lambda: model.objects.update(**{field.attname: value}),
        lambda: model.objects.all().delete(),
        lambda: model.objects.filter(pk=row.pk).update(**{field.attname: value}),
        lambda: model.objects.bulk_update([row], [field.name]),
        lambda: model.objects.update_or_create(pk=row.pk, defaults={field.attname: value}),
    )
    before = published()
    for attempt in refused:
        with pytest.raises(PublishedVersionIsImmutable), transaction.atomic():
            attempt()
    assert published() == before


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model.__name__)
def test_the_database_refuses_what_passes_the_models_by(rules: Path, model: Any) -> None:
    rows, table = locked_rows(model), model._meta.db_table
    before = published()
    pk = rows.values_list("pk", flat=True).first()
    number = next(
        each
        for each in model._meta.concrete_fields
        if each.get_internal_type() == "TextField" or each.name in ("label", "key", "at_code", "ability", "rows_bands")
    )

    def copied_in() -> None:
        copy = rows.first()
        copy.pk = None
        copy._state.adding = True
        models.Model.save_base(copy, force_insert=True)

    refused = (
        lambda: rows.update(**{number.name: "crafted"}),
        lambda: rows._raw_delete("default"),
        lambda: run(f'UPDATE "{table}" SET "{number.column}" = %s WHERE id = %s', ["crafted", pk]),
        lambda: run(f'DELETE FROM "{table}" WHERE id = %s', [pk]),
        copied_in,
    )
    for attempt in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
    assert published() == before


@pytest.mark.parametrize("step", STEPS[1:])
def test_the_actions_refuse_in_a_shell_whom_the_pages_refuse(rules: Path, omar: User, step: str) -> None:
    make_drafts(omar)
    of_worker = apps.get_model("programs", "ProgramVersion").objects.filter(program="worker")
    old, draft = of_worker.filter(status=Status.PUBLISHED).earliest("effective_from"), of_worker.get(status="draft")
    by = person_of(None if step in ("applicant", "nobody") else step, "someone")
    day, notice = dt.date(2031, 1, 1), Notice.objects.get()
    attempts = {
        lambda: NewVersionFrom(old, day, by, "shell").execute(): "Editor",
        lambda: CheckSources(list(Source.objects.all()), dt.date(2026, 1, 3), by, None).execute(): "Editor",
        lambda: PublishVersion(draft, by, "Because.").execute(): "Publisher",
        lambda: WithdrawVersion(old, by, "Because.").execute(): "Publisher",
        lambda: RollBackTo(old, day, by, "Because.").execute(): "Publisher",
        lambda: ResolveNotice(notice, by, "Done.", day).execute(): "Publisher",
    }
    for attempt, first in attempts.items():
        with undone(), written(KEPT_TABLES) as statements:
            try:
                attempt()
                is_refused = False
            except PermissionDenied:
                is_refused = True
            except AlreadyDone:
                is_refused = False
            assert is_refused == (STEPS.index(step) < STEPS.index(first))
            assert not (is_refused and statements)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_a_published_version_does_not_become_a_draft_again(rules: Path, status: str) -> None:
    for model in GUARDED:
        if issubclass(model, Version):
            with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
                run(f'UPDATE "{model._meta.db_table}" SET status = %s', [status])


def test_the_database_keeps_the_record_of_changes(rules: Path, mei: User) -> None:
    version: Any = next(model for model in GUARDED if issubclass(model, Version)).objects.filter(
        status=Status.PUBLISHED
    )
    NewVersionFrom(version.first(), dt.date(2030, 1, 1), mei, "a-draft").execute()
    for statement in ("UPDATE programs_change SET why = 'never mind'", "DELETE FROM programs_change"):
        with pytest.raises(IntegrityError, match="cannot be altered or deleted"), transaction.atomic():
            run(statement)
    mei.delete()
    change = Change.objects.get(by_name="mei")
    assert (change.by, change.by_name) == (None, "mei")


def test_the_locks_come_back_after_a_migration_and_after_emptying(rules: Path) -> None:
    from programs.models import locks

    locks.remove(connection)
    locks.install(connection)
    locks.install(connection)
    with pytest.raises(IntegrityError), transaction.atomic():
        run("DELETE FROM programs_change")


def run(statement: str, values: Any = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
