"""Lists and maps of rows are typed as lines in admin: nobody needs to know how a file would write them."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import reverse

from programs.models import Change, Draw, FigureRow, Figures, Grid, LanguageTest, Notice, Program, Source
from programs.models.fields import _JSONFormField
from tests.programs.conftest import signed_in
from tests.programs.sent import fields

pytestmark = pytest.mark.django_db

# A worked example is somebody's answers; and a document is also shown whole, folded, below a field for each of its
# texts and figures.
AS_FILES_WRITE_IT = {
    ("Example", "profile"), ("Example", "expect"), ("H1BSituations", "content"), ("LeverCollection", "content"),
}  # fmt: skip


def test_no_other_field_asks_for_what_only_a_file_would_write(mei: User) -> None:
    request = RequestFactory().get("/")
    request.user = mei
    found = set()
    for model, page in admin.site._registry.items():
        if not page.has_add_permission(request):
            continue
        forms = [(model, page.get_form(request))]
        forms += [(each.model, each.get_formset(request).form) for each in page.get_inline_instances(request)]
        found |= {
            (of.__name__, name)
            for of, form in forms
            for name, field in form.base_fields.items()
            if isinstance(field, _JSONFormField)
        }
    assert found == AS_FILES_WRITE_IT


def made(rules: Path) -> list[tuple[Any, str, str, Any, Any, str]]:
    """A row of each kind: its field on the page, what is typed, what is kept, what is wrong, what is said of that."""
    draw = Draw.objects.create(
        id="first", authority="federal", programs=["worker"], date=dt.date(2026, 5, 1), kind_en="Everyone",
        invitations=5, source="https://example.com/draws", as_of="2026-05", confidence="confirmed",
    )  # fmt: skip
    figures = Figures.objects.create(
        id="permits", authority="federal", topic="h1b_numbers", title_en="Permits", unit_en="people",
        source=Source.objects.first(), as_of="2026", confidence="confirmed", effective_from=dt.date(2026, 1, 1),
    )  # fmt: skip
    FigureRow.objects.create(figures=figures, label_en="2025", value=7, occupations=["21231"])
    notice, program = Notice.objects.get(), Program.objects.get(pk="worker")
    both = f"points\n{program.name_en}"
    return [
        (notice, "concerns", both, ["points", "worker"], "points\npoinst", "Line 2, “poinst”: nothing has this id"),
        (draw, "programs", "worker", ["worker"], "points", "Line 1, “points”: nothing has this id or name"),
        (program, "without_example", "miss: All pass.", {"miss": "All pass."}, "All pass", "one of match, miss, unkno"),
        (Grid.objects.get(pk="points"), "without_example", "least: None.", {"least": "None."}, "least", "a colon and"),
        (LanguageTest.objects.first(), "languages", ["fr"], ["fr"], [], "Tick the language that the test is of."),
        (figures.rows.get(), "rows-0-occupations", "21231 Software", ["21231"], "astrologer", "no occupation “astrol"),
    ]


def test_lines_are_read_and_a_wrong_one_is_named(rules: Path, omar: User) -> None:
    client = signed_in(omar)
    for row, name, typed, kept, wrong, said in made(rules):
        owner = row.figures if isinstance(row, FigureRow) else row
        address = reverse(f"admin:programs_{owner._meta.model_name}_change", args=[owner.pk])
        shown = fields(client.get(address))
        before, changes = getattr(row, name.rpartition("-")[2]), Change.objects.count()
        assert client.post(address, shown).status_code == 302, name
        row.refresh_from_db()
        assert (getattr(row, name.rpartition("-")[2]), Change.objects.count()) == (before, changes), name
        refused = client.post(address, {**shown, name: wrong})
        assert said in refused.content.decode(), name
        assert not isinstance(wrong, str) or wrong in refused.content.decode(), name
        sent = fields(client.get(address))
        assert client.post(address, {**sent, name: typed}).status_code == 302, name
        row.refresh_from_db()
        assert getattr(row, name.rpartition("-")[2]) == kept, name
