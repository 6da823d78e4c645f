"""What somebody might try against the site, tried here: forged forms, frames, redirects, hosts, sessions, guesses."""

import base64
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from eligibility.answers import store
from eligibility.models import Application
from programs.models import Change, Program
from tests.programs.conftest import PASSWORD, person_of
from tests.security.conftest import PublicClient
from tests.security.routes import every_route
from tests.wizard.visitor import MONEY, YOU, Visitor, text_of

pytestmark = pytest.mark.django_db

# They keep and change nothing, so a forged request gains nothing (decision 11).
ASK_FOR_NO_TOKEN = {"eligibility:h1b_clock", "eligibility:case_status"}
ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "///elsewhere.example",
    "/\\elsewhere.example",
    "https:elsewhere.example",
    "javascript:alert(1)",
    "https://northbound.example@elsewhere.example/",
    "http://northbound.example/staff/",
)


# Forged forms ---------------------------------------------------------------------------------


def forger(client: Client) -> Client:
    """The same browser, made to send forms by another site: with its cookies, and without a token."""
    forged = PublicClient(enforce_csrf_checks=True, HTTP_ORIGIN="https://elsewhere.example")
    forged.cookies = client.cookies
    return forged


def test_no_route_takes_a_forged_form(staff: Client, rules: None) -> None:
    asha = Visitor(PublicClient())
    browsers = {True: forger(staff), False: forger(asha.client)}
    before = (Application.objects.count(), Change.objects.count(), User.objects.count(), Program.objects.count())
    taken = []
    for route in every_route():
        response = browsers[route.is_staff].post(route.address(asha.secret), {"post": "yes", "_save": "Save"})
        # Pages that are only read refuse every form; what is not there is not there.
        refused = response.status_code in (403, 404, 405)
        # The admin's catch-all, and addresses without their last part, only lead somewhere else.
        leads_on = response.status_code in (301, 302) and route.name in ("", "admin:", "admin:app_list")
        if not refused and not leads_on and route.name not in ASK_FOR_NO_TOKEN:
            taken.append((route.name, response.status_code))
    assert taken == []
    after = (Application.objects.count(), Change.objects.count(), User.objects.count(), Program.objects.count())
    assert after == before


def test_only_pages_that_keep_nothing_ask_for_no_token() -> None:
    exempt = {route.name for route in every_route() if getattr(route.view, "csrf_exempt", False)}
    assert exempt == ASK_FOR_NO_TOKEN


def test_a_token_of_one_browser_is_worth_nothing_in_another(asha: Visitor) -> None:
    mine, theirs = (PublicClient(enforce_csrf_checks=True) for _each in range(2))
    typed = {**MONEY, "csrfmiddlewaretoken": token_on(theirs.get(asha.url("money")))}
    mine.get(asha.url("money"))
    where = {"HTTP_REFERER": f"https://northbound.example{asha.url('money')}"}
    assert mine.post(asha.url("money"), typed, **where).status_code == 403
    assert theirs.post(asha.url("money"), typed, **where).status_code == 302


def token_on(response: Any) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode())
    assert found
    return found[1]


# Frames ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/programs/", "/a/never-given/delete/", "/staff/login/", "/nothing/"])
def test_no_page_can_be_framed(public: Client, address: str) -> None:
    headers = public.get(address).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_no_view_asks_to_be_framed() -> None:
    assert [route.name for route in every_route() if getattr(route.view, "xframe_options_exempt", False)] == []


# Redirects -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_to_another_site_after_signing_in(production: None, address: str) -> None:
    person_of("Viewer", "mei")
    client = PublicClient()
    typed = {"username": "mei", "password": PASSWORD, "next": address}
    assert client.post(reverse("admin:login"), typed).headers["Location"] in ("/staff/", "/accounts/profile/")
    for name in ("two_factor_code", "two_factor_set_up", "login"):
        where = client.get(reverse(f"admin:{name}"), {"next": address}).headers.get("Location", "/")
        assert where.startswith("/"), (name, where)
        assert not where.startswith(("//", "/\\"))


@pytest.mark.parametrize("path", ["//elsewhere.example/programs", "/%5celsewhere.example/programs", "//elsewhere"])
def test_adding_a_slash_leads_nowhere_else(public: Client, path: str) -> None:
    where = public.get(path).headers.get("Location", "/")
    assert not where.startswith(("//", "/\\", "http"))


@pytest.mark.parametrize("parameter", ["return", "next", "url", "to"])
def test_no_parameter_sends_a_person_elsewhere(asha: Visitor, parameter: str) -> None:
    for place in ("you", "work", "h1b"):
        response = asha.client.post(asha.url(place), {parameter: "https://elsewhere.example/"})
        assert response.headers["Location"].startswith(f"/a/{asha.secret}/")


