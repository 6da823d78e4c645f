"""Facts at the edges: nothing known, "none" instead of nothing, the very day, and which answers would settle them."""

import datetime as dt
from typing import Any

import pytest

from eligibility.facts import Facts, branches
from eligibility.facts.values import (
    ANYTHING,
    DOES_NOT_APPLY,
    INFINITE,
    NO,
    YES,
    Value,
    known,
    unknown_name,
    unknown_number,
    unknown_truth,
)
from programs.packs.schema.measures import Credential, Relative
from tests.engine.small import facts

T, A, N = unknown_truth, unknown_name, unknown_number
MARRIED: dict[str, Any] = {"marital_status": "married"}


def some_of(*missing: str) -> Value:
    """A set of which nothing is known."""
    return Value(frozenset(), ANYTHING, missing)


def of_offer(name: str) -> tuple[str, ...]:
    return (f"job_offer.{name}",)


# What each fact is where nothing is known of what it stands for, and where it does not apply (None: it always does).
NOTHING_KNOWN: dict[str, tuple[Value, Value]] = {
    "job_offer_noc": (A(*of_offer("noc")), DOES_NOT_APPLY),
    "job_offer_major_group": (A(*of_offer("noc")), DOES_NOT_APPLY),
    "job_offer_province": (A(*of_offer("province")), DOES_NOT_APPLY),
    "job_offer_hours": (N(*of_offer("hours_per_week")), DOES_NOT_APPLY),
    "job_offer_permanent": (T(*of_offer("permanent")), DOES_NOT_APPLY),
    "job_offer_months": (N("job_offer.duration_months", "job_offer.permanent"), DOES_NOT_APPLY),
    "job_offer_annual_wage": (N(*of_offer("annual_wage")), DOES_NOT_APPLY),
    "job_offer_hourly_wage": (N(*of_offer("hourly_wage")), DOES_NOT_APPLY),
    "job_offer_local_median_hourly_wage": (N(*of_offer("local_median_hourly_wage")), DOES_NOT_APPLY),
    "job_offer_lmia": (A(*of_offer("lmia")), DOES_NOT_APPLY),
    "job_offer_intra_company": (T(*of_offer("intra_company")), DOES_NOT_APPLY),
    "job_offer_seasonal": (T(*of_offer("seasonal")), DOES_NOT_APPLY),
    "job_offer_region": (A(*of_offer("region")), DOES_NOT_APPLY),
    "job_offer_supports_nomination": (T(*of_offer("supports_nomination")), DOES_NOT_APPLY),
    "job_offer_cusma_profession": (A(*of_offer("cusma_profession")), DOES_NOT_APPLY),
    "offer_from_government_mission": (T(*of_offer("from_government_mission")), DOES_NOT_APPLY),
    "employer_years_in_business": (N(*of_offer("employer_years_in_business")), DOES_NOT_APPLY),
    "employer_years_in_province": (N(*of_offer("employer.years_in_province")), DOES_NOT_APPLY),
    "employer_full_time_staff": (N(*of_offer("employer.full_time_staff")), DOES_NOT_APPLY),
    "employer_annual_revenue": (N(*of_offer("employer.annual_revenue_cad")), DOES_NOT_APPLY),
    "employer_naics": (A(*of_offer("employer.naics")), DOES_NOT_APPLY),
    "employer_sector": (A(*of_offer("employer.naics")), DOES_NOT_APPLY),
    "employer_public_body": (T(*of_offer("employer.public_body")), DOES_NOT_APPLY),
    "employer_applicant_ownership": (N(*of_offer("employer.applicant_ownership_percent")), DOES_NOT_APPLY),
    "employer_category_a_referral": (T(*of_offer("employer.category_a_referral")), DOES_NOT_APPLY),
    "employer_designated_for": (some_of(*of_offer("employer.designated_for")), DOES_NOT_APPLY),
    "employer_confirms_language": (T(*of_offer("employer.confirms_language")), DOES_NOT_APPLY),
    "category_a_positions_this_year": (N(*of_offer("employer.category_a_positions_this_year")), DOES_NOT_APPLY),
}


