"""Staff in a browser: a second factor is set up and asked for, and two people change the same page."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import expect

from programs.models import Source
from tests.browser.applicant import Applicant
from tests.browser.conftest import Site, Visit
from tests.browser.staff import PASSWORD, Staff

pytestmark = pytest.mark.browser


@pytest.fixture
def code_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[TOTPDevice, int], str]:
    """What an authenticator app shows so many seconds later. The site's clock for codes moves with it, and no other."""
    clock = SimpleNamespace(now=1_800_000_000, time=lambda: clock.now)
    monkeypatch.setattr("django_otp.plugins.otp_totp.models.time", clock)

    def code(device: TOTPDevice, seconds: int) -> str:
        clock.now += seconds
        shown = TOTP(device.bin_key, device.step, device.t0, device.digits)
        shown.time = clock.now
        return f"{shown.token():06d}"

    return code


def at_desk(visitor: Applicant, site: Site, role: str, name: str) -> Staff:
    """Someone of this role, at a browser of their own."""
    person, _made = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    person.set_password(PASSWORD)
    person.save()
    person.groups.set([Group.objects.get(name=role)])
    return Staff(visitor.page, site.url)


def test_a_second_factor_is_set_up_and_asked_for_and_another_sign_in_is_ended_without_javascript(
    visit: Visit, site: Site, code_after: Callable[[TOTPDevice, int], str]
) -> None:
    visitor = visit(java_script_enabled=False)
    tova = at_desk(visitor, site, "Editor", "tova")
    tova.sign_in("tova")
    tova.page.get_by_role("link", name="Two-factor sign-in").click()
    tova.page.get_by_role("link", name="Set it up").click()
    expect(tova.page.locator(".two-factor-picture svg")).to_be_visible()
    visitor.watch.check(tova.page)
    device = TOTPDevice.objects.get(user__username="tova")
    tova.page.get_by_label("The six digits that the app shows").fill(code_after(device, 0))
    tova.page.get_by_role("button", name="Turn on").click()
    expect(tova.page.locator(".backup-codes li")).to_have_count(10)
    visitor.watch.check(tova.page)

    tova.page.get_by_role("button", name="Log out").click()
    tova.page.goto(f"{site.url}/staff/programs/source/")
    tova.page.get_by_label("Username").fill("tova")
    tova.page.get_by_label("Password").fill(PASSWORD)
    tova.page.get_by_role("button", name="Log in").click()
    visitor.watch.check(tova.page)
    tova.page.get_by_label("Code").fill(code_after(device, device.step))
    tova.page.get_by_role("button", name="Continue").click()
    expect(tova.page).to_have_url(f"{site.url}/staff/programs/source/")

    elsewhere = Client()
    elsewhere.force_login(device.user)
    tova.page.get_by_role("link", name="Where you are signed in").click()
    expect(tova.page.locator(".sign-ins li")).to_have_count(2)
    visitor.watch.check(tova.page)
    tova.page.get_by_role("button", name="End this sign-in").click()
    expect(tova.page.locator(".sign-ins li")).to_have_count(1)
    assert "/login/" in elsewhere.get("/staff/two-factor/").headers["Location"]


def test_the_second_to_save_a_page_is_asked_first(visit: Visit, site: Site) -> None:
    desks: list[Any] = [visit(), visit()]
    maria, noor = at_desk(desks[0], site, "Editor", "maria"), at_desk(desks[1], site, "Publisher", "noor")
    source = Source.objects.order_by("pk").first()
    assert source is not None
    title = source.title_fr
    for name, staff in (("maria", maria), ("noor", noor)):
        staff.sign_in(name)
        staff.page.goto(f"{site.url}/staff/programs/source/{source.pk}/change/")
    expect(noor.content).to_contain_text("maria opened this page at")
    maria.page.get_by_label("Title (French)").fill("Les mots de Maria")
    maria.save()
    noor.page.get_by_label("Title (French)").fill("Les mots de Noor")
    noor.page.get_by_role("button", name="Save", exact=True).first.click()
    expect(noor.content).to_contain_text("Someone changed this while you were at it")
    expect(noor.content).to_contain_text("Les mots de Maria")
    expect(noor.page.get_by_label("Title (French)")).to_have_value("Les mots de Noor")
    desks[1].watch.check(noor.page)
    noor.page.get_by_role("button", name="Save mine over theirs").click()
    expect(noor.page.locator(".messagelist")).to_contain_text("was changed successfully")
    source.refresh_from_db()
    assert source.title_fr == "Les mots de Noor"
    source.title_fr = title
    source.save()
