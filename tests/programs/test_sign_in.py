"""Signing in: locked out after repeated failures, a second factor, an end, and asked again before what matters."""

import datetime as dt
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from programs.actions import NewVersionFrom
from programs.models import BackupCodes, Change, GivenPassword, ProgramVersion, Status
from programs.roles import sign_in, two_factor
from tests.programs.conftest import PASSWORD, person_of, signed_in
from tests.programs.test_admin import page

pytestmark = pytest.mark.django_db
LOGIN = "/staff/login/"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    return Clock(monkeypatch)


class Clock:
    """Lets time pass for everything that asks when it is."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.passed = dt.timedelta()
        real = timezone.now
        monkeypatch.setattr(timezone, "now", lambda: real() + self.passed)
        monkeypatch.setattr("axes.attempts.now", timezone.now)
        monkeypatch.setattr("axes.handlers.proxy.now", timezone.now)

    def wait(self, **span: float) -> None:
        self.passed += dt.timedelta(**span)


def try_password(name: str, password: str, client: Client | None = None) -> Any:
    return (client or Client()).post(LOGIN, {"username": name, "password": password, "next": "/staff/"})


def fail_often(name: str) -> Any:
    for _time in range(4):
        assert try_password(name, "wrong").status_code == 200
    return try_password(name, "wrong")


def code_of(person: User, ahead: int = 0) -> str:
    """What the person's app shows; `ahead` for the one after it, since each is taken once."""
    device = TOTPDevice.objects.get(user=person, confirmed=True)
    return totp(device, ahead)


def totp(device: TOTPDevice, ahead: int = 0) -> str:
    app = TOTP(device.bin_key, device.step, device.t0, device.digits, drift=ahead)
    return f"{app.token():06d}"


def with_app(person: User) -> list[str]:
    """Give the person a second factor; returns the backup codes."""
    TOTPDevice.objects.create(user=person, confirmed=True)
    return two_factor.new_backup_codes(person)


# Wrong passwords ------------------------------------------------------------------------------


def test_a_wrong_password_is_told_calmly_and_says_nothing_of_the_account(rules: Path) -> None:
    person_of("Editor", "mei")
    known, unknown = (try_password(name, "wrong").content.decode() for name in ("mei", "nobody-of-this-name"))
    assert "Please enter the correct username and password" in known
    assert "Please enter the correct username and password" in unknown


def test_repeated_failures_lock_the_account_for_a_while(rules: Path, clock: Clock) -> None:
    person_of("Editor", "mei")
    locked = fail_often("mei")
    assert locked.status_code == 429
    until = timezone.localtime(timezone.now() + dt.timedelta(minutes=15))
    shown = {f"You can try again at {at:%H:%M}" for at in (until, until - dt.timedelta(seconds=5))}
    assert any(text in locked.content.decode() for text in shown)
    # The right password is refused too, from any browser, and refusing it does not make it longer.
    clock.wait(minutes=14)
    assert try_password("mei", PASSWORD).status_code == 429
    clock.wait(minutes=2)
    assert try_password("mei", PASSWORD).status_code == 302


def test_others_sign_in_meanwhile_and_no_address_is_kept(rules: Path) -> None:
    from axes.models import AccessAttempt

    person_of("Editor", "mei")
    person_of("Editor", "omar")
    fail_often("mei")
    assert try_password("omar", PASSWORD).status_code == 302
    kept = AccessAttempt.objects.get()
    assert kept.ip_address is None
    assert "wrong" not in kept.post_data


def test_an_administrator_unlocks(rules: Path) -> None:
    mei, ada = person_of("Editor", "mei"), person_of("Administrator", "ada")
    fail_often("mei")
    client = signed_in(ada)
    assert "Unlock mei" in client.get("/staff/accounts/").content.decode()
    client.post(f"/staff/accounts/{mei.pk}/unlock/")
    assert try_password("mei", PASSWORD).status_code == 302
    assert Change.objects.filter(what="unlocked", by=ada, subject="mei").exists()


# The second factor ------------------------------------------------------------------------------


def test_with_an_app_the_password_alone_opens_nothing(rules: Path) -> None:
    mei = person_of("Viewer", "mei")
    with_app(mei)
    client = Client()
    try_password("mei", PASSWORD, client)
    address = client.get("/staff/programs/program/", follow=True).redirect_chain[-1][0]
    assert address.startswith("/staff/two-factor/code/?next=")
    wrong = client.post(address, {"ask-code": "not-one"})
    assert "not right" in wrong.content.decode()
    assert client.get("/staff/programs/program/").status_code == 302