@pytest.mark.parametrize("fact", NOTHING_KNOWN)
def test_a_fact_of_the_offer_is_unknown_until_said_and_does_not_apply_without_one(fact: str) -> None:
    open_, without = NOTHING_KNOWN[fact]
    assert facts(job_offer={}).value(fact) == open_
    assert facts(job_offer=False).value(fact) == without
    assert facts().value(fact) == open_._replace(missing=("job_offer",))


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("in_canada", T("canada.present", "residence")),
        ("canada_permit", A("canada.permit")),
        ("permit_months_left", N("canada.permit", "canada.permit_expires")),
        ("canada_status", A("canada.status")),
        ("authorized_to_work_in_canada", T("canada.permit", "canada.present", "residence")),
        ("canada_province", A("canada.province")),
        ("months_in_canada_province", N("canada.months_in_province")),
        ("partner_canada_status", A("marital_status")),
        ("partner_permit_months_left", N("marital_status")),
        ("partner_job_offer", T("marital_status")),
        ("partner_job_offer_noc", A("marital_status")),
        ("partner_job_offer_teer", N("marital_status", high=5)),
        ("job_offer", T("job_offer")),
        ("job_offer_teer", N("job_offer.noc", high=5)),
        ("works_for_offering_employer", T("job_offer.works_there_now")),
        ("months_in_offered_job", N("job_offer.months_in_this_job")),
        ("trade_certificate", T("trade_certificate")),
        ("trade_certificate_province", A("trade_certificate")),
        ("nomination", T("nomination")),
        ("nomination_express_entry", T("nomination")),
        ("nomination_province", A("nomination")),
        ("nomination_support_letter", T("nomination")),
        ("h1b_status", A("h1b.status")),
        ("h1b_visa_valid", T("h1b.visa_valid_until")),
        ("lives_in_us", T("h1b.lives_in_us", "residence")),
        ("us_permanent_resident", T("us_permanent_resident")),
        ("us_months_with_employer", N("us_job.months_with_employer")),
        ("us_job_capacity", A("us_job.capacity")),
        ("us_employer_has_canadian_affiliate", T("us_job.employer_has_canadian_affiliate")),
        ("intends_provinces", some_of("intends_to_live_in")),
        ("intends_quebec", T("intends_to_live_in")),
        ("express_entry_profile", T("express_entry_profile")),
        ("citizenships", some_of("citizenships")),
        ("permanent_residences", some_of("permanent_residences")),
        ("residence", A("residence")),
        ("settlement_funds", N("settlement_funds_cad")),
        ("annual_family_income", N("annual_family_income_cad")),
        ("licensed_provinces", some_of("licensed_in_canada")),
        ("invitation_letters", some_of("invitation_letters")),
        ("age", N("birth_date", high=150)),
        ("has_partner", T("marital_status")),
        ("partner_counts", T("marital_status", "partner.accompanying", "partner.canadian_citizen_or_pr")),
        ("dependent_children", N("children", high=50)),
        ("family_size", Value(1, 50, ("family_size", "marital_status", "children"))),
        ("education_level", Value(0, 8, ("education",))),
        ("partner_education_level", Value(0, 8, ("partner.education",))),
        ("main_occupation_noc", A("work")),
        ("main_occupation_teer", N("work", high=5)),
        ("first_language_reading", N("language_tests", high=12)),
        ("english_lowest", N("language_tests", high=12)),
        ("french_speaking", N("language_tests", high=12)),
        ("partner_language_lowest", N("partner.language_tests", high=12)),
    ],
)
def test_of_someone_who_said_nothing_each_fact_names_what_would_settle_it(fact: str, value: Value) -> None:
    assert facts().value(fact) == value


IN_CANADA = {"present": True, "status": "worker", "permit": "open", "permit_expires": "2027-03-21", "province": "NB"}
US_OFFER = {"annual_wage": 104000, "hours_per_week": 40}


