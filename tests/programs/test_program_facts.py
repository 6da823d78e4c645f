"""What is told beside a program holds from one day to another: a fee is shown from the day on which it is asked."""

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from eligibility.engine import assess
from eligibility.profile import read_profile
from programs.packs.schema.programs import Fact
from programs.rulebook import Rulebook
from tests.seeded import seeded_rulebook

ROSE = dt.date(2026, 4, 30)
A_DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return seeded_rulebook()


def fact(**period: Any) -> Fact:
    return Fact(topic="fee", text="You pay.", source="https://example.org/", as_of="2026", **period)


def fees(rulebook: Rulebook, day: dt.date) -> list[float | None]:
    found = assess(read_profile({"as_of": day.isoformat()}), rulebook.on(day)).program("fsw")
    return [one.amount_cad for one in found.facts if one.topic == "fee"]


def test_the_federal_fees_of_today_are_not_told_of_the_day_before_they_rose(rulebook: Rulebook) -> None:
    assert {1590.0, 270.0} <= set(fees(rulebook, ROSE))
    assert not {1590.0, 270.0} & set(fees(rulebook, ROSE - A_DAY))


def test_the_day_on_which_a_fact_begins_is_a_day_of_change(rulebook: Rulebook) -> None:
    assert ROSE in rulebook.days_of_change()
    assert rulebook.on(ROSE) is not rulebook.on(ROSE - A_DAY)


def test_both_days_of_a_period_belong_to_it_and_a_missing_one_sets_no_limit() -> None:
    bounded = fact(effective_from=ROSE, effective_to=ROSE + A_DAY)
    assert [bounded.holds_on(ROSE + n * A_DAY) for n in (-1, 0, 1, 2)] == [False, True, True, False]
    assert fact().holds_on(dt.date.min)
    assert fact(effective_to=ROSE).holds_on(dt.date.min)
    assert fact(effective_from=ROSE).holds_on(dt.date.max)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValidationError, match="effective_to is before effective_from"):
        fact(effective_from=ROSE, effective_to=ROSE - A_DAY)
