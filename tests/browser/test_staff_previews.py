"""Staff in a browser: what a draft changes, its impact while it is worked on, and the site seen with it."""

import datetime as dt
import threading

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from playwright.sync_api import expect

from eligibility.staff import jobs
from programs.actions import NewVersionFrom
from programs.models import GridVersion, PointsTable, Status
from tests.browser.conftest import Site, Visit
from tests.browser.staff import PASSWORD, Staff

pytestmark = pytest.mark.browser


def work_beside(threads: list[threading.Thread]) -> None:
    """Work in a thread of this process, whose database a process of its own would not find."""

    def work() -> None:
        try:
            jobs.Worker().work()
        finally:
            connection.close()

    if not any(thread.is_alive() for thread in threads):
        threads.append(threading.Thread(target=work))
        threads[-1].start()


def test_a_draft_is_previewed_and_seen(visit: Visit, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []
    monkeypatch.setattr(jobs, "start_worker", lambda: work_beside(threads))
    monkeypatch.setattr(jobs, "SIZES", (10,))
    mei = User.objects.create_user("mei-previews", password=PASSWORD, is_staff=True)
    mei.groups.add(Group.objects.get(name="Editor"))
    version = GridVersion.objects.get(grid="crs", status=Status.PUBLISHED, effective_to=None)
    draft = NewVersionFrom(version, dt.date(2027, 1, 1), mei, "previewed").execute()
    site.has_other_rules = True
    age = PointsTable.objects.get(factor__version=draft, factor__key="age")
    age.points = [[max(0, points - 1) for points in row] for row in age.points]
    age.save()

    visitor = visit()
    staff = Staff(visitor.page, site.url)
    staff.sign_in("mei-previews")
    page = staff.page
    page.goto(f"{site.url}/staff/programs/gridversion/{draft.pk}/change/")
    staff.follow("Preview")
    expect(staff.content).to_contain_text("Other points")
    visitor.watch.check(page)
    page.get_by_label("10", exact=True).check()
    page.get_by_role("button", name="Show the impact").click()
    expect(page.get_by_role("heading", name="In short")).to_be_visible(timeout=60_000)
    expect(staff.content).to_contain_text("of 17 people")
    visitor.watch.check(page)
    for thread in threads:
        thread.join()
    page.goto(f"{site.url}/staff/preview/gridversion/{draft.pk}/person/demo:french-speaker/")
    expect(page.locator("tr.is-different").first).to_be_visible()
    visitor.watch.check(page)
    page.get_by_role("link", name="Every fact and condition of this person").click()
    page.locator("summary").filter(has_text="All others").click()
    visitor.watch.check(page)
    page.go_back()
    page.goto(f"{site.url}/staff/preview/gridversion/{draft.pk}/")
    page.get_by_role("button", name="See the site with this draft").click()
    expect(page.get_by_role("complementary", name="Draft")).to_contain_text("You see a draft.")
    visitor.watch.check(page)
    page.get_by_role("button", name="Leave the draft").click()
    page.goto(f"{site.url}/")
    expect(page.get_by_role("complementary", name="Draft")).to_have_count(0)

    draft.delete()
    site.has_other_rules = False