@pytest.mark.parametrize(
    ("fact", "answers", "value"),
    [
        # Presence, status and permit.
        ("in_canada", {"residence": "CA"}, YES),
        ("in_canada", {"residence": "US"}, NO),
        ("in_canada", {"residence": "CA", "canada": {"present": False}}, NO),
        ("in_canada", {"residence": "US", "canada": {"present": True}}, YES),
        ("in_canada", {"residence": "CA", "canada": {}}, YES),
        ("canada_permit", {"canada": IN_CANADA}, known("open")),
        ("canada_permit", {"canada": {**IN_CANADA, "permit_expires": "2026-11-21"}}, known("open")),
        ("canada_permit", {"canada": {**IN_CANADA, "permit_expires": "2026-11-20"}}, known("none")),
        ("canada_permit", {"canada": {**IN_CANADA, "permit_expires": None}}, known("open")),
        ("canada_permit", {"residence": "US"}, known("none")),
        ("canada_permit", {"residence": "CA"}, A("canada.permit")),
        ("canada_permit", {"canada": {"status": "visitor"}}, known("none")),
        ("canada_permit", {"canada": {"status": "none"}}, known("none")),
        ("canada_permit", {"canada": {"status": "student"}}, A("canada.permit")),
        ("permit_months_left", {"canada": {**IN_CANADA, "permit_expires": "2026-12-21"}}, known(1)),
        ("permit_months_left", {"canada": {**IN_CANADA, "permit": "none"}}, known(0)),
        ("permit_months_left", {"canada": {"permit": "open"}}, N("canada.permit_expires")),
        ("permit_months_left", {"canada": {"permit_expires": "2027-03-21"}}, Value(0, 4, ("canada.permit",))),
        ("permit_months_left", {"canada": {"permit_expires": "2026-12-20"}}, known(0)),
        ("canada_status", {"canada": IN_CANADA}, known("worker")),
        ("canada_status", {"residence": "US"}, known("none")),
        ("canada_status", {"residence": "CA"}, A("canada.status")),
        ("canada_province", {"canada": IN_CANADA}, known("NB")),
        ("months_in_canada_province", {"canada": {"months_in_province": 0, "present": True}}, known(0)),
        ("months_in_canada_province", {"residence": "US"}, known(0)),
        ("months_in_canada_province", {"residence": "CA"}, N("canada.months_in_province")),
        ("authorized_to_work_in_canada", {"canada": IN_CANADA}, YES),
        ("authorized_to_work_in_canada", {"canada": {**IN_CANADA, "present": False}}, NO),
        ("authorized_to_work_in_canada", {"canada": {**IN_CANADA, "permit": "none"}}, NO),
        ("authorized_to_work_in_canada", {"canada": {"present": True}}, T("canada.permit")),
        ("authorized_to_work_in_canada", {"canada": {"permit": "open"}}, T("canada.present", "residence")),
        # The partner in Canada, and the partner's offer.
        ("partner_canada_status", {"marital_status": "single"}, DOES_NOT_APPLY),
        ("partner_canada_status", MARRIED, A("partner.canada.status")),
        ("partner_canada_status", {**MARRIED, "partner": {"canada": {"present": False}}}, known("none")),
        ("partner_canada_status", {**MARRIED, "partner": {"canada": IN_CANADA}}, known("worker")),
        ("partner_permit_months_left", MARRIED, N("partner.canada.permit", "partner.canada.permit_expires")),
        ("partner_permit_months_left", {**MARRIED, "partner": {"canada": {"present": False}}}, known(0)),
        ("partner_permit_months_left", {**MARRIED, "partner": {"canada": IN_CANADA}}, known(4)),
        ("partner_job_offer", MARRIED, T("partner.job_offer")),
        ("partner_job_offer", {**MARRIED, "partner": {"job_offer": {}}}, YES),
        ("partner_job_offer", {**MARRIED, "partner": {"job_offer": False}}, NO),
        ("partner_job_offer_noc", MARRIED, A("partner.job_offer")),
        ("partner_job_offer_noc", {**MARRIED, "partner": {"job_offer": {}}}, A("partner.job_offer.noc")),
        ("partner_job_offer_noc", {**MARRIED, "partner": {"job_offer": False}}, DOES_NOT_APPLY),
        ("partner_job_offer_noc", {"marital_status": "single"}, DOES_NOT_APPLY),
        ("partner_job_offer_teer", MARRIED, N("partner.job_offer", high=5)),
        ("partner_job_offer_teer", {**MARRIED, "partner": {"job_offer": {"noc": "75110"}}}, known(5)),
        ("partner_job_offer_teer", {**MARRIED, "partner": {"job_offer": False}}, DOES_NOT_APPLY),
        # The offer and its employer.
        ("job_offer", {"job_offer": {}}, YES),
        ("job_offer", {"job_offer": False}, NO),
        ("job_offer_teer", {"job_offer": {"noc": "63200"}}, known(3)),
        ("job_offer_teer", {"job_offer": {}}, N("job_offer.noc", high=5)),
        ("job_offer_teer", {"job_offer": False}, DOES_NOT_APPLY),
        ("job_offer_noc", {"job_offer": {"noc": "63200"}}, known("63200")),
        ("job_offer_major_group", {"job_offer": {"noc": "63200"}}, known("63")),
        ("employer_sector", {"job_offer": {"employer": {"naics": "7225"}}}, known("72")),
        ("employer_naics", {"job_offer": {"employer": {"naics": "7225"}}}, known("7225")),
        (
            "employer_designated_for",
            {"job_offer": {"employer": {"designated_for": ["aip"]}}},
            known(frozenset({"aip"})),
        ),
        ("job_offer_hours", {"job_offer": {"hours_per_week": 37.5}}, known(37.5)),
        ("job_offer_months", {"job_offer": {"permanent": True, "duration_months": 12}}, known(INFINITE)),
        ("job_offer_months", {"job_offer": {"permanent": False, "duration_months": 12}}, known(12)),
        ("job_offer_months", {"job_offer": {"duration_months": 12}}, Value(12, INFINITE, ("job_offer.permanent",))),
        (
            "job_offer_months",
            {"job_offer": {"permanent": False}},
            N("job_offer.duration_months", "job_offer.permanent"),
        ),
        ("job_offer_hourly_wage", {"job_offer": US_OFFER}, known(50)),
        ("job_offer_hourly_wage", {"job_offer": {**US_OFFER, "annual_wage": 100000}}, known(48.08)),
        ("job_offer_hourly_wage", {"job_offer": {**US_OFFER, "hourly_wage": 49}}, known(49)),
        ("job_offer_hourly_wage", {"job_offer": {"annual_wage": 104000}}, N("job_offer.hourly_wage")),
        ("job_offer_hourly_wage", {"job_offer": {"hours_per_week": 40}}, N("job_offer.hourly_wage")),
        ("job_offer_annual_wage", {"job_offer": US_OFFER}, known(104000)),
        ("job_offer_annual_wage", {"job_offer": {"hourly_wage": 50, "hours_per_week": 40}}, known(104000)),
        ("job_offer_annual_wage", {"job_offer": {"hourly_wage": 33.3333, "hours_per_week": 37.5}}, known(64999.93)),
        ("job_offer_annual_wage", {"job_offer": {"hourly_wage": 50}}, N("job_offer.annual_wage")),
        ("job_offer_annual_wage", {"job_offer": {"hours_per_week": 40}}, N("job_offer.annual_wage")),
        ("works_for_offering_employer", {"job_offer": False}, NO),
        ("works_for_offering_employer", {"residence": "US", "job_offer": {"works_there_now": True}}, NO),
        ("works_for_offering_employer", {"residence": "CA", "job_offer": {"works_there_now": True}}, YES),
        ("works_for_offering_employer", {"residence": "CA", "job_offer": {}}, T("job_offer.works_there_now")),
        ("months_in_offered_job", {"job_offer": False}, known(0)),
        ("months_in_offered_job", {"residence": "US", "job_offer": {}}, known(0)),
        ("months_in_offered_job", {"residence": "US"}, known(0)),
        ("months_in_offered_job", {"residence": "CA", "job_offer": {}}, N("job_offer.months_in_this_job")),
        ("months_in_offered_job", {"residence": "US", "job_offer": {"months_in_this_job": 7}}, known(7)),
        # What one holds.
        ("trade_certificate", {"trade_certificate": False}, NO),
        ("trade_certificate", {"trade_certificate": {}}, YES),
        ("trade_certificate_province", {"trade_certificate": False}, DOES_NOT_APPLY),
        ("trade_certificate_province", {"trade_certificate": {}}, A("trade_certificate.province")),
        ("trade_certificate_province", {"trade_certificate": {"province": "AB"}}, known("AB")),
        ("nomination", {"nomination": {}}, YES),
        ("nomination_express_entry", {"nomination": False}, NO),
        ("nomination_express_entry", {"nomination": {}}, T("nomination.express_entry")),
        ("nomination_express_entry", {"nomination": {"express_entry": True}}, YES),
        ("nomination_province", {"nomination": {}}, A("nomination.province")),
        ("nomination_support_letter", {"nomination": {}}, T("nomination.support_letter")),
        # The side of the United States.
        ("h1b_status", {"h1b": {"status": "laid_off"}}, known("laid_off")),
        ("h1b_visa_valid", {"h1b": {"visa_valid_until": "2026-11-21"}}, YES),
        ("h1b_visa_valid", {"h1b": {"visa_valid_until": "2026-11-20"}}, NO),
        ("h1b_visa_valid", {"h1b": {"status": "none"}}, NO),
        ("h1b_visa_valid", {"h1b": {"status": "not_selected"}}, NO),
        ("h1b_visa_valid", {"h1b": {"status": "employed"}}, T("h1b.visa_valid_until")),
        ("lives_in_us", {"residence": "US"}, YES),
        ("lives_in_us", {"residence": "IN"}, NO),
        ("lives_in_us", {"residence": "IN", "h1b": {"lives_in_us": True}}, YES),
        ("lives_in_us", {"residence": "US", "h1b": {}}, YES),
        ("us_permanent_resident", {"us_permanent_resident": True}, YES),
        ("us_months_with_employer", {"us_job": {"months_with_employer": 14}}, known(14)),
        ("us_job_capacity", {"us_job": {"capacity": "manager"}}, known("manager")),
        ("us_job_capacity", {"us_job": {}}, A("us_job.capacity")),
        (
            "permanent_residences",
            {"us_permanent_resident": True},
            Value(frozenset({"US"}), ANYTHING, ("permanent_residences",)),
        ),
        ("permanent_residences", {"permanent_residences": []}, known(frozenset())),
        # Where one means to live.
        ("intends_quebec", {"intends_to_live_in": ["QC"]}, YES),
        ("intends_quebec", {"intends_to_live_in": ["ON"]}, NO),
        ("intends_quebec", {"intends_to_live_in": ["ON", "BC"]}, NO),
        ("intends_quebec", {"intends_to_live_in": ["ON", "QC"]}, T("intends_to_live_in")),
        ("intends_quebec", {"intends_to_live_in": []}, NO),
        ("intends_quebec", {"provinces_of_interest": ["QC"]}, YES),
        ("intends_quebec", {"provinces_of_interest": ["ON", "QC"]}, NO),
        ("intends_quebec", {"provinces_of_interest": []}, NO),
        ("intends_quebec", {"intends_to_live_in": [], "provinces_of_interest": ["QC"]}, YES),
        ("intends_quebec", {"intends_to_live_in": ["ON"], "provinces_of_interest": ["QC"]}, NO),
        ("intends_provinces", {"intends_to_live_in": ["ON"]}, known(frozenset({"ON"}))),
        ("express_entry_profile", {"express_entry_profile": True}, YES),
        ("citizenships", {"citizenships": ["IN"]}, known(frozenset({"IN"}))),
        ("settlement_funds", {"settlement_funds_cad": 0}, known(0)),
        ("annual_family_income", {"annual_family_income_cad": 5}, known(5)),
        (
            "licensed_provinces",
            {"licensed_in_canada": [{"province": "ON"}, {"noc": "21231"}]},
            known(frozenset({"ON"})),
        ),
        ("invitation_letters", {"invitation_letters": ["yt"]}, known(frozenset({"yt"}))),
        # Family.
        ("age", {"birth_date": "1996-11-21"}, known(30)),
        ("has_partner", {"marital_status": "common_law"}, YES),
        ("has_partner", {"marital_status": "widowed"}, NO),
        ("partner_counts", {"marital_status": "single"}, NO),
        ("partner_counts", {**MARRIED, "partner": {"accompanying": True, "canadian_citizen_or_pr": False}}, YES),
        ("partner_counts", {**MARRIED, "partner": {"accompanying": True, "canadian_citizen_or_pr": True}}, NO),
        ("partner_counts", {**MARRIED, "partner": {"accompanying": False}}, NO),
        ("partner_counts", {**MARRIED, "partner": {"canadian_citizen_or_pr": True}}, NO),
        ("partner_counts", {"partner": {"canadian_citizen_or_pr": True}}, NO),
        ("partner_counts", {**MARRIED, "partner": {"accompanying": True}}, T("partner.canadian_citizen_or_pr")),
        ("partner_counts", {**MARRIED, "partner": {"canadian_citizen_or_pr": False}}, T("partner.accompanying")),
        ("partner_counts", {"partner": {"accompanying": True, "canadian_citizen_or_pr": False}}, T("marital_status")),
        ("dependent_children", {"children": []}, known(0)),
        ("dependent_children", {"children": [{"birth_date": "2004-11-22"}, {"birth_date": "2010-01-01"}]}, known(2)),
        ("dependent_children", {"children": [{"birth_date": "2004-11-21"}]}, known(0)),
        ("dependent_children", {"children": [{}, {"birth_date": "2010-01-01"}]}, Value(1, 2, ("children",))),
        ("family_size", {"family_size": 7, "children": []}, known(7)),
        ("family_size", {**MARRIED, "children": [{"birth_date": "2010-01-01"}] * 2}, known(4)),
        ("family_size", {"marital_status": "single", "children": []}, known(1)),
        ("family_size", {"children": []}, Value(1, 2, ("family_size", "marital_status"))),
        ("family_size", MARRIED, Value(2, 50, ("family_size", "children"))),
    ],
)
def test_a_fact_follows_from_the_answers(fact: str, answers: dict[str, Any], value: Value) -> None:
    assert facts(**answers).value(fact) == value