def test_a_code_opens_the_page_that_was_asked_for_and_is_taken_once(rules: Path) -> None:
    mei = person_of("Viewer", "mei")
    with_app(mei)
    code = code_of(mei)
    address = "/staff/two-factor/code/?next=/staff/programs/program/"
    first, second = signed_in(mei), signed_in(mei)
    assert first.post(address, {"ask-code": code}).headers["Location"] == "/staff/programs/program/"
    assert first.get("/staff/programs/program/").status_code == 200
    assert "used already" in second.post(address, {"ask-code": code}).content.decode()


def test_after_the_second_step_nobody_is_sent_to_another_site(rules: Path) -> None:
    mei = person_of("Viewer", "mei")
    codes = with_app(mei)
    client = signed_in(mei)
    answer = client.post("/staff/two-factor/code/?next=https://elsewhere.example/", {"ask-code": codes[0]})
    assert answer.headers["Location"] == "/staff/"


def test_a_backup_code_works_once(rules: Path) -> None:
    mei = person_of("Viewer", "mei")
    codes = with_app(mei)
    assert signed_in(mei).post("/staff/two-factor/code/", {"ask-code": codes[0].upper()}).status_code == 302
    assert "not right" in signed_in(mei).post("/staff/two-factor/code/", {"ask-code": codes[0]}).content.decode()


def test_what_is_stored_of_backup_codes_signs_nobody_in(rules: Path) -> None:
    mei = person_of("Viewer", "mei")
    codes = with_app(mei)
    kept = BackupCodes.objects.get(user=mei).hashes
    assert len(kept) == len(set(kept)) == len(codes) == 10
    assert not any(code in str(kept) for code in codes)
    # A hash is longer than a code can be, and is none.
    assert not BackupCodes.objects.get(user=mei).verify_token(kept[0])


def test_former_backup_codes_are_taken_over(rules: Path) -> None:
    mei = person_of("Viewer", "mei")
    TOTPDevice.objects.create(user=mei, confirmed=True)
    former = StaticDevice.objects.create(user=mei, name="backup")
    former.token_set.create(token="abcd2345")
    migration = import_module("programs.migrations.0015_backup_codes_hashed_and_given_passwords")
    migration.hash_codes(apps, None)
    assert not StaticToken.objects.exists()
    assert two_factor.backup_codes_left(mei) == 1
    assert signed_in(mei).post("/staff/two-factor/code/", {"ask-code": "abcd2345"}).status_code == 302


def test_guessing_codes_is_slowed_down(rules: Path) -> None:
    mei = person_of("Viewer", "mei")
    with_app(mei)
    client = signed_in(mei)
    right = code_of(mei)
    wrong = "000000" if right != "000000" else "000001"
    client.post("/staff/two-factor/code/", {"ask-code": wrong})
    assert "You can try again at" in client.post("/staff/two-factor/code/", {"ask-code": right}).content.decode()


def test_setting_it_up_shows_a_picture_and_a_key_and_then_backup_codes(rules: Path) -> None:
    mei = person_of("Viewer", "mei")
    client = signed_in(mei)
    html = client.get("/staff/two-factor/set-up/").content.decode()
    assert "<svg" in html
    assert "style=" not in html
    device = TOTPDevice.objects.get(user=mei)
    assert two_factor.secret_of(device) in html
    html = client.post("/staff/two-factor/set-up/", {"code": totp(device)}).content.decode()
    assert html.count("<li><code>") == 10
    assert client.get("/staff/").status_code == 200
    assert "10 backup codes left" in client.get("/staff/two-factor/").content.decode()


def test_where_it_is_required_nobody_works_before_setting_it_up(rules: Path, settings: Any) -> None:
    settings.TWO_FACTOR_REQUIRED = True
    mei = person_of("Editor", "mei")
    client = signed_in(mei)
    final = client.get("/staff/programs/program/", follow=True)
    assert final.redirect_chain[-1][0].startswith("/staff/two-factor/set-up/?next=")
    device = TOTPDevice.objects.get(user=mei)
    client.post("/staff/two-factor/set-up/", {"code": totp(device)})
    assert client.get("/staff/programs/program/").status_code == 200
    client.post("/staff/two-factor/", {"turn_off": "x"})
    assert two_factor.is_on(mei)


def test_an_administrator_turns_it_off_for_who_lost_the_phone(rules: Path) -> None:
    mei, ada = person_of("Editor", "mei"), person_of("Administrator", "ada")
    with_app(mei)
    signed_in(ada).post(f"/staff/accounts/{mei.pk}/two-factor-off/")
    assert not two_factor.is_on(mei)
    assert signed_in(mei).post(f"/staff/accounts/{ada.pk}/two-factor-off/").status_code == 403


# Passwords that somebody else chose ---------------------------------------------------------------


