"""Work as rules count it, job by job: what counts, what may count, how long; on the very day, with answers missing."""

import datetime as dt
from typing import Any

import pytest

from eligibility.facts.values import INFINITE, Met, Value, known, unknown_name
from programs.packs.schema.measures import Experience
from programs.packs.schema.tables import OccupationList
from tests.engine.small import CITED, facts

COOKS = OccupationList.model_validate(
    {
        "id": "cooks",
        "name": "Cooks",
        "authority": "federal",
        "versions": [{"version": "1", "effective_from": "2020-01-01", **CITED, "entries": [{"noc": "63200"}]}],
    }
)
COMPLETE: dict[str, Any] = {
    "noc": "21231",
    "country": "US",
    "province": None,
    "hours_per_week": 30,
    "self_employed": False,
    "student": False,
    "authorized": True,
    "paid": True,
}


def job(start: str | None = "2026-01-05", weeks: int = 2, **changes: Any) -> dict[str, Any]:
    """Some weeks of full-time work in the United States, ended."""
    end = (dt.date.fromisoformat(start or "2026-01-05") + dt.timedelta(days=7 * weeks - 1)).isoformat()
    return {**COMPLETE, "start": start, "end": end, **changes}


def here(**changes: Any) -> dict[str, Any]:
    return job(country="CA", province="ON", **changes)


def worked(jobs: Any, rule: dict[str, Any], unit: str = "hours", **answers: Any) -> Value:
    return facts(COOKS, work=jobs, **answers).experience(Experience(**rule), unit)


SURE, MAY, NONE = known(60), Value(0, 60, ("work",)), known(0)


