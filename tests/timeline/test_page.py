"""The timeline's page: what waiting costs, the pictures with their tables, and the days in plain words."""

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.answers import store
from eligibility.engine import assess
from eligibility.planning.timeline import Step, Timeline
from eligibility.profile import Profile
from eligibility.timeline import waiting
from eligibility.timeline.views import timeline_page
from programs.rulebook import Rulebook
from tests.reading import words
from tests.results.cast import assessment

Demo = Callable[[str], Profile]


def test_it_says_first_when_to_apply_and_what_waiting_costs(demo: Demo) -> None:
    page = timeline_page(demo("asha-software-engineer"))
    assert page.lead == "Your score is highest now: 478, until 7 April 2027. That is the best time to apply."
    assert page.costs[0] == "Waiting costs: from 8 April 2027 you have 5 points less (you turn 30)."
    assert page.costs[1].startswith("The largest loss is 233 points on 14 February 2028 (your result of")
    assert page.costs[2] == "By 21 November 2029 your score is 229: 249 points below its highest."


@pytest.mark.parametrize(
    ("totals", "last"),
    [
        ([100, 95, 100, 99], "By 4 January 2027 your score is 99: 1 point below its highest."),
        ([100, 95, 100, 98], "By 4 January 2027 your score is 98: 2 points below its highest."),
        ([100, 95, 96, 100, 95, 100], "Waiting costs: from 2 January 2027 you have 5 points less."),
    ],
)
def test_the_end_is_told_where_it_is_below_the_highest(totals: list[int], last: str) -> None:
    days = [dt.date(2027, 1, number) for number in range(1, len(totals) + 1)]
    steps = tuple(Step(day, day, total, (total, total), {}, {}) for day, total in zip(days, totals, strict=True))
    found = Timeline(Profile(as_of=days[0]), "", days[0], days[-1], {"crs": steps}, {}, (), (), assessment())
    assert waiting.costs(found, "crs", {})[-1] == last


def test_the_table_holds_the_steps_that_evaluating_gives(demo: Demo, seeded: Rulebook) -> None:
    profile = demo("canada-returnee")
    page = timeline_page(profile)
    assert page.rows[0].step.first == profile.as_of
    for row in page.rows:
        later = profile.model_copy(update={"as_of": row.step.first})
        assert row.points == str(assess(later, seeded.on(row.step.first), grids=["crs"]).scores["crs"].total)
    assert [row.change for row in page.rows][:3] == ["", "−6", "−149"]
    assert [row.is_best for row in page.rows] == [True, False, False, False, False, False]
    assert "Age: 105, then 99" in page.rows[1].why


def test_the_picture_is_drawn_to_scale_named_and_described(demo: Demo) -> None:
    page = timeline_page(demo("asha-software-engineer"))
    picture = ET.fromstring(page.picture)
    described = {one.get("id"): one.text for one in picture if one.get("id")}
    assert "from 8 April 2027 473" in str(described["score-over-time-desc"])
    (best,) = [one for one in picture.iter("rect") if one.get("class") == "nb-chart__best"]
    days = (page.until - page.since).days + 1
    assert float(str(best.get("width")).rstrip("%")) == pytest.approx(100 * 138 / days, abs=0.01)
    assert "Highest: until 7 April 2027" in ["".join(text.itertext()) for text in picture.iter("text")]
    assert "style=" not in page.picture


def test_doors_that_change_or_are_open_are_bars_and_all_others_are_named(demo: Demo) -> None:
    page = timeline_page(demo("canada-returnee"))
    said = {bar.program.id: bar.said for bar in page.bars}
    assert said["cec"] == "Likely, from 22 September 2027 not eligible."
    assert said["fsw"] == "Likely, from 24 January 2028 not eligible."
    others = [name for group in page.unchanged for name in group.names]
    assert not {bar.program.name for bar in page.bars} & set(others)
    assert len(page.bars) + len(others) > 100


def test_every_day_says_what_happens_and_what_changes(demo: Demo) -> None:
    days = {day.day: day for day in timeline_page(demo("laid-off-20-days-left")).days}
    grace = days[dt.date(2026, 12, 11)]
    assert grace.is_urgent
    assert [one.title for one in grace.happenings] == ["The 60 days after your last day of work end"]
    birthday = days[dt.date(2027, 1, 27)]
    assert birthday.happenings[0].title == "You turn 39"
    assert [(move.said, move.why) for move in birthday.moves if move.is_score] == [
        ("189, then 184 (−5)", "Age: 55, then 50")
    ]
    assert all(day.happenings for day in days.values())


def test_where_the_score_could_be_anything_there_are_only_dates(demo: Demo) -> None:
    page = timeline_page(demo("knows-almost-nothing"))
    assert page.lead.startswith("Your score is not known yet")
    assert not page.picture
    assert not page.rows


def test_the_page_is_private_and_one_of_the_persons_own(client: Client, secret: str) -> None:
    response = client.get(reverse("eligibility:timeline", args=[secret]))
    said = words(response.content.decode())
    assert response.headers["Cache-Control"] == "no-store"
    for text in ("What changes, and when", "Your doors over time", "You turn 30", "My plan"):
        assert text in said
    assert client.get(reverse("eligibility:timeline", args=["nobody"])).status_code == 404


def test_someone_who_answered_nothing_gets_a_page(client: Client, db: None, rules: object) -> None:
    response = client.get(reverse("eligibility:timeline", args=[store.start()]))
    assert response.status_code == 200
    assert "not known yet" in words(response.content.decode())
