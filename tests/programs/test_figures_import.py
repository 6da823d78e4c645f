"""The rows of a reference table's draft, taken from CSV: the whole table, shown first, and never of a published one."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.actions import NewVersionFrom
from programs.imports.figures import plan_figures
from programs.imports.files import FileRefused
from programs.models import Change, ReferenceTableVersion
from tests.programs.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(rules: Path, mei: User) -> Any:
    published = ReferenceTableVersion.objects.order_by("pk").first()
    return NewVersionFrom(published, dt.date(2027, 1, 1), mei).execute()


def address(version: Any) -> str:
    return reverse("admin:programs_referencetableversion_figures", args=[version.pk])


def rows(version: Any) -> dict[Any, float]:
    return {row.at: row.value for row in version.rows.order_by("position")}


def test_rows_are_shown_then_taken_and_those_left_out_are_removed(draft: Any, mei: User) -> None:
    client, before = signed_in(mei), rows(draft)
    first = next(iter(before))
    text = f'at,value\n{first},"17,000.5"\n99,20000\n'
    shown = client.post(address(draft), {"file": SimpleUploadedFile("rows.csv", text.encode())})
    assert rows(draft) == before
    html = shown.content.decode()
    assert "17000.5" in html
    assert "removed" in html
    rest = {"rows": shown.context["form"].initial["rows"], "shown": shown.context["plan"].fingerprint, "import": "1"}
    assert client.post(address(draft), rest).status_code == 302
    assert rows(draft) == {first: 17000.5, 99: 20000}
    record = Change.objects.filter(what=Change.What.IMPORTED).get()
    assert (record.by_name, record.after["99"]) == ("mei", 20000)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("at,value\n1,many", "value: write a figure"),
        ("at,value\n1,1\n1,2", "twice, also on line 2"),
        ("at,value\n1,1,000", "put a figure with commas in quotes"),
        ("at,value\nno code,1", "at: write a whole number"),
        ("a,b\n1,2", "at,value"),
        ("at,value", "at least one row"),
    ],
)
def test_wrong_rows_are_named_and_what_was_pasted_stays(draft: Any, mei: User, text: str, says: str) -> None:
    before = rows(draft)
    answer = signed_in(mei).post(address(draft), {"rows": text, "import": "1"})
    html = answer.content.decode()
    assert says in html
    assert text.splitlines()[-1] in html
    assert "Take these rows" not in html
    assert rows(draft) == before


def test_a_published_table_takes_no_rows(draft: Any, mei: User, zoe: User) -> None:
    published = ReferenceTableVersion.objects.exclude(pk=draft.pk).first()
    assert signed_in(mei).get(address(published)).status_code == 403
    assert signed_in(zoe).get(address(draft)).status_code == 403
    assert address(draft) in signed_in(mei).get(address(draft).replace("rows/", "change/")).content.decode()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(), st.text(alphabet='at,value\n\r"0123456789.-', max_size=40).map("at,value\n".__add__)))
def test_no_text_does_more_than_be_refused_or_named(draft: Any, text: str) -> None:
    try:
        plan = plan_figures(text, draft)
    except FileRefused:
        return
    assert all(row.problem for row in plan.wrong)
    assert all(row.after is not None for row in plan.rows if row.state in ("new", "changed", "same"))
