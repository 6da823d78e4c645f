"""Steps over time and rounds by kind: to scale, with figures where there is room, and without a style of their own."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.utils.safestring import SafeString

from eligibility.pictures.kinds import Kind, kinds
from eligibility.pictures.periods import Period, periods
from eligibility.pictures.steps import Level, Window, steps
from eligibility.pictures.time import Time

FIRST, TURN, LAST = dt.date(2026, 11, 21), dt.date(2027, 11, 21), dt.date(2028, 11, 19)
TIME = Time(FIRST, LAST)
ONE_DAY = dt.timedelta(days=1)


def drawn(picture: SafeString) -> ET.Element:
    return ET.fromstring(picture)


def percent(shape: ET.Element, name: str) -> float:
    return float(str(shape.get(name)).rstrip("%"))


def stepped(low: int, high: int) -> ET.Element:
    levels = [Level(FIRST, TURN - ONE_DAY, low, high), Level(TURN, LAST, low - 20, high - 20)]
    window = Window(FIRST, TURN - ONE_DAY, "Highest")
    picture = steps(key="k", title="T", description="D", levels=levels, window=window, days=[TURN], time=TIME)
    assert "style=" not in picture
    return drawn(picture)


def test_steps_turn_on_their_day_and_are_as_high_as_they_are() -> None:
    lines = [one for one in stepped(480, 480).iter("line") if "nb-chart__step" in str(one.get("class"))]
    before, fall, after = lines
    assert percent(fall, "x1") == percent(fall, "x2") == pytest.approx(50, abs=0.1)
    assert (percent(before, "x1"), percent(after, "x2")) == (0, 100)
    assert before.get("y1") == fall.get("y1")
    assert float(str(after.get("y1"))) > float(str(before.get("y1")))


def test_what_could_be_is_a_line_of_its_own() -> None:
    kinds_of_line = {str(one.get("class")) for one in stepped(480, 500).iter("line")}
    assert "nb-chart__step nb-chart__step--could" in kinds_of_line
    assert not any("could" in str(one.get("class")) for one in stepped(480, 480).iter("line"))


def test_a_verdict_is_as_tall_as_it_is_sure_and_none_is_not_drawn() -> None:
    spans = [
        Period(FIRST, TURN - ONE_DAY, "eligible"),
        Period(TURN, TURN, None),
        Period(TURN + ONE_DAY, LAST, "likely"),
    ]
    eligible, likely = drawn(periods(spans, TIME)).iter("rect")
    assert float(str(eligible.get("height"))) > float(str(likely.get("height")))
    assert percent(eligible, "width") == pytest.approx(50, abs=0.1)


def test_cut_offs_stand_on_one_scale_with_the_reader_s_score_through_all() -> None:
    shown = kinds([Kind("French", 379, 400.0, 400), Kind("Class", 500, 505.5, 510)], (450, 475), "You: 450 to 475")
    assert [name for name, _ in shown.strips] == ["French", "Class"]
    for _, strip in shown.strips:
        (band,) = drawn(strip).iter("rect")
        assert (percent(band, "x"), percent(band, "width")) == (50, 12.5)
    dots = [next(drawn(strip).iter("circle")) for _, strip in shown.strips]
    assert [percent(dot, "cx") for dot in dots] == [25, 80]
    assert "You: 450 to 475" in shown.head
    assert "style=" not in "".join(strip for _, strip in shown.strips)
