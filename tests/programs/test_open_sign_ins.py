"""Where a person is signed in: the list holds what opens pages and nothing else, and whoever may can end it."""

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from programs.models import Change
from programs.roles import open_sign_ins
from programs.roles.browsers import Browser
from tests.programs.conftest import PASSWORD, person_of, signed_in
from tests.programs.test_sign_in import Clock, clock, code_of, totp, with_app

__all__ = ["clock"]

pytestmark = pytest.mark.django_db

OWN = "/staff/sign-ins/"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/26.0 Mobile/15E148 Safari/604.1"
)
HEADERS = {
    WINDOWS: ("Firefox", "Windows"),
    PHONE: ("Safari", "iPhone"),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 "
    "Safari/605.1.15": ("Safari", "Mac"),
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36": (
        "Chrome",
        "Linux",
    ),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Safari/537.36 Edg/142.0.0.0": ("Edge", "Windows"),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Safari/537.36 OPR/125.0.0.0": ("Opera", "Windows"),
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 "
    "Chrome/136.0.0.0 Mobile Safari/537.36": ("Samsung Internet", "Android"),
    "Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.0.0 "
    "Mobile/15E148 Safari/604.1": ("Chrome", "iPad"),
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36": (
        "Chrome",
        "ChromeOS",
    ),
    "curl/8.14.1": ("", ""),
    "": ("", ""),
}


def browser(header: str = WINDOWS, name: str = "mei") -> Client:
    """A browser of this kind in which the person has signed in."""
    client = Client(HTTP_USER_AGENT=header)
    client.post("/staff/login/", {"username": name, "password": PASSWORD})
    return client


def shown(client: Client, address: str = OWN) -> list[str]:
    """What each line of the page says."""
    page = client.get(address).content.decode()
    lines = re.findall(r"<li>(.*?)</li>", page[page.index('class="sign-ins"') :].partition("</ul>")[0], re.DOTALL)
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", line)).split()) for line in lines]


def ends_of(client: Client, address: str = OWN) -> list[str]:
    """What the buttons at the lines would send."""
    return re.findall(r'name="end"\s+value="([^"]+)"', client.get(address).content.decode())


def is_in(client: Client) -> bool:
    return client.get("/staff/").status_code == 200


@pytest.fixture
def mei(db: Any) -> User:
    """In the place of the other tests' Mei: one who has a role."""
    return person_of("Editor", "mei")


@pytest.mark.parametrize(("header", "names"), HEADERS.items())
def test_a_browser_is_called_what_people_call_it(header: str, names: tuple[str, str]) -> None:
    assert Browser.of(header) == names


def test_every_browser_is_a_line_and_the_one_in_use_comes_first_and_says_so(mei: User) -> None:
    person_of("Viewer", "omar")
    browser(name="omar")
    desk, phone, script = browser(), browser(PHONE), browser("something/1.0")
    page = desk.get(OWN).content.decode()
    lines = shown(desk)
    assert len(lines) == 3
    assert lines[0].startswith("Firefox on Windows Signed in: ")
    assert lines[0].endswith("This is the browser you are using now.")
    assert lines[1].startswith("A browser that did not say its name")
    assert lines[2].startswith("Safari on iPhone")
    assert all(line.endswith("End this sign-in") for line in lines[1:])
    # What would open them, and what the browsers said of themselves in full, stands nowhere.
    for client in (desk, phone, script):
        assert client.cookies["northbound_session"].value not in page
    assert not any("Gecko" in str(row.get_decoded()) for row in Session.objects.all())


def test_what_is_ended_is_out_with_its_next_request_and_loses_nothing_it_sends(mei: User) -> None:
    desk, phone, other = browser(), browser(PHONE), browser()
    [_newer, of_phone] = ends_of(desk)
    told = desk.post(OWN, {"end": of_phone}, follow=True).content.decode()
    assert "1 sign-in was ended." in told
    sent = phone.post("/staff/programs/source/add/", {"title_en": "Half typed"})
    assert "What you entered is kept" in sent.content.decode()
    assert not is_in(phone)
    assert is_in(desk)
    assert is_in(other)
    assert Change.objects.get(by=mei, subject_id=str(mei.pk)).why == "sign-ins ended: 1"
    assert "There was nothing left to end." in desk.post(OWN, {"end": of_phone}, follow=True).content.decode()


def test_all_others_end_at_once_and_nobody_elses(mei: User, caplog: pytest.LogCaptureFixture) -> None:
    person_of("Viewer", "omar")
    omar, desk, phone, other = browser(name="omar"), browser(), browser(PHONE), browser()
    with caplog.at_level("INFO", logger="northbound.sign_in"):
        assert "2 sign-ins were ended." in desk.post(OWN, {"end_all": "yes"}, follow=True).content.decode()
    assert caplog.messages[-1] == f"Staff account {mei.pk} ended 2 sign-in(s) of staff account {mei.pk}."
    assert [is_in(each) for each in (omar, desk, phone, other)] == [True, True, False, False]
    [of_desk] = [each.name for each in open_sign_ins.of(mei)]
    omar.post(OWN, {"end": of_desk})
    desk.post(OWN, {"end": of_desk})
    assert is_in(desk)