@pytest.mark.parametrize(
    ("of", "answers", "value"),
    [
        ("trade_certificate", {}, A("trade_certificate")),
        ("trade_certificate", {"trade_certificate": False}, DOES_NOT_APPLY),
        ("trade_certificate", {"trade_certificate": {}}, A("trade_certificate.noc")),
        ("trade_certificate", {"trade_certificate": {"noc": "63200"}}, known("63200")),
        ("job_offer", {"job_offer": {"noc": "63200"}}, known("63200")),
    ],
)
def test_an_occupation_is_that_of_the_offer_or_the_certificate(of: str, answers: dict[str, Any], value: Value) -> None:
    assert facts(**answers).occupation(of) == value
    assert facts(**answers).same_occupation_as(of) == value


SIBLING = {"relation": "sibling", "status": "citizen", "province": "ON", "of": "applicant", "age_18_or_over": True}
OF_PARTNER = {**SIBLING, "of": "partner"}
WITH = {**MARRIED, "partner": {"accompanying": True, "canadian_citizen_or_pr": False}}
ALONE = {"marital_status": "single"}
IN_ONTARIO = {"provinces": ("ON",)}


@pytest.mark.parametrize(
    ("relatives", "answers", "rule", "value"),
    [
        (None, ALONE, {}, T("relatives_in_canada")),
        ([], ALONE, {}, NO),
        ([SIBLING], ALONE, {}, YES),
        ([{**SIBLING, "relation": "cousin"}], ALONE, {}, NO),
        ([{**SIBLING, "relation": None}], ALONE, {}, T("relatives_in_canada")),
        ([{**SIBLING, "status": None}], ALONE, {}, T("relatives_in_canada")),
        ([SIBLING], ALONE, {"statuses": ("permanent_resident",)}, NO),
        ([SIBLING], ALONE, IN_ONTARIO, YES),
        ([{**SIBLING, "province": "BC"}], ALONE, IN_ONTARIO, NO),
        ([{**SIBLING, "province": None}], ALONE, IN_ONTARIO, T("relatives_in_canada")),
        ([{**SIBLING, "province": None}], ALONE, {}, YES),
        ([{**SIBLING, "age_18_or_over": False}], ALONE, {}, NO),
        ([{**SIBLING, "age_18_or_over": None}], ALONE, {}, T("relatives_in_canada")),
        ([{**SIBLING, "age_18_or_over": False}], ALONE, {"adult": False}, YES),
        ([OF_PARTNER], ALONE, {}, NO),
        ([OF_PARTNER], WITH, {}, YES),
        ([OF_PARTNER], WITH, {"of": ("applicant",)}, NO),
        ([OF_PARTNER], WITH, {"of": ("partner",)}, YES),
        ([SIBLING], WITH, {"of": ("partner",)}, NO),
        (
            [OF_PARTNER],
            {"marital_status": None, "partner": WITH["partner"]},
            {},
            T("relatives_in_canada", "marital_status"),
        ),
        ([{**SIBLING, "of": None}], WITH, {}, YES),
        ([{**SIBLING, "of": None}], ALONE, {}, T("relatives_in_canada")),
        ([{**SIBLING, "of": None}], WITH, {"of": ("applicant",)}, T("relatives_in_canada")),
        ([{**SIBLING, "relation": "cousin"}, SIBLING], ALONE, {}, YES),
    ],
)
def test_a_relative_counts_as_the_rule_asks(
    relatives: Any, answers: dict[str, Any], rule: dict[str, Any], value: Value
) -> None:
    asked = Relative(relations=("sibling", "parent"), **rule)
    assert facts(relatives_in_canada=relatives, **answers).relative(asked) == value


