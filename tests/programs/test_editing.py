"""Staff edit a draft on one page: requirements, routes, conditions, figures and lists, without scripts."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from programs.actions import ActionRefused, NewVersionFrom, PublishVersion
from programs.admin.editor.choices import OTHER_KINDS, Offered
from programs.admin.editor.condition import ConditionForm
from programs.admin.editor.condition_values import condition_values
from programs.admin.editor.parameters import PARAMETERS
from programs.admin.editor.paste_table import read_paste
from programs.admin.editor.table import TableEditor
from programs.admin.figure_fields import FiguresField
from programs.checks.holds import route_problems
from programs.checks.walk import parts
from programs.loading.rulebook import RULE_PACKS
from programs.models import (
    Change,
    Condition,
    GridVersion,
    Occupation,
    OccupationListVersion,
    PointsTable,
    Program,
    ProgramVersion,
    Requirement,
    Source,
)
from programs.packs.columns import plain_part
from programs.packs.schema.conditions import Compare, InList
from programs.packs.schema.conditions import Requirement as RequirementDocument
from programs.packs.schema.grids import PointsTable as TableDocument
from programs.packs.yaml_files import pack_paths, read_packs
from programs.rulebook import vocabulary
from tests.programs.conftest import MADE_UP, signed_in
from tests.programs.sent import fields, number_of

JULY = dt.date(2026, 7, 1)
NAMES = sorted({path.stem for path in pack_paths(RULE_PACKS)} | {path.stem for path in pack_paths(MADE_UP)})


class AnythingIsOffered(Offered):
    """Choices that need no database: whatever the packs name is there."""

    lists = tables = grids = programs = [(name, name) for name in NAMES]  # type: ignore[assignment]


def page(row: Any, action: str = "change") -> str:
    return reverse(f"admin:programs_{row._meta.model_name}_{action}", args=[row.pk])


@pytest.fixture
def draft(rules: Path, mei: User) -> Any:
    return NewVersionFrom(ProgramVersion.objects.get(label="worker-2025"), JULY, mei).execute()


@pytest.fixture
def client(mei: User) -> Client:
    return signed_in(mei)


def conditions_of(row: Any) -> list[str]:
    return [str(condition) for condition in row.conditions.order_by("route", "position")]


@pytest.mark.django_db
def test_a_number_is_changed_and_nothing_else(draft: Any, client: Client) -> None:
    data = fields(client.get(page(draft)))
    said = {row.key: conditions_of(row) for row in draft.requirements.all()}
    data[f"r{number_of(data, 'age')}-0-0-value"] = ["21"]
    assert client.post(page(draft), data).status_code == 302
    now = {row.key: conditions_of(row) for row in draft.requirements.all()}
    assert "Age is at least 21 years" in now["age"]
    assert {**now, "age": said["age"]} == said
    change = Change.objects.get(subject_kind="requirement", what="changed")
    assert "18" in change.before["asks"]
    assert "21" in change.after["asks"]


@pytest.mark.django_db
def test_what_is_typed_outlives_an_error(draft: Any, client: Client) -> None:
    data = fields(client.get(page(draft)))
    place = number_of(data, "age")
    data |= {f"r{place}-0-0-value": ["eighteen"], f"r{place}-text_en": ["Typed and kept"]}
    response = client.post(page(draft), data)
    again = fields(response)
    assert response.status_code == 200
    assert "was given where a number is needed" in response.content.decode()
    assert (again[f"r{place}-0-0-value"], again[f"r{place}-text_en"]) == (["eighteen"], ["Typed and kept"])
    assert not Requirement.objects.filter(text_en="Typed and kept").exists()


@pytest.mark.django_db
def test_a_requirement_is_added_with_two_routes_by_buttons_alone(draft: Any, client: Client) -> None:
    data = fields(client.get(page(draft)))
    number = draft.requirements.count()
    data = fields(client.post(page(draft), {**data, "_rules": "add"}))
    data |= {f"r{number}-text_en": ["You are 30 or have a degree."], f"r{number}-0-0-what": ["fact:age"]}
    data = fields(client.post(page(draft), {**data, "_rules": f"show:{number}:0"}))
    data |= {f"r{number}-0-0-op": ["<="], f"r{number}-0-0-value": ["30"]}
    data = fields(client.post(page(draft), {**data, "_rules": f"route:{number}"}))
    data |= {f"r{number}-1-0-what": ["fact:education_level"]}
    data = fields(client.post(page(draft), {**data, "_rules": f"show:{number}:1"}))
    data |= {f"r{number}-1-0-value": ["bachelors"]}
    data = fields(client.post(page(draft), {**data, "_rules": f"up:{number}"}))
    assert draft.requirements.count() == number
    assert client.post(page(draft), data).status_code == 302
    row = draft.requirements.get(text_en="You are 30 or have a degree.")
    assert (row.key, row.position, row.source) == ("you-are-30-or-have", number - 1, draft.source)
    assert conditions_of(row) == ["Age is at most 30 years", "Education that counts is at least a bachelor's degree"]
    assert sorted(row.conditions.values_list("route", flat=True)) == [1, 2]


@pytest.mark.django_db
def test_requirements_and_conditions_are_removed(draft: Any, client: Client) -> None:
    data = fields(client.get(page(draft)))
    place, before = number_of(data, "age"), draft.requirements.count()
    data = fields(client.post(page(draft), {**data, "_rules": f"remove:{place}"}))
    assert client.post(page(draft), data).status_code == 302
    assert draft.requirements.count() == before - 1
    data = fields(client.get(page(draft)))
    data = fields(client.post(page(draft), {**data, "_rules": "drop:0:0:0"}))
    routes = {name for name in data if name.startswith("r0-0-")}
    response = client.post(page(draft), data)
    assert response.status_code == (302 if routes else 200)
    assert routes or "has no condition yet" in response.content.decode()


@pytest.mark.django_db
def test_a_page_has_the_fields_of_one_requirement(draft: Any, client: Client) -> None:
    html = client.get(page(draft)).content.decode()
    assert "<select" not in html.partition('class="rules"')[2].partition("rules__tools")[0]
    row = draft.requirements.get(key="age")
    assert f"{page(draft)}?open={row.pk}#r" in client.get(page(row)).content.decode()
    opened = client.get(page(draft), {"open": row.pk})
    assert opened.content.decode().count("rule--open") == 1


@pytest.mark.django_db
def test_a_problem_leads_to_its_requirement_and_stands_there(draft: Any, client: Client) -> None:
    Condition.objects.filter(requirement__version=draft, fact="age").update(value=200, op="<")
    Condition.objects.filter(requirement__version=draft, fact="age").update(value=-1)
    html = client.get(page(draft)).content.decode()
    place = list(draft.requirements.values_list("key", flat=True)).index("age")
    assert f'href="{page(draft)}#r{place}">Requirement “' in html
    card = html.partition(f'id="r{place}"')[2].partition("</section>")[0]
    assert "so nobody can meet it" in card


@pytest.mark.django_db
def test_a_colleagues_change_to_a_condition_is_not_overwritten_unseen(draft: Any, client: Client) -> None:
    data = fields(client.get(page(draft)))
    Condition.objects.filter(requirement__version=draft, fact="age").update(value=19)
    data[f"r{number_of(data, 'age')}-0-0-value"] = ["21"]
    response = client.post(page(draft), data)
    assert "changed by someone else" in response.content.decode()
    assert fields(response)[f"r{number_of(data, 'age')}-0-0-value"] == ["21"]
    assert Condition.objects.get(requirement__version=draft, fact="age").value == 19


@pytest.mark.django_db
def test_a_condition_reads_back_as_it_is_typed(rules: Path, client: Client) -> None:
    sent = {"prefix": "r0-0-0", "r0-0-0-what": "fact:english_reading", "r0-0-0-op": ">=", "r0-0-0-value": "7"}
    html = client.post(reverse("admin:programs_programversion_condition"), sent).content.decode()
    assert "English, reading is at least CLB 7" in html
    assert "CLB 7</option>" in html


def test_every_condition_of_a_pack_survives_its_fields() -> None:
    found = [
        condition
        for pack in read_packs(pack_paths(MADE_UP) + sorted((RULE_PACKS / "federal" / "programs").glob("*.yaml")))
        for _location, part in parts(pack.document)
        if isinstance(part, RequirementDocument)
        for route in part.any_of
        for condition in route
    ]
    offered, changed = AnythingIsOffered(), []
    for condition in found:
        form = ConditionForm(condition_values(plain_part(condition)), offered, prefix="r0-0-0", check=True)
        if not form.is_valid() or form.document != condition:
            changed.append((condition, form.errors))
    assert changed == []
    assert {form_kind(condition) for condition in found} == {kind for kind, _label in OTHER_KINDS} | {"fact"}


def form_kind(condition: Any) -> str:
    """What kind of thing a condition looks at, as the drop-down has it."""
    return condition_values(plain_part(condition))["what"][0].partition(":")[0]


def test_every_parameter_of_a_pack_has_a_field() -> None:
    for parameters, schema in PARAMETERS.values():
        assert {each.name for each in parameters} == set(schema.model_fields)


@pytest.mark.django_db
def test_a_requirement_is_copied_from_another_program(draft: Any, client: Client) -> None:
    other = Requirement.objects.exclude(version=draft).filter(key="age").first()
    assert other is not None
    address = page(draft, "copy_requirement")
    assert other.text_en in client.get(address, {"q": "worker age"}).content.decode()
    assert client.post(address, {"take": ["9" * 30, "none"]}).status_code == 200
    assert client.post(address, {"take": [other.pk]}).status_code == 302
    copy = draft.requirements.order_by("position").last()
    assert (copy.key, copy.source, conditions_of(copy)) == ("age-2", other.source, conditions_of(other))


@pytest.mark.django_db
def test_a_source_is_replaced_after_it_was_shown(draft: Any, client: Client) -> None:
    old, new = draft.source, Source.objects.create(url="https://example.org/new", title_en="New page")
    cited = draft.requirements.filter(source=old).count()
    address = page(draft, "sources")
    sent = {"old": old.pk, "new": new.url, "as_of": "2026-05", "drafts": [f"programversion:{draft.pk}"]}
    shown = client.post(address, sent)
    draft.refresh_from_db()
    assert draft.source == old
    assert client.post(address, {**sent, "do": "yes", "shown": shown.context["token"]}).status_code == 302
    draft.refresh_from_db()
    assert (draft.source, draft.as_of) == (new, "2026-05")
    assert draft.requirements.filter(source=new, as_of="2026-05").count() == cited
    assert (
        "No official page has these words"
        in client.post(address, {**sent, "new": "https://no.example"}).content.decode()
    )


# Figures and lists -----------------------------------------------------------------------------


@given(st.lists(st.lists(st.integers(0, 9999), min_size=2, max_size=2), min_size=1, max_size=5))
def test_a_table_comes_out_of_a_spreadsheet_as_it_went_in(points: list[list[int]]) -> None:
    rows = [f"row {number}" for number in range(len(points))]
    headed = "\n".join(
        ["\tone\ttwo", *("\t".join([row, *map(str, line)]) for row, line in zip(rows, points, strict=True))]
    )
    bare = "\r\n".join("\t".join(f"{figure:,}" for figure in line) for line in points)
    wanted = {(row, column): str(points[row][column]) for row in range(len(points)) for column in (0, 1)}
    assert read_paste(headed, rows, 2) == (wanted, [])
    assert read_paste(bare, rows, 2) == (wanted, [])


@pytest.fixture
def grid(rules: Path, mei: User) -> Any:
    return NewVersionFrom(GridVersion.objects.get(), dt.date(2026, 11, 3), mei).execute()


def factor(grid: Any, key: str) -> Any:
    return grid.factors.get(key=key)


@pytest.mark.django_db
def test_a_pasted_table_is_shown_before_it_is_saved(grid: Any, client: Client) -> None:
    age = factor(grid, "age")
    data = fields(client.get(page(age)))
    response = client.post(page(age), {**data, "t-paste": "1\t2\n3\tmany\n5\t6", "_table": "fill"})
    assert "Enter a whole number." in response.content.decode()
    again = fields(response) | {"cell-1-1": ["4"]}
    assert client.post(page(age), again).status_code == 302
    assert PointsTable.objects.get(factor=age).points == [[1, 2], [3, 4], [5, 6]]
    short = client.post(page(age), {**fields(client.get(page(age))), "t-paste": "1\t2", "_table": "fill"})
    assert "1 lines were pasted, and the table has 3 rows" in short.content.decode()


@pytest.mark.django_db
def test_a_band_is_split_and_ends_elsewhere(grid: Any, client: Client) -> None:
    age = factor(grid, "age")
    before = PointsTable.objects.get(factor=age)
    data = fields(client.get(page(age)))
    wrong = client.post(page(age), {**data, "band-rows-0-max": "", "band-rows-0-min": ""})
    assert "either a range (min, max) or a set of values" in wrong.content.decode()
    split = client.post(page(age), {**data, "_table": "split:rows:1"})
    data = fields(split) | {"band-rows-2-min": ["28"], "cell-2-0": ["7"]}
    assert "no band covers 27" in client.post(page(age), {**data, "_table": "look"}).content.decode()
    assert client.post(page(age), data).status_code == 302
    table = PointsTable.objects.get(factor=age)
    first, _second, last = before.rows_bands
    assert table.rows_bands == [first, {"min": 18, "max": 26}, {"min": 28, "max": 35}, last]
    assert table.points == [before.points[0], before.points[1], [7, before.points[1][1]], before.points[2]]
    said = client.get(page(grid)).content.decode()
    assert "no band covers 27" in said
    assert page(age) in said


@pytest.mark.django_db
def test_a_table_gets_and_loses_columns(grid: Any, client: Client) -> None:
    language = factor(grid, "language")
    data = fields(client.post(page(language), {**fields(client.get(page(language))), "_table": "columns"}))
    data |= {"m1-0-0-what": ["fact:has_partner"]}
    data = fields(client.post(page(language), {**data, "_table": "add:columns"}))
    data |= {"band-columns-0-values": ["true"], "band-columns-1-values": ["false"], "band-columns-0-en": [""]}
    data |= {"cell-0-1": ["1"], "cell-1-1": ["8"]}
    assert client.post(page(language), data).status_code == 302
    table = PointsTable.objects.get(factor=language)
    assert (table.columns_measure, table.points) == ({"fact": "has_partner"}, [[0, 1], [6, 8]])
    assert table.columns_bands == [{"values": [True]}, {"values": [False]}]
    assert table.per_ability
    data = fields(client.post(page(language), {**fields(client.get(page(language))), "_table": "no_columns"}))
    assert client.post(page(language), data).status_code == 302
    assert PointsTable.objects.get(factor=language).points == [[0], [6]]


@pytest.mark.django_db
def test_a_case_and_when_a_factor_applies_are_typed_like_requirements(grid: Any, client: Client) -> None:
    offer = factor(grid, "offer")
    data = fields(client.post(page(offer), {**fields(client.get(page(offer))), "_cases": "add"}))
    data |= {"c2-points": ["15"], "c2-text_en": ["An older applicant."], "c2-0-0-what": ["fact:age"]}
    data = fields(client.post(page(offer), {**data, "_cases": "show:2:0"}))
    data |= {"c2-0-0-op": [">="], "c2-0-0-value": ["50"]}
    data = fields(client.post(page(offer), {**data, "_cases": "up:2"}))
    data = fields(client.post(page(offer), {**data, "_applies": "drop:0:0:0"}))
    data |= {"only_for": ["worker"]}
    assert client.post(page(offer), data).status_code == 302
    cases = list(offer.cases.order_by("position"))
    assert [case.points for case in cases] == [40, 15, -5]
    assert conditions_of(cases[1]) == ["Age is at least 50 years"]
    assert conditions_of(offer) == []
    offer.refresh_from_db()
    assert offer.only_for == ["worker"]


@pytest.mark.django_db
def test_another_reading_keeps_what_it_measures(grid: Any, client: Client) -> None:
    age = factor(grid, "age")
    before = age.readings
    data = fields(client.get(page(age))) | {"cell-0-0": ["3"]}
    assert client.post(page(age), data).status_code == 302
    age.refresh_from_db()
    assert age.readings == before
    data = fields(client.post(page(age), {**fields(client.get(page(age))), "_readings": "remove:0"}))
    assert client.post(page(age), data).status_code == 302
    age.refresh_from_db()
    assert age.readings == []


def test_every_table_of_the_packs_survives_its_fields() -> None:
    packs = read_packs(sorted(RULE_PACKS.glob("*/grids/*.yaml")))
    tables = [part for pack in packs for _, part in parts(pack.document) if isinstance(part, TableDocument)]
    assert len(tables) > 20
    for document in tables:
        said = plain_part(document)
        columns = said.get("columns") or {}
        row = PointsTable(
            rows_measure=said["rows"]["measure"],
            rows_bands=said["rows"]["bands"],
            columns_measure=columns.get("measure"),
            columns_bands=columns.get("bands"),
            per_ability=document.per_ability,
            points=[list(line) for line in document.points],
        )
        editor = TableEditor(table=row, offered=AnythingIsOffered(), check=True)
        assert editor.is_valid(), editor.errors
        assert editor.document == document


def test_figures_are_typed_one_a_line() -> None:
    field = FiguresField()
    assert field.clean("hourly floor: $38.50\nlevel: 3") == {"hourly_floor": 38.5, "level": 3}
    assert field.prepare_value({"hourly_floor": 38.5}) == "hourly floor: 38.5"
    assert FiguresField(levels=True).clean("CLB 7: 6.0\n8: 6.5") == {"7": 6, "8": 6.5}
    with pytest.raises(ValidationError, match="Line 2"):
        field.clean("a: 1\n38.50")


@pytest.mark.django_db
def test_a_list_is_pasted_checked_line_by_line_and_saved(rules: Path, mei: User, client: Client) -> None:
    published = OccupationListVersion.objects.filter(status="published").order_by("pk").first()
    assert published is not None
    draft: Any = NewVersionFrom(published, dt.date(2026, 11, 3), mei).execute()
    codes = list(Occupation.objects.values_list("code", flat=True)[:2])
    address = page(draft, "paste")
    wrong = client.post(address, {"how": "replace", "lines": f"{codes[0]}\n99999\nnurse\n{codes[0]}"}).content.decode()
    for said in ("no unit group with the code 99999", "begins with no code", "stands on line 1 already"):
        assert said in wrong
    sent = {"how": "replace", "figure": "hourly_floor", "lines": f"{codes[0]}\t$38.50\nNOC {codes[1]}; only seniors"}
    shown = client.post(address, sent)
    confirmed = {**sent, "do": "yes", "shown": shown.context["token"]}
    assert client.post(address, {**confirmed, "lines": codes[1]}).status_code == 200
    assert client.post(address, confirmed).status_code == 302
    entries = {entry.occupation.code: entry for entry in draft.entries.select_related("occupation")}
    assert set(entries) == set(codes)
    assert entries[codes[0]].figures["hourly_floor"] == 38.5
    assert entries[codes[1]].note_en == "only seniors"
    sent = {"how": "remove", "lines": codes[1]}
    shown = client.post(address, sent)
    client.post(address, {**sent, "do": "yes", "shown": shown.context["token"]})
    assert [entry.occupation.code for entry in draft.entries.all()] == [codes[0]]


# Checks ----------------------------------------------------------------------------------------


def said_of(*conditions: Any) -> list[tuple[str, str]]:
    return [(severity, message) for severity, message in route_problems(conditions, vocabulary())]


def compare(fact: str, op: Any, value: Any) -> Compare:
    return Compare(fact=fact, op=op, value=value)


NEVER = [
    (compare("age", ">=", 30), compare("age", "<", 30)),
    (compare("first_language_lowest", ">", 12),),
    (compare("job_offer_teer", "in", (0, 1)), compare("job_offer_teer", ">=", 2)),
    (compare("education_level", ">", "doctorate"),),
    (compare("canada_status", "==", "worker"), compare("canada_status", "not_in", ("worker", "student"))),
    (compare("citizenships", "contains", "IN"), compare("citizenships", "contains_none", ("IN", "CN"))),
    (compare("has_partner", "==", True), compare("has_partner", "==", False)),
    (
        InList(occupation_of="job_offer", in_list="wanted"),
        InList(occupation_of="job_offer", not_in_list="wanted"),
    ),
]
ALWAYS = [
    compare("age", ">=", 0),
    compare("first_language_lowest", "<=", 12),
    compare("education_level", ">=", "none"),
    compare("job_offer_teer", "in", (0, 1, 2, 3, 4, 5)),
]


@pytest.mark.parametrize("route", NEVER, ids=lambda route: str(len(route)))
def test_what_can_never_hold_is_an_error(route: Any) -> None:
    assert [severity for severity, _said in said_of(*route)] == ["error"]


@pytest.mark.parametrize("condition", ALWAYS, ids=lambda condition: condition.fact)
def test_what_always_holds_asks_for_a_second_look(condition: Any) -> None:
    ((severity, message),) = said_of(condition)
    assert (severity, "holds for every value" in message) == ("warning", True)


@given(st.integers(-5, 20), st.integers(-5, 20))
def test_two_bounds_are_judged_as_trying_every_benchmark_judges_them(low: int, high: int) -> None:
    route = (compare("first_language_lowest", ">=", low), compare("first_language_lowest", "<=", high))
    errors = [severity for severity, _said in said_of(*route) if severity == "error"]
    assert bool(errors) == (not any(low <= level <= high for level in range(13)))


@pytest.mark.django_db
def test_a_warning_needs_a_reason_that_stays_on_record(draft: Any, omar: User) -> None:
    Condition.objects.filter(requirement__version=draft, fact="age").update(value=0)
    with pytest.raises(ActionRefused, match="The checks warn"):
        PublishVersion(draft, omar, "The law changed.").execute()
    client = signed_in(omar)
    html = client.get(page(draft, "publish")).content.decode()
    assert "holds for every value" in html
    assert 'name="despite"' in html
    assert "Say why" in client.post(page(draft, "publish"), {"why": "The law changed."}).content.decode()
    client.post(page(draft, "publish"), {"why": "The law changed.", "despite": "A newborn may apply, too."})
    published = Change.objects.get(what="published", by=omar)
    assert published.before["published_because"] == "A newborn may apply, too."
    assert "holds for every value" in published.before["warned_of"][0]


@pytest.mark.django_db
def test_a_draft_that_is_not_finished_says_so_and_is_not_published(grid: Any, omar: User, client: Client) -> None:
    factor(grid, "offer").cases.all().delete()
    assert "exactly one of children, table, cases" in client.get(page(grid)).content.decode()
    sent = signed_in(omar).post(page(grid, "publish"), {"why": "The law changed."})
    assert "exactly one of children, table, cases" in sent.content.decode()
    assert "Give points by a table" in client.get(page(factor(grid, "offer"))).content.decode()


@pytest.mark.django_db
def test_the_program_leads_to_its_draft(draft: Any, client: Client) -> None:
    assert page(draft) in client.get(page(Program.objects.get())).content.decode()