def test_who_is_there_is_asked_again_before_anything_ends(mei: User, clock: Clock) -> None:
    phone = browser(PHONE)
    desk = browser()
    clock.wait(minutes=16)
    [of_phone] = ends_of(desk)
    question = desk.post(OWN, {"end": of_phone})
    assert question.status_code == 403
    assert f'name="end" value="{of_phone}"' in question.content.decode()
    assert is_in(phone)
    desk.post(OWN, {"end": of_phone, "ask-password": PASSWORD})
    assert not is_in(phone)
    assert is_in(desk)


def test_whatever_else_ends_a_sign_in_takes_it_off_the_list_too(mei: User, clock: Clock) -> None:
    desk, *others = [browser() for _each in range(3)]
    assert len(shown(desk)) == 3
    others[0].post("/staff/logout/")
    assert len(shown(desk)) == 2
    clock.wait(minutes=50)
    assert len(shown(desk)) == 2
    # An hour without doing anything, for the one that has not been seen since.
    clock.wait(minutes=11)
    assert len(shown(desk)) == 1
    again = browser()
    chosen = "seven-crooked-spoons"
    desk.post("/staff/password_change/", {"old_password": PASSWORD, "new_password1": chosen, "new_password2": chosen})
    assert not is_in(again)
    assert len(shown(desk)) == 1


def test_a_sign_in_stays_one_line_under_a_new_key_and_can_be_ended_from_a_page_opened_before(mei: User) -> None:
    desk, phone = browser(), browser(PHONE)
    [before] = ends_of(desk)
    key = phone.cookies["northbound_session"].value
    codes = with_app(mei)
    phone.post("/staff/two-factor/code/", {"ask-code": code_of(mei)})
    assert phone.cookies["northbound_session"].value != key
    lines = shown(phone)
    assert lines[0].startswith("Safari on iPhone")
    assert "the code is still missing" not in lines[0]
    # Whoever knows the password alone is seen, too.
    assert all("The password was right, the code is still missing." in line for line in lines[1:])
    assert before in [each.name for each in open_sign_ins.of(mei)]
    desk.post("/staff/two-factor/code/", {"ask-code": codes[0]})
    desk.post(OWN, {"end": before})
    assert not is_in(phone)
    assert is_in(desk)


def test_a_new_phone_asks_all_other_sign_ins_for_its_code(mei: User) -> None:
    codes = with_app(mei)
    desk, phone = browser(), browser(PHONE)
    for client, code in ((desk, code_of(mei)), (phone, codes[0])):
        client.post("/staff/two-factor/code/", {"ask-code": code})
    assert not any(each.lacks_code for each in open_sign_ins.of(mei))
    desk.get("/staff/two-factor/set-up/")
    desk.post("/staff/two-factor/set-up/", {"code": totp(TOTPDevice.objects.get(user=mei, confirmed=False))})
    lacking = [each.browser.system for each in open_sign_ins.of(mei) if each.lacks_code]
    assert lacking == ["iPhone"]
    assert [is_in(desk), is_in(phone)] == [True, False]


def test_administrators_see_and_end_the_sign_ins_of_an_account_they_may_change(mei: User) -> None:
    ada, root = signed_in(person_of("Administrator", "ada")), person_of("Administrator", "root")
    root.is_superuser = True
    root.save()
    desk, phone, address = browser(), browser(PHONE), f"/staff/accounts/{mei.pk}/sign-ins/"
    for page in ("/staff/accounts/", f"/staff/auth/user/{mei.pk}/change/"):
        assert address in ada.get(page).content.decode()
    assert [line.partition(" Signed")[0] for line in shown(ada, address)] == ["Safari on iPhone", "Firefox on Windows"]
    ada.post(address, {"end": ends_of(ada, address)[0]})
    assert [is_in(desk), is_in(phone)] == [True, False]
    ada.post(address, {"end_all": "yes"})
    assert not is_in(desk)
    assert [each.by_name for each in Change.objects.filter(why__startswith="sign-ins ended")] == ["ada", "ada"]
    assert ada.get(f"/staff/accounts/{root.pk}/sign-ins/").status_code == 403
    publisher = signed_in(person_of("Publisher", "omar"))
    assert publisher.get(address).status_code == publisher.post(address, {"end_all": "yes"}).status_code == 403


def test_an_account_that_is_switched_off_and_on_again_is_signed_in_nowhere(mei: User) -> None:
    ada, desk = signed_in(person_of("Administrator", "ada")), browser()
    form = {"username": "mei", "groups": [group.pk for group in mei.groups.all()]}
    ada.post(f"/staff/auth/user/{mei.pk}/change/", form)
    mei.refresh_from_db()
    assert not mei.is_active
    ada.post(f"/staff/auth/user/{mei.pk}/change/", {**form, "is_active": "on"})
    mei.refresh_from_db()
    assert mei.is_active
    assert not is_in(desk)


def test_the_list_takes_as_many_queries_for_many_as_for_one(mei: User, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(5):
        open_sign_ins.of(mei)
    for _each in range(4):
        browser()
    with django_assert_num_queries(5):
        assert len(open_sign_ins.of(mei)) == 4