MASTERS = {"level": "masters", "country": "US", "completed": "2019-05-30", "eca": True}
CANADIAN = {
    "level": "one_year",
    "country": "CA",
    "province": "ON",
    "completed": "2020-05-30",
    "canadian_study_years": 1,
}
LEVELS = {"none": 0, "secondary": 1, "one_year": 2, "two_year": 3, "bachelors": 4, "two_or_more": 5, "masters": 6}
ANY_LEVEL = Value(0, 8, ("education",))


def up_to(level: str) -> Value:
    return Value(0, LEVELS[level], ("education",))


@pytest.mark.parametrize(
    ("studies", "rule", "value"),
    [
        (None, {}, ANY_LEVEL),
        ([], {}, known(0)),
        ([MASTERS], {}, known(6)),
        ([{**MASTERS, "completed": None}], {}, known(0)),
        ([{**MASTERS, "completed": None}], {"finished": False}, known(6)),
        ([{**MASTERS, "eca": False}], {}, known(0)),
        ([{**MASTERS, "eca": None}], {}, up_to("masters")),
        ([{**MASTERS, "eca": False}], {"assessed": False}, known(6)),
        ([{**MASTERS, "eca": None}], {"assessed": False}, known(6)),
        ([{**MASTERS, "eca_date": "2021-11-22"}], {}, known(6)),
        ([{**MASTERS, "eca_date": "2021-11-21"}], {}, known(0)),
        ([{**MASTERS, "eca": False, "eca_date": "2025-11-21"}], {}, known(0)),
        ([{**MASTERS, "country": None, "eca": False}], {}, up_to("masters")),
        ([{**MASTERS, "country": "CA", "eca": False}], {}, known(6)),
        ([{**MASTERS, "level": None}], {}, ANY_LEVEL),
        ([{**MASTERS, "level": None}, CANADIAN], {}, Value(2, 8, ("education",))),
        ([MASTERS, CANADIAN], {}, known(6)),
        ([{**MASTERS, "level": "bachelors"}, CANADIAN], {}, known(5)),
        ([{**MASTERS, "level": "one_year"}, CANADIAN], {}, known(2)),
        ([{**MASTERS, "level": "bachelors"}, {**CANADIAN, "level": "secondary"}], {}, known(4)),
        ([{**MASTERS, "level": "bachelors"}], {}, known(4)),
        ([MASTERS], {"countries": ("US",)}, known(6)),
        ([MASTERS], {"countries": ("CA",)}, known(0)),
        ([{**MASTERS, "country": None}], {"countries": ("US",)}, up_to("masters")),
        ([CANADIAN], {"provinces": ("ON",)}, known(2)),
        ([CANADIAN], {"provinces": ("BC",)}, known(0)),
        ([{**CANADIAN, "province": None}], {"provinces": ("BC",)}, up_to("one_year")),
        ([{**MASTERS, "province": "ON"}], {"provinces": ("ON",)}, known(0)),
        ([MASTERS], {"levels": ("masters",)}, known(6)),
        ([MASTERS], {"levels": ("bachelors",)}, known(0)),
        ([{**MASTERS, "level": None}], {"levels": ("masters",)}, ANY_LEVEL),
        ([{**MASTERS, "completed": "2023-11-21"}], {"completed_within_years": 3}, known(6)),
        ([{**MASTERS, "completed": "2023-11-20"}], {"completed_within_years": 3}, known(0)),
        ([{**MASTERS, "completed": None}], {"completed_within_years": 3, "finished": False}, known(6)),
        (None, {"gives": "count"}, Value(0, 60, ("education",))),
        ([MASTERS, CANADIAN], {"gives": "count"}, known(2)),
        ([MASTERS, {**CANADIAN, "level": None}], {"gives": "count"}, known(2)),
        ([{**MASTERS, "eca": False}, CANADIAN], {"gives": "count"}, known(1)),
        ([MASTERS, {**MASTERS, "eca": None}], {"gives": "count"}, Value(1, 2, ("education",))),
        ([MASTERS, {**MASTERS, "eca": False}], {"gives": "count"}, known(1)),
        ([], {"gives": "count"}, known(0)),
        (None, {"gives": "study_years"}, Value(0, 60, ("education",))),
        ([CANADIAN, {**CANADIAN, "canadian_study_years": 2}], {"gives": "study_years"}, known(3)),
        (
            [CANADIAN, {**CANADIAN, "canadian_study_years": None}],
            {"gives": "study_years"},
            Value(1, 61, ("education",)),
        ),
        (
            [CANADIAN, {**MASTERS, "eca": None, "canadian_study_years": 2}],
            {"gives": "study_years"},
            Value(1, 3, ("education",)),
        ),
        ([{**MASTERS, "eca": False, "canadian_study_years": 2}, CANADIAN], {"gives": "study_years"}, known(1)),
        ([{**CANADIAN, "canadian_study_years": 0}], {"gives": "study_years"}, known(0)),
        ([{**MASTERS, "eca_date": "2021-11-21", "canadian_study_years": 2}], {"gives": "study_years"}, known(0)),
        ([{**MASTERS, "eca_date": "2021-11-22", "canadian_study_years": 2}], {"gives": "study_years"}, known(2)),
    ],
)
def test_study_counts_as_the_rule_asks(studies: Any, rule: dict[str, Any], value: Value) -> None:
    assert facts(education=studies).credential(Credential(**rule)) == value
    partner = {**WITH["partner"], "education": studies}
    of_partner = facts(**MARRIED, partner=partner).credential(Credential(person="partner", **rule))
    assert of_partner == value._replace(missing=tuple(f"partner.{each}" for each in value.missing))