def test_the_one_way_out_leads_where_the_program_says(public: Client) -> None:
    response = public.get("/leave/", {"next": "https://elsewhere.example/"})
    assert response.headers["Location"] == "https://www.weather.gov/"
    assert response.headers["Referrer-Policy"] == "no-referrer"


# Hosts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["elsewhere.example", "northbound.example.elsewhere", "northbound.example@x", ""])
def test_another_host_is_refused(asha: Visitor, host: str) -> None:
    for address in ("/", asha.url("keep"), "/staff/login/"):
        response = asha.client.get(address, HTTP_HOST=host)
        assert response.status_code == 400
        assert asha.secret not in response.content.decode()


def test_a_link_is_made_of_the_true_host(asha: Visitor) -> None:
    response = asha.client.get(asha.url("keep"), HTTP_X_FORWARDED_HOST="elsewhere.example")
    assert f"https://northbound.example/a/{asha.secret}/" in response.content.decode()
    assert "elsewhere.example" not in response.content.decode()


# Sessions ----------------------------------------------------------------------------------------------


def test_a_session_that_was_planted_is_not_the_one_signed_in(production: None, settings: Any) -> None:
    person_of("Viewer", "mei")
    victim, thief = PublicClient(), PublicClient()
    planted = thief.session
    planted["planted"] = True
    planted.save()
    victim.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    victim.post(reverse("admin:login"), {"username": "mei", "password": PASSWORD})
    assert victim.cookies[settings.SESSION_COOKIE_NAME].value != planted.session_key
    thief.cookies[settings.SESSION_COOKIE_NAME] = planted.session_key
    assert "/login/" in thief.get("/staff/two-factor/").headers["Location"]


def test_the_second_factor_and_a_confirmation_bring_a_new_session_key(administrator: User, settings: Any) -> None:
    from programs.roles import two_factor

    client = PublicClient()
    client.force_login(administrator)
    from django_otp.plugins.otp_totp.models import TOTPDevice

    TOTPDevice.objects.create(user=administrator, confirmed=True)
    codes = two_factor.new_backup_codes(administrator)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.post(reverse("admin:two_factor_code"), {"ask-code": codes[0]}).status_code == 302
    between = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert between != before
    assert client.get("/staff/").status_code == 200
    session = client.session
    session["confirmed_at"] = 0
    session.save()
    client.post(reverse("admin:two_factor"), {"new_codes": "yes", "ask-password": PASSWORD})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value not in (before, between)


def test_a_sign_in_ends_with_the_account_and_with_its_password(staff: Client, administrator: User) -> None:
    assert staff.get("/staff/").status_code == 200
    administrator.is_active = False
    administrator.save()
    assert "/login/" in staff.get("/staff/").headers["Location"]
    administrator.is_active = True
    administrator.set_password("another-password-of-ada")
    administrator.save()
    assert "/login/" in staff.get("/staff/").headers["Location"]


def test_who_signs_out_leaves_nothing_in_the_browser(staff: Client, settings: Any) -> None:
    key = staff.cookies[settings.SESSION_COOKIE_NAME].value
    response = staff.post(reverse("admin:logout"))
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    staff.cookies[settings.SESSION_COOKIE_NAME] = key
    assert "/login/" in staff.get("/staff/").headers["Location"]


# Secret links ---------------------------------------------------------------------------------------------


def test_a_link_cannot_be_guessed(db: None) -> None:
    links = {store.start() for _each in range(50)}
    assert len(links) == 50
    assert {len(base64.urlsafe_b64decode(f"{link}==")) * 8 for link in links} == {192}
    assert not any(Application.objects.filter(secret_hash__contains=link[:8]).exists() for link in links)


def test_never_given_expired_and_deleted_look_the_same(asha: Visitor) -> None:
    from django.utils import timezone

    expired, deleted = Visitor(PublicClient()), Visitor(PublicClient())
    Application.objects.filter(secret_hash=store._hash(expired.secret)).update(expires=timezone.now())
    deleted.client.post(deleted.url("delete"))
    near = asha.secret[:-1] + ("A" if asha.secret[-1] != "A" else "B")
    answers = set()
    for secret in (expired.secret, deleted.secret, near, "never-given", "x" * 32, asha.secret.swapcase()):
        for place in ("", "you/", "results/", "keep/"):
            response = PublicClient().get(f"/a/{secret}/{place}")
            kept = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
            answers.add((response.status_code, response.content.count(b"\n"), text_of(response), str(kept)))
    assert len({answer[:3] for answer in answers}) == 1
    assert next(iter(answers))[0] == 404