@pytest.mark.parametrize(
    ("one", "rule", "value"),
    [
        (job(), {}, SURE),
        # Where.
        (job(), {"countries": ("US",)}, SURE),
        (job(), {"countries": ("CA", "IN")}, NONE),
        (job(country=None), {"countries": ("US",)}, MAY),
        (job(), {"not_countries": ("US",)}, NONE),
        (job(), {"not_countries": ("CA",)}, SURE),
        (job(country=None), {"not_countries": ("CA",)}, MAY),
        (here(), {"provinces": ("ON",)}, SURE),
        (here(), {"provinces": ("BC",)}, NONE),
        (here() | {"province": None}, {"provinces": ("BC",)}, MAY),
        (job(province="ON"), {"provinces": ("ON",)}, NONE),
        (here(), {"not_provinces": ("ON",)}, NONE),
        (here(), {"not_provinces": ("BC",)}, SURE),
        (here() | {"province": None}, {"not_provinces": ("BC",)}, MAY),
        (job(province="BC"), {"not_provinces": ("BC",)}, SURE),
        (here(employer_country="US"), {}, NONE),
        (here(employer_country="CA"), {}, SURE),
        (here(employer_country="US"), {"canadian_employer": False}, SURE),
        (job(employer_country="US"), {}, SURE),
        (job(country=None, employer_country="US"), {}, MAY),
        # Which occupations.
        (job(), {"teer": (0, 1)}, SURE),
        (job(), {"teer": (2, 3)}, NONE),
        (job(noc=None), {"teer": (2, 3)}, MAY),
        (job(), {"nocs": ("21231",)}, SURE),
        (job(), {"nocs": ("63200",)}, NONE),
        (job(noc=None), {"nocs": ("63200",)}, MAY),
        (job(), {"occupation_list": "cooks"}, NONE),
        (job(noc="63200"), {"occupation_list": "cooks"}, SURE),
        (job(noc=None), {"occupation_list": "cooks"}, MAY),
        (job(), {"not_occupation_list": "cooks"}, SURE),
        (job(noc="63200"), {"not_occupation_list": "cooks"}, NONE),
        (job(noc=None), {"not_occupation_list": "cooks"}, MAY),
        # Under which circumstances.
        (job(paid=False), {}, NONE),
        (job(paid=None), {}, MAY),
        (job(self_employed=True), {}, SURE),
        (job(self_employed=True), {"self_employed": "excluded"}, NONE),
        (job(self_employed=False), {"self_employed": "excluded"}, SURE),
        (job(self_employed=None), {"self_employed": "excluded"}, MAY),
        (job(self_employed=True), {"self_employed": "excluded_in_canada"}, SURE),
        (here(self_employed=True), {"self_employed": "excluded_in_canada"}, NONE),
        (here(self_employed=None), {"self_employed": "excluded_in_canada"}, MAY),
        (job(country=None, self_employed=True), {"self_employed": "excluded_in_canada"}, MAY),
        (job(country=None, self_employed=False), {"self_employed": "excluded_in_canada"}, SURE),
        (job(student=True), {"student": "excluded"}, NONE),
        (job(student=False), {"student": "excluded"}, SURE),
        (job(student=None), {"student": "counted"}, SURE),
        (job(student=True), {"student": "excluded_in_canada"}, SURE),
        (here(student=True), {"student": "excluded_in_canada"}, NONE),
        (job(country=None, authorized=False), {}, MAY),
        (job(paid=None), {"continuous": True}, MAY),
        (job(student=None), {"student": "excluded"}, MAY),
        (job(authorized=False), {}, SURE),
        (here(authorized=False), {}, NONE),
        (here(authorized=True), {}, SURE),
        (here(authorized=None), {}, MAY),
        (job(authorized=False), {"unauthorized": "excluded"}, NONE),
        (here(authorized=False), {"unauthorized": "counted"}, SURE),
        # How long.
        (job(hours_per_week=60), {}, SURE),
        (job(hours_per_week=15), {}, known(30)),
        (job("2020-01-06", 156, hours_per_week=15), {}, known(2340)),
        (job(hours_per_week=None), {}, MAY),
        (job(hours_per_week=29.9), {"full_time_only": True}, NONE),
        (job(hours_per_week=30), {"full_time_only": True}, SURE),
        (job(weeks=1), {}, known(30)),
        (job(start="2026-11-08") | {"end": None}, {}, SURE),
        (job(start="2026-11-21") | {"end": "2026-11-21"}, {}, known(4)),
        (job(start="2025-11-14", weeks=2), {"window_years": 1}, known(30)),
        (job(start="2025-11-07", weeks=2), {"window_years": 1}, NONE),
        (job(start="2025-11-07", weeks=2) | {"end": "2025-11-21"}, {"window_years": 1}, known(4)),
        (job(start="2025-11-14", weeks=2), {"window_months": 12}, known(30)),
        (job(start="2025-11-14", weeks=2), {"window_years": 5, "window_months": 12}, known(30)),
        (job(start="2025-11-14", weeks=2), {"window_years": 1, "window_months": 60}, known(30)),
        (job(start="2025-11-14", weeks=2), {"not_last_years": 1}, known(30)),
        (job(start="2025-11-21", weeks=2), {"not_last_years": 1}, NONE),
        (job(start="2025-11-20", weeks=2), {"not_last_years": 1}, known(4)),
        (job(start="1926-11-14", weeks=2), {}, known(30)),
        (job(start=None), {}, Value(0, 155224, ("work",))),
        # Only after the day one qualified in the trade.
        (job(qualified_on="2026-01-12"), {"after_qualification": True}, known(30)),
        (job(qualified_on="2020-01-12"), {"after_qualification": True}, SURE),
        (job(qualified_on="2026-01-19"), {"after_qualification": True}, NONE),
        (job(), {"after_qualification": True}, MAY),
        (job(), {"after_qualification": False}, SURE),
        # Only jobs of some length.
        (job(start="2026-01-05") | {"end": "2026-02-04"}, {"minimum_job_months": 1}, known(132)),
        (job(start="2026-01-05") | {"end": "2026-02-03"}, {"minimum_job_months": 1}, NONE),
        (job(start="2026-10-22") | {"end": None}, {"minimum_job_months": 1}, known(132)),
        (job(start="2026-10-23") | {"end": None}, {"minimum_job_months": 1}, NONE),
        (job(start=None), {"minimum_job_months": 1, "window_months": 1}, NONE),
        (job(start=None) | {"end": None}, {"minimum_job_months": 1, "window_months": 1}, Value(0, 137, ("work",))),
        # In one occupation.
        (job(), {"one_occupation": True}, SURE),
        (job(noc=None), {"one_occupation": True}, MAY),
        (job(noc=None), {}, SURE),
    ],
)
def test_a_job_counts_as_the_rule_asks(one: dict[str, Any], rule: dict[str, Any], value: Value) -> None:
    assert worked([one], rule) == value


COOK = job("2026-03-02", noc="63200")