@pytest.mark.parametrize(
    ("changes", "rule", "value"),
    [
        ({"eca": None}, {}, up_to("masters")),
        ({"level": "bachelors"}, {}, known(4)),
        ({"completed": None}, {}, known(0)),
        ({"completed": dt.date(2023, 11, 20)}, {"completed_within_years": 3}, known(0)),
        ({"canadian_study_years": 2}, {"gives": "study_years"}, known(2)),
        ({"province": "ON", "country": "CA"}, {"provinces": ("ON",)}, known(6)),
    ],
)
def test_what_was_found_of_one_study_is_not_taken_for_another(
    changes: dict[str, Any], rule: dict[str, Any], value: Value
) -> None:
    first = facts(education=[{**MASTERS, "completed": "2025-05-30"}])
    asked = Credential(**rule)
    assert first.credential(asked) != value
    assert first.profile.education
    study = first.profile.education[0].model_copy(update=changes)
    other = Facts(first.profile.model_copy(update={"education": (study,)}), first.book)
    assert other.credential(asked) == value


def test_of_someone_without_a_partner_the_partner_has_neither_study_nor_work() -> None:
    single = facts(**ALONE)
    assert single.value("partner_education_level") == known(0)
    assert single.value("partner_language_lowest") == known(0)


PLACED, UNPLACED = {"noc": "21231", "country": "IN"}, {"noc": "63200", "country": None}