def test_one_person_never_reaches_what_another_answered(asha: Visitor) -> None:
    asha.send("you", **YOU)
    stranger = Visitor(PublicClient())
    assert "1997" not in stranger.raw("you")
    assert stranger.client.get(stranger.url("work/1")).status_code == 404
    # Nothing but the link opens answers: neither a row's number nor its hash, nor another one's cookies.
    row = Application.objects.get(secret_hash=store._hash(asha.secret))
    for wrong in (str(row.pk), row.secret_hash):
        assert asha.client.get(f"/a/{wrong}/you/").status_code == 404


@pytest.mark.parametrize("pk", ["999999", "0", "-1", "none"])
def test_ids_that_are_not_there_are_not_found_by_staff(staff: Client, pk: str) -> None:
    for address in (f"/staff/accounts/{pk}/{each}/" for each in ("unlock", "two-factor-off", "sign-ins")):
        assert staff.post(address).status_code in (301, 404)
    assert staff.get(f"/staff/preview/impact/{pk}/").status_code in (301, 302, 404)


def test_no_other_site_learns_of_a_link(asha: Visitor) -> None:
    """Nothing is loaded from elsewhere, and no link or form leads there without `noreferrer`."""
    for place in ("h1b", "you", "check", "keep", "delete", "what-it-means", "results"):
        response = asha.client.get(asha.url(place))
        assert response.headers["Referrer-Policy"] == "same-origin"
        page = response.content.decode()
        for tag in re.findall(r"<(?:a|area|form)\b[^>]*>", page, re.DOTALL):
            if re.search(r'(?:href|action)="https?://(?!northbound\.example)', tag):
                assert "noreferrer" in tag, tag
        assert not re.search(r'<(?:img|script|link|iframe|source)\b[^>]*(?:src|href)="(?:https?:)?//', page)
        # Nor is it written where another program could pick it up by itself.
        assert f"?{asha.secret}" not in page


# Staff accounts -----------------------------------------------------------------------------------------------


def test_guessing_a_password_ends_after_some_tries_whatever_address_it_comes_from(production: None) -> None:
    person_of("Editor", "mei")
    for number in range(5):
        client = PublicClient(HTTP_X_FORWARDED_FOR=f"203.0.113.{number}", HTTP_USER_AGENT=f"browser {number}")
        client.post(reverse("admin:login"), {"username": "mei", "password": f"guess-{number}"})
    locked = PublicClient(HTTP_X_FORWARDED_FOR="203.0.113.99").post(
        reverse("admin:login"), {"username": "mei", "password": PASSWORD}
    )
    assert locked.status_code == 429
    assert "Too many wrong passwords" in locked.content.decode()


@pytest.mark.parametrize(
    ("password", "is_taken"),
    [("northbound-2026", False), ("Publisher1234", False), ("password1234", False), ("northbound in the rain", True)],
)
def test_passwords_that_everyone_would_try_first_are_refused(password: str, is_taken: bool) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if is_taken:
        validate_password(password)
    else:
        with pytest.raises(ValidationError):
            validate_password(password)


def test_signing_in_is_told_to_the_log_without_names_or_passwords(
    production: None, caplog: pytest.LogCaptureFixture
) -> None:
    person_of("Viewer", "mei")
    client = PublicClient()
    with caplog.at_level("INFO", logger="northbound.sign_in"):
        client.post(reverse("admin:login"), {"username": "mei", "password": "wrong-and-secret"})
        client.post(reverse("admin:login"), {"username": "mei", "password": PASSWORD})
        client.post(reverse("admin:logout"))
    told = [record.getMessage() for record in caplog.records if record.name == "northbound.sign_in"]
    assert [re.sub(r"\d+", "N", each) for each in told] == [
        "A sign-in with a password failed.",
        "Staff account N signed in with its password.",
        "Staff account N was signed out.",
    ]


def test_ended_sessions_and_old_failures_are_forgotten_with_the_next_sign_in(production: None) -> None:
    import datetime as dt

    from axes.models import AccessAttempt
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    person_of("Viewer", "mei")
    long_ago = timezone.now() - dt.timedelta(days=90)
    Session.objects.create(session_key="ended", session_data="", expire_date=long_ago)
    PublicClient().post(reverse("admin:login"), {"username": "nobody", "password": "wrong"})
    AccessAttempt.objects.update(attempt_time=long_ago)
    PublicClient().post(reverse("admin:login"), {"username": "mei", "password": PASSWORD})
    assert not Session.objects.filter(session_key="ended").exists()
    assert not AccessAttempt.objects.exists()
