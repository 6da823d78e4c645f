"""An editor in a browser: a requirement by drop-downs, a table and a list by pasting."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from playwright.sync_api import expect

from programs.actions import NewVersionFrom
from programs.models import GridVersion, OccupationListVersion, ProgramVersion, Version
from tests.browser.applicant import Applicant
from tests.browser.conftest import Site, Visit
from tests.browser.staff import PASSWORD, Staff

pytestmark = pytest.mark.browser

NEXT_YEAR = dt.date(2027, 1, 1)


@pytest.fixture
def desk(visit: Visit, site: Site) -> Applicant:
    """Mei, an editor, signed in at a browser."""
    person, _made = User.objects.get_or_create(username="mei", defaults={"is_staff": True})
    person.set_password(PASSWORD)
    person.save()
    person.groups.set([Group.objects.get(name="Editor")])
    visitor = visit()
    Staff(visitor.page, site.url).sign_in("mei")
    return visitor


@pytest.fixture
def drafts(site: Site) -> Iterator[list[Any]]:
    """Drafts of a program, a grid and a list, gone again afterwards."""
    made: list[Any] = []
    omar, _made = User.objects.get_or_create(username="omar", defaults={"is_staff": True, "is_superuser": True})
    wanted: list[tuple[type[Version], str]] = [
        (ProgramVersion, "fsw"),
        (GridVersion, "fsw67"),
        (OccupationListVersion, "ee-category-stem"),
    ]
    for model, identifier in wanted:
        versions = model.objects.filter(status="published", **{f"{model.PARENT}_id": identifier})
        newest = versions.order_by("effective_from").last()
        assert newest is not None
        made.append(NewVersionFrom(newest, NEXT_YEAR, omar, "a-draft").execute())
    yield made
    for draft in made:
        draft.delete()


def address(site: Site, row: Any, action: str = "change") -> str:
    return site.url + reverse(f"admin:programs_{row._meta.model_name}_{action}", args=[row.pk])


def test_an_editor_changes_a_requirement_a_table_and_a_list(desk: Applicant, drafts: list[Any], site: Site) -> None:
    program, grid, occupations = drafts
    page = desk.page

    # A requirement, by drop-downs, with the sentence as it is chosen.
    page.goto(address(site, program))
    card = page.locator(".rule", has_text="CLB 7").first
    card.get_by_role("button", name="Change").click()
    condition = page.locator(".rule--open .rule__condition").first
    condition.get_by_label("value", exact=True).select_option("CLB 9")
    expect(condition.locator(".rule__sentence")).to_have_text(
        "First official language, lowest ability is at least CLB 9"
    )
    condition.get_by_label("looks at").select_option("Education that counts")
    expect(condition.get_by_label("value", exact=True)).to_contain_text("Doctorate (PhD)")
    condition.get_by_label("looks at").select_option("First official language, lowest ability")
    condition.get_by_label("value", exact=True).select_option("CLB 8")
    # Moved down in place, with the focus on the button of the moved requirement.
    asked = page.locator(".rule--open .rule__text").inner_text()
    page.locator(".rule--open").get_by_role("button", name="Move this down").click()
    expect(page.locator(".rules__unsaved")).to_contain_text("Not saved yet")
    expect(page.locator(".rule:focus-within .rule__text")).to_have_text(asked)
    desk.watch.check(page)
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(page.locator(".rules")).to_contain_text("First official language, lowest ability is at least CLB 8")

    # A table on its factor's page: an end that leaves a gap is told at once, and a paste is shown before it is saved.
    page.goto(address(site, grid))
    age = page.locator("section", has=page.get_by_role("heading", name=re.compile(r"^Age\b")))
    with page.expect_navigation():  # until the page's script listens, nobody is told of anything at once
        age.get_by_role("link", name="Change").click()
    page.get_by_role("textbox", name="ends at").nth(1).fill("33")
    page.keyboard.press("Tab")
    expect(page.locator("#table .rule__said")).to_contain_text("no band covers")
    cells = page.locator("table.points input.points-cell")
    pasted = "\n".join(str(number) for number in range(cells.count()))
    page.get_by_text("Paste from a spreadsheet").click()
    page.locator("#t-paste").fill(pasted)
    page.get_by_role("button", name="Fill in the table").click()
    expect(cells.last).to_have_value(str(cells.count() - 1))
    expect(page.locator(".rules__unsaved")).to_contain_text("Not saved yet")
    desk.watch.check(page)

    # A list, with what is wrong told by line.
    page.goto(address(site, occupations))
    page.get_by_role("link", name="Paste occupations").click()
    page.get_by_label("Codes, one a line").fill("21231\n99999")
    page.get_by_role("button", name="Check the lines").click()
    expect(page.locator(".errorlist").first).to_contain_text("no unit group with the code 99999")
    desk.watch.check(page)
    page.get_by_label("Codes, one a line").fill("21231")
    page.get_by_role("button", name="Check the lines").click()
    page.get_by_role("button", name="Save this list").click()
    expect(page.locator(".messagelist")).to_contain_text("It is still a draft")
    assert [entry.occupation.code for entry in occupations.entries.all()] == ["21231"]