@pytest.mark.parametrize(
    ("jobs", "rule", "value"),
    [
        ([], {}, NONE),
        ([job(), COOK], {}, known(120)),
        ([job(), job()], {}, SURE),  # at the same time: at most full time
        ([job(hours_per_week=10), job(hours_per_week=15)], {}, known(50)),
        ([job(hours_per_week=10), job("2026-01-12", hours_per_week=15)], {}, known(10 + 25 + 15)),
        ([job(), COOK], {"one_occupation": True}, SURE),
        ([job(), job("2026-03-02", 3, noc="63200")], {"one_occupation": True}, known(90)),
        ([job(), job("2026-03-02", noc=None)], {"one_occupation": True}, Value(60, 120, ("work",))),
        ([job(noc=None), job("2026-03-02", noc=None)], {"one_occupation": True}, Value(0, 120, ("work",))),
        ([job(), COOK, job("2026-05-04", noc=None)], {"one_occupation": True}, Value(60, 120, ("work",))),
        ([job(), job("2026-03-02", paid=None)], {}, Value(60, 120, ("work",))),
        ([job(), job("2026-01-19")], {"continuous": True}, known(120)),
        ([job(), job("2026-01-20")], {"continuous": True}, SURE),
        ([job(), job("2026-01-20", 3)], {"continuous": True}, known(90)),
        ([job("2026-03-02", 3), job()], {"continuous": True}, known(90)),
        ([job(weeks=6), job("2026-01-12", 1)], {"continuous": True}, known(180)),
        ([job(), job("2026-03-02", hours_per_week=15)], {"full_time_only": True}, SURE),
        ([job(hours_per_week=15)] * 2, {"full_time_only": True}, SURE),
        ([job(paid=False), COOK], {}, SURE),
    ],
)
def test_several_jobs_add_up_as_the_rule_asks(jobs: Any, rule: dict[str, Any], value: Value) -> None:
    assert worked(jobs, rule) == value


@pytest.mark.parametrize(
    ("weeks", "unit", "amount"),
    [
        (52, "years", 1),
        (51, "years", 0),
        (52, "months", 12),
        (51, "months", 11),
        (52, "hours", 1560),
        (104, "years", 2),
    ],
)
def test_experience_is_said_in_whole_units(weeks: int, unit: str, amount: int) -> None:
    assert worked([job("2020-01-06", weeks)], {}, unit) == known(amount)


def test_several_jobs_together_are_said_in_whole_units() -> None:
    halves = [job("2020-01-06", 26), job("2021-01-04", 26, noc="63200")]
    assert worked(halves, {}, "years") == known(1)
    assert worked(halves, {}, "months") == known(12)
    halves[1]["paid"] = None
    assert worked(halves, {}, "months") == Value(6, 12, ("work",))
    assert worked(halves, {}, "years") == Value(0, 1, ("work",))


def test_of_work_not_spoken_of_there_may_be_as_much_as_the_window_holds() -> None:
    assert worked(None, {"window_years": 1}, "months") == Value(0, 12, ("work",))
    assert worked(None, {"window_months": 1}) == Value(0, 137, ("work",))


OFFER = {"job_offer": {"noc": "21231"}}
THERE = {"residence": "CA", "job_offer": {"noc": "21231", "works_there_now": True}}
SAME = {"same_as": {"of": "job_offer"}}
PRESENT = {"present_employer": True}
NOW = here(start="2026-11-08") | {"end": None}


@pytest.mark.parametrize(
    ("jobs", "rule", "answers", "value"),
    [
        ([job()], SAME, OFFER, SURE),
        ([COOK], SAME, OFFER, NONE),
        ([COOK, job()], SAME, OFFER, SURE),
        ([job(noc="21299")], SAME, OFFER, NONE),
        ([job(noc="21299")], {"same_as": {"of": "job_offer", "digits": 3}}, OFFER, SURE),
        ([job(noc="21399")], {"same_as": {"of": "job_offer", "digits": 3}}, OFFER, NONE),
        ([job(noc=None)], SAME, OFFER, MAY),
        ([job()], SAME, {}, MAY),
        ([job()], SAME, {"job_offer": {}}, MAY),
        ([job()], SAME, {"job_offer": False}, NONE),
        ([job(noc=None)], SAME, {"job_offer": False}, MAY),
        ([job(noc=None), COOK], SAME, {"job_offer": False}, MAY),
        ([COOK], {"same_as": {"of": "trade_certificate"}}, {"trade_certificate": {"noc": "63200"}}, SURE),
        ([COOK], {"same_as": {"of": "trade_certificate"}}, {"trade_certificate": False}, NONE),
        ([NOW], PRESENT, THERE, SURE),
        ([NOW, COOK], PRESENT, THERE, SURE),
        ([here()], PRESENT, THERE, NONE),
        ([job("2026-11-08") | {"end": None}], PRESENT, THERE, NONE),
        ([NOW | {"country": None}], PRESENT, THERE, MAY),
        ([NOW, NOW], PRESENT, THERE, MAY),
        ([NOW, job("2026-11-08") | {"end": None}], PRESENT, THERE, SURE),
        ([NOW, NOW | {"country": None}], PRESENT, THERE, MAY),
        ([NOW], PRESENT, {"residence": "CA", "job_offer": {}}, MAY),
        ([here()], PRESENT, {"residence": "CA", "job_offer": {}}, NONE),
        ([NOW], PRESENT, {"residence": "US", "job_offer": {}}, NONE),
        ([NOW], PRESENT, {"residence": "CA", "job_offer": {"works_there_now": False}}, NONE),
        ([NOW], PRESENT, {"job_offer": False}, NONE),
    ],
)
def test_work_is_held_against_the_offer_and_the_certificate(
    jobs: Any, rule: dict[str, Any], answers: dict[str, Any], value: Value
) -> None:
    assert worked(jobs, rule, **answers) == value


