"""Every day that counts for an H-1B worker: exact, the earlier of two, and unknown where a date is."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.h1b.clock import Entry, clock, grace_end, six_years_end, six_years_end_by_months
from eligibility.profile import read_profile
from programs.packs.schema import H1BSituations
from programs.rulebook import Rulebook
from tests.seeded import seeded_rulebook

TODAY = dt.date(2026, 11, 21)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))
STAY, LAST_DAY = "h1b.i94_expires", "h1b.last_day_worked"


def entries(asked: tuple[str, ...] = (), rulebook: Rulebook | None = None, **parts: Any) -> dict[str, Entry]:
    """The entries of a person, by id."""
    profile = read_profile({"as_of": TODAY.isoformat(), **parts})
    return {entry.id: entry for entry in clock(profile, rulebook or seeded_rulebook(), TODAY, asked)}


def on(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


def test_the_grace_period_ends_sixty_days_after_the_last_day_of_work() -> None:
    grace = entries(h1b={"status": "laid_off", "last_day_worked": "2026-10-19", "i94_expires": "2027-09-30"})["grace"]
    assert (grace.day, grace.days_left(TODAY)) == (on("2026-12-18"), 27)
    assert (grace.with_stay, grace.at_latest, grace.is_urgent, grace.missing) == (False, False, True, ())


def test_the_grace_period_ends_with_the_stay_if_that_is_sooner() -> None:
    found = entries(h1b={"status": "laid_off", "last_day_worked": "2026-10-19", "i94_expires": "2026-12-01"})
    assert (found["grace"].day, found["grace"].with_stay) == (on("2026-12-01"), True)
    assert "stay" not in found, "the end of the stay is told once"


def test_without_the_i94_date_the_grace_period_is_told_as_the_latest_day() -> None:
    grace = entries(h1b={"status": "laid_off", "last_day_worked": "2026-10-19"})["grace"]
    assert (grace.day, grace.at_latest, grace.missing) == (on("2026-12-18"), True, (STAY,))


def test_without_the_last_day_of_work_the_grace_period_is_unknown_and_asks_for_it() -> None:
    found = entries(h1b={"status": "laid_off", "i94_expires": "2027-09-30"})
    assert (found["grace"].day, found["grace"].missing) == (None, (LAST_DAY,))
    assert found["stay"].day == on("2027-09-30")


@pytest.mark.parametrize(
    ("first_day", "abroad", "last_day"),
    [
        ("2020-10-01", 0, "2026-09-30"),
        ("2020-10-01", 45, "2026-11-14"),
        ("2020-02-29", 0, "2026-02-28"),
        ("2022-03-01", 0, "2028-02-29"),
    ],
)
def test_six_years_end_the_day_before_their_anniversary(
    document: H1BSituations, first_day: str, abroad: int, last_day: str
) -> None:
    assert six_years_end(document.six_year_limit, on(first_day), abroad) == on(last_day)


def test_months_used_leave_the_rest_of_the_six_years(document: H1BSituations) -> None:
    assert six_years_end_by_months(document.six_year_limit, 60, TODAY) == on("2027-11-21")
    assert six_years_end_by_months(document.six_year_limit, 80, TODAY) == on("2026-03-21")


def test_a_known_last_day_of_the_six_years_goes_before_the_one_worked_out() -> None:
    found = entries(h1b={"status": "max_out", "first_h1b_day": "2020-10-01", "six_years_end": "2027-01-15"})
    assert found["six-years"].day == on("2027-01-15")


@pytest.mark.parametrize(("i140", "is_open"), [(True, True), (False, False), (None, None)])
def test_an_approved_i140_opens_three_years_more_and_takes_the_hurry_away(i140: Any, is_open: Any) -> None:
    found = entries(h1b={"status": "employed", "six_years_end": "2026-12-10", "i140_approved": i140})["six-years"]
    assert [way.is_open for way in found.ways_on if way.rule.years == 3] == [is_open]
    assert found.is_urgent is not (is_open is True)


@pytest.mark.parametrize(("filed", "is_open"), [("2025-12-10", True), ("2025-12-11", False), (None, None)])
def test_a_labor_certification_opens_one_year_more_when_365_days_have_passed(filed: Any, is_open: Any) -> None:
    told = {"status": "employed", "six_years_end": "2026-12-10", "labor_certification_filed_on": filed}
    found = entries(h1b=told)
    assert [way.is_open for way in found["six-years"].ways_on if way.rule.years == 1] == [is_open]
    assert (found["way-on"].day if filed else None) == (on(filed) + dt.timedelta(days=365) if filed else None)


def test_work_goes_on_for_240_days_while_an_extension_filed_in_time_is_pending() -> None:
    told = {"status": "employed", "extension_pending": True, "i94_expires": "2026-10-01"}
    found = entries(h1b={**told, "petition_filed_on": "2026-09-15"})
    assert found["pending-extension"].day == on("2027-05-29")
    assert "stay" not in found
    assert entries(h1b=told)["pending-extension"].missing == ("h1b.petition_filed_on",)


def test_an_extension_filed_late_gives_no_days() -> None:
    told = {"status": "employed", "extension_pending": True, "i94_expires": "2026-10-01"}
    late = entries(h1b={**told, "petition_filed_on": "2026-10-02"})["pending-extension"]
    assert (late.day, late.is_late, late.is_urgent) == (on("2026-10-01"), True, True)


def test_a_pending_extension_without_the_i94_date_is_unknown() -> None:
    pending = entries(h1b={"status": "employed", "extension_pending": True})["pending-extension"]
    assert (pending.day, pending.missing) == (None, (STAY,))


@pytest.mark.parametrize(
    ("stay", "day"), [("2027-10-20", "2027-10-10"), ("2027-10-05", "2027-10-05"), (None, "2027-10-10")]
)
def test_ten_days_follow_the_petition_only_as_far_as_the_stay_goes(stay: Any, day: str) -> None:
    found = entries(h1b={"status": "employed", "expires": "2027-09-30", "i94_expires": stay})["ten-days"]
    assert (found.day, found.at_latest) == (on(day), stay is None)


def test_no_ten_days_where_the_stay_ends_with_the_petition_or_the_job_has_ended() -> None:
    dates = {"expires": "2027-09-30", "i94_expires": "2027-09-30"}
    assert "ten-days" not in entries(h1b={"status": "employed", **dates})
    ended = entries(h1b={"status": "laid_off", "last_day_worked": "2026-11-01", **dates, "i94_expires": "2027-10-20"})
    assert not {"ten-days", "petition"} & set(ended)


def test_children_turn_21_for_the_united_states_and_22_for_canada() -> None:
    found = entries(h1b={"status": "employed"}, children=[{"birth_date": "2006-03-01"}])
    assert (found["child_us"].day, found["child_canada"].day) == (on("2027-03-01"), on("2028-03-01"))
    assert (found["child_us"].age, found["child_canada"].age) == (21, 22)


def test_a_young_child_is_not_told_of_yet() -> None:
    assert not entries(h1b={"status": "employed"}, children=[{"birth_date": "2020-04-02"}])


def test_the_2023_permit_of_its_holder_runs_out() -> None:
    permit = {"present": True, "permit": "h1b_open", "permit_expires": "2026-12-15"}
    found = entries(h1b={"status": "none"}, canada=permit)["open-permit-2023"]
    assert (found.day, found.is_urgent) == (on("2026-12-15"), True)
    assert "open-permit-2023" not in entries(h1b={"status": "none"}, canada={**permit, "permit": "pgwp"})
    assert entries(h1b={"status": "none"}, canada={**permit, "permit_expires": None})["open-permit-2023"].day is None


def test_a_date_is_missed_only_where_it_is_asked_for() -> None:
    assert not entries(h1b={"status": "employed"})
    found = entries(("h1b.i94_expires", "h1b.first_h1b_day"), h1b={"status": "employed"})
    assert {name: entry.missing for name, entry in found.items()} == {
        "stay": ("h1b.i94_expires",),
        "six-years": ("h1b.first_h1b_day",),
    }


def test_without_an_h1b_there_is_no_clock() -> None:
    assert entries() == {}


@given(last_day=DAYS, stay=st.none() | DAYS)
def test_the_grace_period_is_the_earlier_of_the_two(last_day: dt.date, stay: dt.date | None) -> None:
    profile = {"status": "laid_off", "last_day_worked": last_day.isoformat(), "i94_expires": stay and stay.isoformat()}
    grace = entries(h1b=profile)["grace"]
    assert grace.day is not None
    assert grace.day <= last_day + dt.timedelta(days=60)
    assert grace.day in {last_day + dt.timedelta(days=60), stay}
    assert stay is None or grace.day <= stay
    assert grace.at_latest is (stay is None)


@given(first=DAYS, abroad=st.integers(0, 2000))
def test_days_abroad_move_the_six_years_day_by_day(first: dt.date, abroad: int) -> None:
    found = seeded_rulebook().of_kind(H1BSituations)[0].six_year_limit
    plain = six_years_end(found, first)
    assert six_years_end(found, first, abroad) - plain == dt.timedelta(days=abroad)
    assert 2190 <= (plain - first).days <= 2191


OPTIONAL = st.none() | DAYS.map(dt.date.isoformat)
PROFILES = st.fixed_dictionaries(
    {
        "status": st.sampled_from(["employed", "laid_off", "denied", "max_out", "expired", "none"]),
        **dict.fromkeys(("last_day_worked", "i94_expires", "expires", "visa_valid_until", "first_h1b_day"), OPTIONAL),
        **dict.fromkeys(("petition_filed_on", "response_due", "labor_certification_filed_on"), OPTIONAL),
        "extension_pending": st.none() | st.booleans(),
        "i140_approved": st.none() | st.booleans(),
        "days_abroad": st.none() | st.integers(0, 400),
    }
)


@given(told=PROFILES)
def test_known_days_come_first_and_in_order_and_unknown_ones_say_what_is_missing(told: dict[str, Any]) -> None:
    profile = read_profile({"as_of": TODAY.isoformat(), "h1b": told})
    found = clock(profile, seeded_rulebook(), TODAY, {"h1b.i94_expires", "h1b.expires", "h1b.first_h1b_day"})
    known = [entry.day for entry in found if entry.day is not None]
    assert known == sorted(known)
    assert [entry.day is None for entry in found] == sorted(entry.day is None for entry in found)
    assert all(entry.missing for entry in found if entry.day is None)


@given(told=PROFILES, name=st.sampled_from(["i94_expires", "last_day_worked", "first_h1b_day"]))
def test_learning_a_date_never_makes_a_known_grace_day_later(told: dict[str, Any], name: str) -> None:
    def grace(h1b: dict[str, Any]) -> dt.date | None:
        entry = entries(h1b={**h1b, "status": "laid_off"})["grace"]
        return entry.day

    before = grace({**told, name: None})
    after = grace(told)
    if before is not None and after is not None:
        assert after <= before


def test_the_grace_rule_is_the_one_that_results_use(document: H1BSituations) -> None:
    rule = document.grace_period
    assert grace_end(rule, on("2024-01-01"), None) == on("2024-03-01"), "2024 has a 29 February"
    assert grace_end(rule, on("2023-01-01"), None) == on("2023-03-02")
