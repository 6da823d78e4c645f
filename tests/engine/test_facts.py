"""Facts derived from a profile: known, not known or not applying; and conditions that hold two facts together."""

from typing import Any

import pytest

from eligibility.engine.assessment import ConditionFinding
from eligibility.engine.conditions import compile_condition
from eligibility.engine.readings import Readings
from eligibility.engine.words import Words
from eligibility.facts import Facts
from eligibility.facts.values import DOES_NOT_APPLY, Met, Value, known
from eligibility.profile import read_profile
from programs.packs.schema.conditions import Compare
from programs.packs.schema.measures import Experience
from programs.rulebook import Rulebook, vocabulary
from tests.engine.conftest import Assess
from tests.profiles import JOB_OFFER, asha

IN_CANADA = {"present": True, "status": "worker", "permit": "lmia", "permit_expires": "2027-03-21", "province": "NB"}


def facts_of(rulebook: Rulebook, **changes: Any) -> Facts:
    profile = read_profile(asha(**changes))
    return Facts(profile, rulebook.on(profile.as_of))


def married(**partner: Any) -> dict[str, Any]:
    return {"marital_status": "married", "partner": {"accompanying": True, "canadian_citizen_or_pr": False, **partner}}


def offer(**changes: Any) -> dict[str, Any]:
    return {"job_offer": {**JOB_OFFER, **changes}}


def test_every_fact_of_the_vocabulary_can_be_derived(rulebook: Rulebook) -> None:
    nothing = facts_of(rulebook, **dict.fromkeys(set(asha()) - {"as_of"}))
    for facts in (nothing, facts_of(rulebook), facts_of(rulebook, **married(), **offer(), canada=IN_CANADA)):
        assert all(isinstance(facts.value(key), Value) for key in vocabulary().facts)


@pytest.mark.parametrize(
    ("fact", "changes", "value"),
    [
        ("permit_months_left", {"canada": IN_CANADA}, known(4)),
        ("permit_months_left", {"canada": {**IN_CANADA, "permit_expires": "2027-03-20"}}, known(3)),
        ("permit_months_left", {"canada": {**IN_CANADA, "permit_expires": "2026-11-20"}}, known(0)),
        ("permit_months_left", {"canada": {"present": False}}, known(0)),
        ("months_in_canada_province", {"canada": {**IN_CANADA, "months_in_province": 7}}, known(7)),
        ("months_in_canada_province", {"canada": {"present": False}}, known(0)),
        ("employer_sector", offer(employer={"naics": "72251"}), known("72")),
        ("employer_sector", {"job_offer": False}, DOES_NOT_APPLY),
        ("offer_from_government_mission", offer(from_government_mission=True), known(True)),
        ("employer_confirms_language", offer(employer={"confirms_language": False}), known(False)),
        ("category_a_positions_this_year", offer(employer={"category_a_positions_this_year": 2}), known(2)),
        ("nomination_support_letter", {"nomination": False}, known(False)),
        ("nomination_support_letter", {"nomination": {"support_letter": True}}, known(True)),
        ("permanent_residences", {"permanent_residences": ["AU"]}, known(frozenset({"AU"}))),
        (
            "permanent_residences",
            {"permanent_residences": ["AU"], "us_permanent_resident": True},
            known(frozenset({"AU", "US"})),
        ),
        ("partner_job_offer", {"marital_status": "single"}, known(False)),
        ("partner_job_offer", married(job_offer=False), known(False)),
        ("partner_job_offer_noc", married(job_offer={"noc": "21231"}), known("21231")),
        ("partner_job_offer_teer", married(job_offer={"noc": "21231"}), known(1)),
        ("partner_job_offer_teer", married(job_offer=False), DOES_NOT_APPLY),
        ("partner_canada_status", married(canada=IN_CANADA), known("worker")),
        ("partner_permit_months_left", married(canada=IN_CANADA), known(4)),
        ("partner_permit_months_left", {"marital_status": "single"}, known(0)),
    ],
)
def test_a_fact_is_read_from_its_answer(fact: str, changes: dict[str, Any], value: Value, rulebook: Rulebook) -> None:
    assert facts_of(rulebook, **changes).value(fact) == value


@pytest.mark.parametrize(
    ("fact", "changes", "missing"),
    [
        ("permit_months_left", {"canada": {**IN_CANADA, "permit_expires": None}}, "canada.permit_expires"),
        ("months_in_canada_province", {"canada": IN_CANADA}, "canada.months_in_province"),
        ("employer_sector", offer(employer=None), "job_offer.employer.naics"),
        ("permanent_residences", {"us_permanent_resident": True}, "permanent_residences"),
        ("partner_job_offer_teer", {"marital_status": None}, "marital_status"),
        ("partner_job_offer_teer", married(), "partner.job_offer"),
        ("partner_job_offer_teer", married(job_offer={}), "partner.job_offer.noc"),
        ("partner_permit_months_left", married(canada={"permit": "open"}), "partner.canada.permit_expires"),
    ],
)
def test_an_answer_not_given_is_not_known_and_named(
    fact: str, changes: dict[str, Any], missing: str, rulebook: Rulebook
) -> None:
    value = facts_of(rulebook, **changes).value(fact)
    assert not value.is_known
    assert missing in value.missing


