"""Dates as they are typed in the feed: read when they say one thing, refused when they could say two."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.imports import date_texts

NOON = dt.datetime(2026, 3, 5, 12, 0, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "text",
    [
        "March 5, 2026 at 12:00:01 UTC",
        "March 05, 2026 at  12:00:01 UTC",
        "March 5 2026 12:00:01 UTC",
        "March 5, 2026, at 12:00:01 UTC.",
        "Mar. 5th, 2026 at 12:00:01 p.m. UTC",
        "Mar 5, 26 at 12:00:01 UTC",
        "5 March 2026 at 12:00:01 UTC",
        "Thursday, March 5, 2026 at 12:00:01 UTC",
        "March 5, 2026 March 5, 2026 at 12:00:01 UTC",
        "March 5, 2026 at 12:00:01 UTC (corrected on April 7)",
        "March\u00a05, 2026 at 12:00:01 UTC",
        "2026-03-05T12:00:01Z",
        "2026-03-05 12:00:01 UTC",
    ],
)
def test_what_says_one_moment_is_read(text: str) -> None:
    assert date_texts.moment(text) == NOON


def test_seconds_may_be_left_away_and_half_days_are_understood() -> None:
    assert date_texts.moment("Sept. 3, 2025 at 7:18 a.m. UTC").isoformat() == "2025-09-03T07:18:00+00:00"
    assert date_texts.moment("Sept. 3, 2025 at 7:18:52 p.m. UTC").hour == 19


@pytest.mark.parametrize(
    "text",
    [
        "",
        "04/05/2026 12:00 UTC",
        "04-05-2026 12:00 UTC",
        "15 Jan 05 at 10:00 UTC",
        "March 2026 at 10:00 UTC",
        "March 5 at 10:00 UTC",
        "March 5, 2026 UTC",
        "March 5, 2026 at 10:00",
        "March 5, 2026 at 10:00 EST",
        "March 5, 2026 at 10:00 EST UTC",
        "March 5, 2026 at 25:00 UTC",
        "March 35, 2026 at 5:00 UTC",
        "February 29, 2026 at 5:00 UTC",
        "March 5, 2026 April 6, 2026 at 5:00 UTC",
        "March 5, 2026 10 10:00 UTC",
        "March 5, 2026 at 10:00 11:00 UTC",
        "March ５, 2026 at 10:00 UTC",
        "today at 10:00 UTC",
        "March 5, 2026 at 10:00 UTC" * 20,
    ],
)
def test_what_could_mean_two_things_or_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be read as one date"):
        date_texts.moment(text)


@given(
    st.datetimes(min_value=dt.datetime(2001, 1, 1), max_value=dt.datetime(2099, 12, 31)),
    st.sampled_from(
        ["%B %d, %Y at %H:%M:%S UTC", "%b. %d, %Y  %H:%M:%S UTC", "%d %B %Y, %I:%M:%S %p UTC", "%Y-%m-%d %H:%M:%S UTC"]
    ),
)
def test_every_moment_is_read_back_from_every_form(moment: dt.datetime, form: str) -> None:
    moment = moment.replace(microsecond=0, tzinfo=dt.UTC)
    assert date_texts.moment(moment.strftime(form)) == moment
    day = form.partition("%H")[0].partition("%I")[0].strip(" at,")
    assert date_texts.date(moment.strftime(day)) == moment.date()


@given(st.one_of(st.text(), st.from_regex(r"[A-Za-z]{3,9}\.? [0-9]{1,4},? [0-9:apm. ]{0,12}(UTC)?")))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    for read in (date_texts.moment, date_texts.date):
        with contextlib.suppress(ValueError):
            assert read(text).year