@pytest.mark.parametrize(
    ("answers", "settled"),
    [
        (ALONE, [(NO, NO, ())]),
        ({**ALONE, "work": [PLACED]}, [(NO, NO, ("IN",))]),
        (WITH, [(YES, YES, ())]),
        (MARRIED, [(YES, NO, ()), (YES, YES, ())]),
        ({"work": [PLACED]}, [(T("marital_status"), NO, ("IN",)), (YES, YES, ("IN",))]),
        ({**ALONE, "work": [PLACED, UNPLACED]}, [(NO, NO, ("IN", "CA")), (NO, NO, ("IN", "US"))]),
        (
            {**MARRIED, "work": [UNPLACED]},
            [(YES, NO, ("CA",)), (YES, NO, ("US",)), (YES, YES, ("CA",)), (YES, YES, ("US",))],
        ),
    ],
)
def test_what_moves_points_between_factors_is_settled_each_way(
    answers: dict[str, Any], settled: list[tuple[Value, Value, tuple[str, ...]]]
) -> None:
    found = list(branches(facts(**answers)))
    assert [
        (each.value("has_partner"), each.value("partner_counts"), tuple(job.country for job in each.profile.work or ()))
        for each in found
    ] == settled


def test_facts_without_anything_to_settle_are_themselves_and_no_more_than_four_jobs_are_settled() -> None:
    seen = facts(**ALONE, work=[PLACED])
    assert list(branches(seen)) == [seen]
    assert len(list(branches(facts(**ALONE, work=[UNPLACED] * 6)))) == 16


def test_a_fact_is_derived_once_and_shared_with_every_choice() -> None:
    seen = facts(**MARRIED)
    value = seen.value("partner_counts")
    assert seen.value("partner_counts") is value
    assert seen.choosing(seen.choices()[0]).value("partner_counts") is value
    assert seen.worked("applicant") is seen.worked("applicant")
    assert seen.studied("partner") is seen.studied("partner")
    assert (seen.worked("partner").answer, facts(**ALONE).worked("partner").answer) == ("partner.work",) * 2
    assert facts(**ALONE).studied("partner").answer == "partner.education"
