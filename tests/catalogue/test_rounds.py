"""The Express Entry rounds: kinds, times, scales and pictures."""

import datetime as dt
import re

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from eligibility.catalogue.rounds import RoundsPage, rounds_page
from eligibility.pictures.rounds import BOTTOM, HEIGHT, TOP, Dot, Frame, panel
from programs.rulebook import Rulebook
from tests.catalogue.conftest import TODAY
from tests.catalogue.reading import canonical_of, opened
from tests.reading import words

DAYS = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
CUTOFFS = st.lists(st.integers(1, 1200), min_size=1, max_size=20)


def page_of(rulebook: Rulebook, query: str = "", today: dt.date = TODAY) -> RoundsPage:
    return rounds_page(rulebook, QueryDict(query), today, "en")


def test_rounds_with_a_nominations_points_stand_apart(seeded: Rulebook) -> None:
    page = page_of(seeded)
    assert {one.kind for one in page.nomination_standings} == {"pnp"}
    assert "pnp" not in {one.kind for one in page.standings}
    assert all(one.includes_nomination_points for one in page.shown if one.kind == "pnp")
    assert [each.name for each in page.nomination_panels] == ["Provincial Nominee Program"]


def test_last_lowest_and_median_are_those_of_the_last_twelve_months(seeded: Rulebook) -> None:
    cec = next(one for one in page_of(seeded).standings if one.kind == "cec")
    cutoffs = sorted(
        one.cutoff
        for one in seeded.rounds
        if one.kind == "cec" and one.cutoff and dt.date(2025, 11, 21) < one.date <= TODAY
    )
    assert cec.rounds == len(cutoffs)
    assert cec.lowest == cutoffs[0]
    assert cec.median == (cutoffs[9] + cutoffs[10]) / 2
    assert (cec.last.cutoff, cec.last.date) == (518, dt.date(2026, 9, 29))


def test_cut_offs_of_another_scale_are_counted_and_not_compared(seeded: Rulebook) -> None:
    page = page_of(seeded, today=dt.date(2025, 6, 1))
    assert page.scale_since == dt.date(2025, 3, 25)
    assert page.has_other_scale
    french = next(one for one in page.standings if one.kind == "french")
    since = [
        one.cutoff
        for one in seeded.rounds
        if one.kind == "french" and page.scale_since <= one.date <= dt.date(2025, 6, 1)
    ]
    assert french.other_scale == french.rounds - len(since)
    assert french.lowest == min(filter(None, since), default=None)


def test_a_round_that_is_yet_to_come_is_not_known(seeded: Rulebook) -> None:
    page = page_of(seeded, "period=all", today=dt.date(2020, 1, 1))
    assert max(one.date for one in page.shown) <= dt.date(2020, 1, 1)
    assert page.total == len(page.shown)


@pytest.mark.parametrize("year", ["2015", "2021", "2026"])
def test_a_year_and_a_kind_can_be_chosen(client: Client, seeded: Rulebook, year: str) -> None:
    page = page_of(seeded, f"period={year}")
    assert {one.date.year for one in page.shown} == {int(year)}
    kind = page.shown[0].kind
    chosen = page_of(seeded, f"period={year}&kind={kind}")
    assert chosen.shown == tuple(one for one in page.shown if one.kind == kind)
    promised = {option.value: option.count for option in page.kinds.options}
    assert promised[kind] == len(chosen.shown)
    html = opened(client, f"/rounds/?period={year}")
    assert '<meta name="robots" content="noindex">' in html
    assert canonical_of(html) == "http://testserver/rounds/"


def test_a_kind_without_rounds_in_that_time_says_so(client: Client) -> None:
    text = words(opened(client, "/rounds/?period=2015&kind=trades"))
    assert "No round of this kind was held in this time" in text


def test_unknown_choices_show_the_last_months(client: Client, seeded: Rulebook) -> None:
    assert page_of(seeded, "period=1066&kind=knights").shown == page_of(seeded).shown
    assert client.get("/rounds/?period=%00&kind=<b>").status_code == 200


def test_a_change_of_the_crs_is_drawn_and_joins_nothing(seeded: Rulebook) -> None:
    frame = Frame.around([[500, 520]], DAYS, (dt.date(2026, 6, 1),))
    dots = [Dot(dt.date(2026, 5, 1), 500), Dot(dt.date(2026, 7, 1), 520)]
    picture = panel("key", "A kind", "Two rounds", dots, frame)
    assert "another scale" in picture
    assert "nb-chart__path" not in picture
    assert picture.count("<circle") == 2


def test_a_picture_is_named_and_described(client: Client) -> None:
    page = opened(client, "/rounds/")
    pictures = re.findall(r'<svg class="nb-chart nb-chart--rounds" role="img".*?aria-labelledby="(\S+) (\S+)"', page)
    assert pictures
    for title, description in pictures:
        assert f'<title id="{title}">' in page
        assert f'<desc id="{description}">' in page


@given(st.lists(CUTOFFS, min_size=1, max_size=5))
def test_every_cut_off_lies_inside_its_picture(kinds: list[list[int]]) -> None:
    frame = Frame.around(kinds, DAYS, ())
    for cutoffs in kinds:
        scale = frame.scale(cutoffs)
        assert scale.high - scale.low == frame.span
        for cutoff in cutoffs:
            assert TOP <= scale.down(cutoff) <= HEIGHT - BOTTOM


@given(st.integers(1, 1200), st.integers(1, 1200))
def test_higher_cut_offs_stand_higher(one: int, other: int) -> None:
    scale = Frame.around([[one, other]], DAYS, ()).scale([one, other])
    assert (one > other) == (scale.down(one) < scale.down(other))