def held(written: dict[str, Any], facts: Facts) -> ConditionFinding:
    """A condition held against facts; what it says and what it explains agree."""
    readings = Readings(facts.book, Words())
    condition = compile_condition(Compare.model_validate(written), readings)
    [view] = readings.reader(condition.slots).views(facts)
    finding = condition.finding(view.values)
    assert condition.truth(view.values)[0] is finding.met
    return finding


@pytest.mark.parametrize(
    ("op", "intends", "job_offer", "met"),
    [
        ("contains", ["ON", "BC"], JOB_OFFER, True),
        ("contains", ["BC"], JOB_OFFER, False),
        ("contains", [], JOB_OFFER, False),
        ("contains", None, JOB_OFFER, None),
        ("contains", ["ON"], {**JOB_OFFER, "province": None}, None),
        ("contains", ["ON"], None, None),
        ("contains", ["ON"], False, False),
        ("contains_none", ["BC"], JOB_OFFER, True),
        ("contains_none", ["ON"], JOB_OFFER, False),
    ],
)
def test_a_set_is_held_against_what_another_fact_names(
    op: str, intends: list[str] | None, job_offer: Any, met: Met, rulebook: Rulebook
) -> None:
    facts = facts_of(rulebook, intends_to_live_in=intends, job_offer=job_offer)
    finding = held({"fact": "intends_provinces", "op": op, "other_fact": "job_offer_province"}, facts)
    assert finding.met is met
    if intends is not None and isinstance(job_offer, dict) and job_offer["province"]:
        assert finding.needed == ("ON" if op == "contains" else "none of: ON")


@pytest.mark.parametrize(
    ("licensed", "intends", "met"), [(["ON"], ["ON", "BC"], True), (["AB"], ["ON"], False), (["ON"], None, None)]
)
def test_a_set_is_held_against_another_set(
    licensed: list[str], intends: list[str] | None, met: Met, rulebook: Rulebook
) -> None:
    licences = [{"noc": "31301", "province": province} for province in licensed]
    facts = facts_of(rulebook, licensed_in_canada=licences, intends_to_live_in=intends)
    written = {"fact": "licensed_provinces", "op": "contains", "other_fact": "intends_provinces"}
    assert held(written, facts).met is met


def test_a_choice_with_a_label_of_its_own_is_said_in_both_languages() -> None:
    region = vocabulary().facts["job_offer_region"]
    assert Words("en").one(region, "on_northern") == "Northern Ontario"
    assert Words("fr").one(region, "on_northern") == "Nord de l'Ontario"


def jobs(*changes: dict[str, Any]) -> dict[str, Any]:
    return {"work": [{**asha()["work"][0], **change} for change in changes]}


THREE_YEARS = {"noc": "21231", "start": "2018-01-01", "end": "2020-12-31"}
FOUR_YEARS = {"noc": "63200", "start": "2021-01-01", "end": "2024-12-31"}


@pytest.mark.parametrize(
    ("of_the_longer_job", "main"),
    [({}, "63200"), ({"paid": False}, "21231"), ({"paid": None}, None), ({"hours_per_week": None}, None)],
)
def test_the_main_occupation_is_known_only_if_no_open_answer_could_change_it(
    of_the_longer_job: dict[str, Any], main: str | None, rulebook: Rulebook
) -> None:
    occupation = facts_of(rulebook, **jobs(THREE_YEARS, {**FOUR_YEARS, **of_the_longer_job})).value(
        "main_occupation_noc"
    )
    assert (occupation.low if occupation.is_known else None) == main


def test_a_job_of_unknown_occupation_may_be_in_any(rulebook: Rulebook) -> None:
    facts = facts_of(rulebook, **jobs(THREE_YEARS, {**FOUR_YEARS, "noc": None}))
    worked = facts.experience(Experience(one_occupation=True), "years")
    assert (worked.low, worked.high) == (3, 7)
    assert facts.main_teer(Experience(), (1,)) is None


def test_what_hangs_on_an_offer_nobody_has_is_one_step_with_it(assess_profile: Assess) -> None:
    without = assess_profile(asha()).program("federal-gts-category-b")
    assert len(without.missed) > 1
    assert [finding.id for finding in without.steps] == ["job-offer"]
    pilot = assess_profile(asha()).program("fcip")
    assert len(pilot.steps) > 1  # French, and an offer that no requirement of its own names
