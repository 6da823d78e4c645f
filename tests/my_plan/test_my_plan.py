"""My plan: what is chosen is kept and shown with its papers and days; the files say the same."""

import datetime as dt
import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from eligibility.answers import store
from eligibility.evaluation import Evaluation
from eligibility.my_plan.programs import MOST, TooManyProgramsError, choose, chosen
from eligibility.planning.chosen import ChosenPlan, ChosenStep
from eligibility.planning.chosen import choose as choose_plan
from eligibility.profile import Profile
from programs.rulebook import Rulebook
from tests.reading import words

Demo = Callable[[str], Profile]
TO_MANY = ["fsw", "cec", "fst", "aip", "federal-iec", "federal-gts-category-a", "federal-gts-category-b"]


def address(secret: str, name: str = "my_plan") -> str:
    return reverse(f"eligibility:{name}", args=[secret])


def page(client: Client, secret: str) -> str:
    response = client.get(address(secret))
    assert response.status_code == 200
    return response.content.decode()


def kept(secret: str) -> tuple[str, ...]:
    return chosen(store.visit(secret).beside)


def events(client: Client, secret: str) -> dict[str, list[Calendar]]:
    """The events of the calendar file by what they are called."""
    response = client.get(address(secret, "my_plan_calendar"))
    assert response.headers["Content-Type"].startswith("text/calendar")
    found: dict[str, list[Calendar]] = {}
    for event in Calendar.from_ical(response.content).walk("VEVENT"):
        found.setdefault(str(event["SUMMARY"]), []).append(event)
    return found


def test_programs_are_kept_in_order_each_once_and_no_more_than_fit() -> None:
    beside: dict[str, object] = {}
    choose(beside, ["fsw", "cec", "fsw"])
    assert chosen(beside) == ("fsw", "cec")
    with pytest.raises(TooManyProgramsError):
        choose(beside, TO_MANY)
    assert chosen(beside) == ("fsw", "cec")


def test_what_is_ticked_is_kept_and_what_is_no_program_is_not(client: Client, secret: str) -> None:
    response = client.post(address(secret), {"program": ["fsw", "no-such-thing"]})
    assert (response.status_code, response["Location"]) == (302, address(secret))
    assert kept(secret) == ("fsw",)
    markup = page(client, secret)
    assert re.search(r'value="fsw"[^>]*checked', markup)
    client.post(address(secret), {})
    assert kept(secret) == ()


def test_a_door_is_added_from_its_own_page(client: Client, secret: str) -> None:
    client.post(address(secret), {"program": ["cec"]})
    door = client.get(reverse("eligibility:door", args=[secret, "fsw"])).content.decode()
    assert f'action="{address(secret)}"' in door
    client.post(address(secret), {"program": "fsw", "add": "1"})
    assert kept(secret) == ("cec", "fsw")


def test_too_many_are_refused_with_the_ticks_as_they_were(client: Client, secret: str) -> None:
    client.post(address(secret), {"program": ["fsw"]})
    response = client.post(address(secret), {"program": TO_MANY})
    assert response.status_code == 422
    markup = response.content.decode()
    assert f"A plan has room for {MOST} programs; {len(TO_MANY)} are ticked." in words(markup)
    assert len(re.findall(r'name="program"[^>]*checked', markup)) == len(TO_MANY)
    assert kept(secret) == ("fsw",)


def test_papers_come_with_their_source_and_how_sure_they_are(client: Client, secret: str) -> None:
    client.post(address(secret), {"program": ["fsw", "fst", "federal-iec"]})
    said = words(page(client, secret))
    assert said.count("Your language results: an approved test of all four abilities") == 1
    assert "For: Federal Skilled Worker Program, Federal Skilled Trades Program." in said
    assert "Proof of funds for Express Entry as of 27 September 2026" in said
    assert "Not confirmed on an official page." in said
    assert "We hold no list of documents for International Experience Canada" in said


def test_the_chosen_plan_stands_there_with_what_it_takes(client: Client, secret: str) -> None:
    steps = (
        ChosenStep("english-clb-10", "english-clb-10"),
        ChosenStep("nomination:ON", "nomination", "ON"),
        ChosenStep("gone-by-now", "gone-by-now"),
    )
    with store.change(secret) as answers:
        choose_plan(answers.beside, ChosenPlan("crs:520", steps, dt.date(2026, 11, 20)))
    said = words(page(client, secret))
    assert "Comprehensive Ranking System (CRS): to reach 520 points." in said
    assert "– Ontario" in said
    assert "18 weeks, CAD 330" in said
    assert "our estimate" in said
    # 18 weeks for the test and 26 for the nomination, one after the other, from the day on which they were chosen.
    assert "Done on 24 September 2027 at the earliest, if you began when you chose them." in said
    (end,) = events(client, secret)["The steps of your plan are done, if you began when you chose them"]
    assert end["DTSTART"].dt == dt.date(2027, 9, 24)


def test_the_calendar_holds_every_day_of_the_page_as_a_whole_day(client: Client, secret: str) -> None:
    client.post(address(secret), {"program": ["fsw"]})
    found = events(client, secret)
    (birthday,) = found["You turn 30"]
    assert birthday["DTSTART"].dt == dt.date(2027, 4, 8)
    assert birthday["DTEND"].dt == dt.date(2027, 4, 9)
    assert [alarm["TRIGGER"].dt for alarm in birthday.walk("VALARM")] == [dt.timedelta(days=-14, hours=9)]
    (stay,) = found["Your authorized stay (I-94) ends"]
    assert len(stay.walk("VALARM")) == 3
    assert str(stay["URL"]).startswith("https://")
    days = set(re.findall(r'<time datetime="([\d-]+)"', page(client, secret)))
    assert {event["DTSTART"].dt.isoformat() for same in found.values() for event in same} == days


def test_a_day_keeps_its_uid_and_no_file_tells_the_secret(client: Client, secret: str) -> None:
    def uids(of: str) -> list[str]:
        return [str(event["UID"]) for same in events(client, of).values() for event in same]

    mine = uids(secret)
    assert len(set(mine)) == len(mine)
    assert uids(secret) == mine
    assert not set(mine) & set(uids(store.start()))
    assert secret not in client.get(address(secret, "my_plan_calendar")).content.decode()


def test_the_assessment_is_what_evaluate_writes(client: Client, secret: str, demo: Demo, seeded: Rulebook) -> None:
    profile = demo("asha-software-engineer")
    response = client.get(address(secret, "my_plan_assessment"))
    line, is_assessed = Evaluation(seeded).line(profile.model_dump_json())
    assert is_assessed
    assert json.loads(response.content) == json.loads(line)
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("name", ["my_plan", "my_plan_calendar", "my_plan_assessment"])
def test_no_cache_keeps_it_and_files_are_saved(client: Client, secret: str, name: str) -> None:
    response = client.get(address(secret, name))
    assert response.headers["Cache-Control"] == "no-store"
    assert ("attachment" in response.headers.get("Content-Disposition", "")) == (name != "my_plan")
    assert client.get(address("nobody", name)).status_code == 404