def test_who_was_given_a_password_chooses_their_own_before_anything_else(rules: Path, settings: Any) -> None:
    settings.GIVEN_PASSWORDS_ARE_CHANGED = True
    ada, mei = person_of("Administrator", "ada"), person_of("Editor", "mei")
    given, own = "quiet-lantern-harbour", "seven-crooked-spoons"
    as_ada = signed_in(ada)
    as_ada.post(f"/staff/auth/user/{mei.pk}/password/", {"password1": given, "password2": given})
    client = Client()
    try_password("mei", given, client)
    for address in ("/staff/", "/staff/programs/program/", "/staff/two-factor/"):
        assert client.get(address).headers["Location"] == "/staff/password_change/"
    assert client.post("/staff/freshness/checked/", {}).headers["Location"] == "/staff/password_change/"
    assert "Choose your own" in client.get("/staff/password_change/").content.decode()
    change = {"old_password": given, "new_password1": own, "new_password2": "another"}
    assert client.post("/staff/password_change/", change).status_code == 200
    assert client.get("/staff/").status_code == 302
    client.post("/staff/password_change/", {**change, "new_password2": own})
    assert client.get("/staff/").status_code == 200
    # From the next sign-in on, nothing is asked; and who gave it was never asked.
    again = Client()
    try_password("mei", own, again)
    assert again.get("/staff/").status_code == as_ada.get("/staff/").status_code == 200


def test_a_new_account_has_a_given_password(rules: Path) -> None:
    ada = person_of("Administrator", "ada")
    password = "quiet-lantern-harbour"
    sending = {"username": "lin", "usable_password": "true", "password1": password, "password2": password}
    signed_in(ada).post("/staff/auth/user/add/", sending)
    assert GivenPassword.objects.get().person.username == "lin"


# The end of a sign-in -----------------------------------------------------------------------------


def test_who_does_nothing_for_an_hour_is_signed_out_and_told_so(rules: Path, clock: Clock) -> None:
    client = signed_in(person_of("Viewer"))
    for _time in range(3):
        clock.wait(minutes=50)
        assert client.get("/staff/").status_code == 200
    clock.wait(minutes=61)
    html = client.get("/staff/", follow=True).content.decode()
    assert "You were signed out after 60 minutes" in html


def test_after_a_working_day_everyone_is_signed_out(rules: Path, clock: Clock) -> None:
    client = signed_in(person_of("Viewer"))
    for _time in range(14):
        clock.wait(minutes=55)
        response = client.get("/staff/")
    assert response.status_code == 302


def test_what_was_being_typed_when_the_sign_in_ended_is_saved_after_signing_in(rules: Path, clock: Clock) -> None:
    omar = person_of("Publisher", "omar")
    draft = NewVersionFrom(ProgramVersion.objects.get(label="worker-2025"), dt.date(2026, 7, 1), omar).execute()
    client = signed_in(omar)
    clock.wait(hours=2)
    question = client.post(page(draft, "publish"), {"why": "The law changed."})
    assert "What you entered is kept" in question.content.decode()
    assert 'name="why" value="The law changed."' in question.content.decode()
    held = {"why": "The law changed.", "ask-username": "omar"}
    assert (
        "Please enter the correct"
        in client.post(page(draft, "publish"), {**held, "ask-password": "wrong"}).content.decode()
    )
    client.post(page(draft, "publish"), {**held, "ask-password": PASSWORD})
    draft.refresh_from_db()
    assert draft.status == Status.PUBLISHED


# Asked again before publishing --------------------------------------------------------------------


@pytest.mark.parametrize("proof", ["password", "code"])
def test_publishing_asks_who_is_there_and_goes_on_with_what_was_typed(rules: Path, clock: Clock, proof: str) -> None:
    omar = person_of("Publisher", "omar")
    draft = NewVersionFrom(ProgramVersion.objects.get(label="worker-2025"), dt.date(2026, 7, 1), omar).execute()
    client = signed_in(omar)
    if proof == "code":
        codes = with_app(omar)
        client.post("/staff/two-factor/code/", {"ask-code": codes[0]})
    clock.wait(minutes=16)
    question = client.post(page(draft, "publish"), {"why": "The law changed."})
    assert question.status_code == 403
    assert 'name="why" value="The law changed."' in question.content.decode()
    wrong = client.post(page(draft, "publish"), {"why": "The law changed.", "ask-password": "wrong"})
    assert "This password is not right" in wrong.content.decode()
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    given = PASSWORD if proof == "password" else code_of(omar)
    client.post(page(draft, "publish"), {"why": "The law changed.", "ask-password": given})
    draft.refresh_from_db()
    assert draft.status == Status.PUBLISHED
    assert Change.objects.get(what="published", by=omar).why == "The law changed."
    assert sign_in.locked_until("omar") is None