@pytest.mark.parametrize(
    ("jobs", "teer", "mainly"),
    [
        (None, (1,), None),
        ([], (1,), False),
        ([job()], (1,), True),
        ([job()], (0, 3), False),
        ([job(), job("2026-03-02", 3, noc="63200")], (3,), True),
        ([job(weeks=3), COOK], (3,), False),
        ([job(), COOK], (1,), True),
        ([job(), COOK], (3,), False),
        ([job(noc=None)], (1,), None),
        ([job(paid=None)], (1,), None),
        ([job(paid=False)], (1,), False),
    ],
)
def test_most_of_the_time_was_worked_in_a_teer_category(jobs: Any, teer: tuple[int, ...], mainly: Met) -> None:
    assert facts(work=jobs).main_teer(Experience(), teer) is mainly


UNSAID = unknown_name("work")


@pytest.mark.parametrize(
    ("jobs", "main"),
    [
        (None, UNSAID),
        ([], known(None)),
        ([job()], known("21231")),
        ([job(paid=None)], UNSAID),
        ([job(paid=False)], known(None)),
        ([job(noc=None)], UNSAID),
        ([job(), job("2026-03-02", 3, noc="63200")], known("63200")),
        ([job(weeks=3), COOK], known("21231")),
        ([job(), COOK], known("21231")),  # as much of both: the lower code
        ([job(weeks=3), job("2026-03-02", 3, noc="63200", paid=None)], known("21231")),
        ([job(weeks=3, paid=None), job("2026-03-02", 3, noc="63200")], UNSAID),
        ([job(weeks=3), job("2026-03-02", 4, noc="63200", paid=None)], UNSAID),
        ([job(weeks=4), job("2026-03-02", 3, noc="63200", paid=None)], known("21231")),
        ([job("2015-01-05", 50), COOK], known("63200")),
        ([here(authorized=False, employer_country="US")], known("21231")),
    ],
)
def test_the_main_occupation_is_that_with_the_most_time(jobs: Any, main: Value) -> None:
    assert facts(work=jobs).value("main_occupation_noc") == main


def test_the_teer_of_the_main_occupation_does_not_apply_without_work() -> None:
    assert facts(work=[]).value("main_occupation_teer") == known(None)
    assert facts(work=[COOK]).value("main_occupation_teer") == known(3)


def test_a_permanent_offer_lasts_longer_than_any_window() -> None:
    assert facts(job_offer={"permanent": True}).value("job_offer_months").low == INFINITE


def test_of_someone_without_a_partner_there_is_no_work_of_a_partner() -> None:
    partner = {"accompanying": True, "canadian_citizen_or_pr": False, "work": [job()]}
    rule = Experience(person="partner")
    assert facts(marital_status="single").experience(rule, "hours") == NONE
    assert facts(marital_status="married", partner=partner).experience(rule, "hours") == SURE
    unsaid = facts(marital_status="married").experience(rule, "hours")
    assert (unsaid.low, unsaid.missing) == (0, ("partner.work",))


@pytest.mark.parametrize(("days", "hours"), [(("2026-03-02",), 4), (("2026-03-02", "2026-05-04"), 8)])
def test_a_job_of_one_day_counts_for_a_day(days: tuple[str, ...], hours: int) -> None:
    given = {"noc": "63200", "country": "US", "hours_per_week": 30, "paid": True, "self_employed": False}
    jobs = [{**given, "student": False, "authorized": True, "start": day, "end": day} for day in days]
    assert facts(work=jobs).experience(Experience(window_years=2), "hours") == known(hours)
