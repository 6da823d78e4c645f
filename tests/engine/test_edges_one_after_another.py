"""One person after the other under the same rules: whatever answer changes, no finding stays as it was before."""

import copy
from collections.abc import Callable
from typing import Any

from eligibility.engine import assess
from eligibility.engine.measures import spoken_of
from eligibility.engine.words import Words
from eligibility.facts import Facts
from eligibility.facts.values import Value, truth
from eligibility.profile import Profile, read_profile
from programs.packs.schema import OccupationList, Program
from programs.packs.schema.measures import Credential, Experience, Relative
from programs.rulebook import FactEntry, vocabulary
from tests.engine.small import ABILITIES, CITED, chart, language_test, small_book

SINCE: dict[str, Any] = {"version": "1", "effective_from": "2020-01-01", **CITED}
WORDS = Words()
BARE = language_test(
    "bare", chart("bare", {level: level for level in range(1, 13)}), languages=("en", "fr"), certificate=False
)
COOKS = OccupationList.model_validate(
    {
        "id": "cooks",
        "name": "Cooks",
        "authority": "federal",
        "versions": [{**SINCE, "entries": [{"noc": "63200", "figures": {"level": 20}}, {"noc": "75110"}]}],
    }
)
OPERATORS: dict[str, tuple[str, Any]] = {
    "number": (">=", 1),
    "money": (">=", 1),
    "clb": (">=", 5),
    "level": (">=", "bachelors"),
    "boolean": ("==", True),
    "set": ("contains", "ON"),
}
# What is said of someone, and the answers that would settle it.
Said = tuple[str, tuple[str, ...]]
# What a rule asks, and what it must say.
Asked = tuple[dict[str, Any], Callable[[Facts], Said]]


def in_words(entry: FactEntry, value: Value) -> Said:
    return WORDS.value(entry, value), value.missing


def of_fact(entry: FactEntry) -> Asked:
    op, value = OPERATORS.get(entry.type, ("==", "ON"))
    return (
        {"fact": entry.key, "op": op, "value": value},
        lambda facts: in_words(entry, facts.value(entry.key)),
    )


def of_experience(unit: str, **parameters: Any) -> Asked:
    rule, entry = Experience.model_validate(parameters), spoken_of("number", "work", unit)
    asked = {"experience": parameters, "unit": unit, "op": ">=", "value": 1}
    return asked, lambda facts: in_words(entry, facts.experience(rule, unit))


def of_study(**parameters: Any) -> Asked:
    rule = Credential.model_validate(parameters)
    of_level = spoken_of("level", "study", "credential")
    entry = {
        "level": of_level,
        "study_years": spoken_of("number", "study", "years"),
        "count": spoken_of("number", "study"),
    }[rule.gives]
    asked = {"credential": parameters, "op": ">=", "value": "masters" if entry is of_level else 1}
    return asked, lambda facts: in_words(entry, facts.credential(rule))


def yes_or_no(value: Value) -> Said:
    return WORDS["unknown" if not value.is_known else "yes" if value.low else "no"], value.missing


def of_relative(**parameters: Any) -> Asked:
    rule = Relative.model_validate(parameters)
    return {"relative": parameters}, lambda facts: yes_or_no(facts.relative(rule))


def mainly(**parameters: Any) -> Asked:
    rule, teer = Experience.model_validate(parameters), (2, 3)
    return (
        {"main_teer_of": parameters, "teer": teer},
        lambda facts: yes_or_no(truth(facts.main_teer(rule, teer), facts.worked(rule.person).answer)),
    )


def listed(of: str) -> Asked:
    def said(facts: Facts) -> Said:
        code = facts.occupation(of)
        group = facts.book.occupations.get(code.low) if code.is_known else None
        words = f"{group.code} {group.title.en}" if group else WORDS["none" if code.low is None else "unknown"]
        return words, code.missing

    return {"occupation_of": of, "in_list": "cooks"}, said


def level_of(of: str) -> Asked:
    def said(facts: Facts) -> Said:
        code = facts.occupation(of)
        level = {"63200": 20}.get(code.low, 0) if code.is_known or code.low is None else None
        return ("not known yet" if level is None else str(level)), code.missing

    return {"list_level": {"occupation_list": "cooks", "of": of}, "op": ">=", "value": 1}, said


WAYS_OF_COUNTING: list[dict[str, Any]] = [
    {},
    {"countries": ["CA"]},
    {"provinces": ["ON"]},
    {"teer": [3]},
    {"nocs": ["63200"]},
    {"occupation_list": "cooks"},
    {"window_years": 2},
    {"not_last_years": 1},
    {"continuous": True},
    {"one_occupation": True},
    {"same_as": {"of": "job_offer"}},
    {"same_as": {"of": "trade_certificate", "digits": 4}},
    {"present_employer": True},
    {"self_employed": "excluded"},
    {"student": "excluded"},
    {"unauthorized": "counted"},
    {"canadian_employer": False},
    {"after_qualification": True},
    {"full_time_only": True},
    {"minimum_job_months": 13},
]


def everything_asked() -> list[Asked]:
    """Every fact of the vocabulary, and work, study and relatives under all sorts of parameters."""
    people = ("applicant", "partner")
    of_relatives: list[dict[str, Any]] = [{}, {"provinces": ["ON"]}, {"statuses": ["citizen"]}, {"of": ["applicant"]}]
    return [
        *[of_fact(entry) for entry in vocabulary().facts.values()],
        *[
            of_experience(unit, person=person, **parameters)
            for parameters in WAYS_OF_COUNTING
            for person in people
            for unit in ("months", "hours")
        ],
        *[
            of_study(person=person, assessed=assessed, finished=assessed, gives=gives)
            for person in people
            for assessed in (False, True)
            for gives in ("level", "study_years", "count")
        ],
        *[of_relative(relations=["sibling", "parent"], **parameters) for parameters in of_relatives],
        *[mainly(person=person) for person in people],
        mainly(same_as={"of": "job_offer"}),
        *[listed(of) for of in ("job_offer", "main_occupation", "trade_certificate", "partner_job_offer")],
        *[level_of(of) for of in ("job_offer", "main_occupation", "trade_certificate")],
    ]


def asking_all(asked: list[Asked]) -> Program:
    requirements = [
        {"id": f"asked-{place}", "text": "Needed.", "any_of": [[condition]], **CITED}
        for place, (condition, _) in enumerate(asked)
    ]
    written = {
        "id": "everything",
        "name": "Everything",
        "authority": "federal",
        "category": "other",
        "leads_to": "permanent_residence",
        "official_url": "https://example.org/route",
        "summary": "A route.",
        "versions": [{**SINCE, "requirements": requirements}],
    }
    return Program.model_validate(written)


JOB: dict[str, Any] = {
    "noc": "63200",
    "country": "CA",
    "province": "ON",
    "start": "2024-11-21",
    "end": "2025-11-20",
    "hours_per_week": 30,
    "self_employed": False,
    "student": False,
    "authorized": True,
    "paid": True,
    "employer_country": "CA",
    "qualified_on": "2024-11-21",
}
STUDY: dict[str, Any] = {
    "level": "bachelors",
    "country": "CA",
    "province": "ON",
    "completed": "2020-01-01",
    "canadian_study_years": 2,
}
CANADA: dict[str, Any] = {
    "present": True,
    "status": "worker",
    "permit": "lmia",
    "permit_expires": "2027-11-21",
    "province": "ON",
    "months_in_province": 5,
}
BASE: dict[str, Any] = {
    "as_of": "2026-11-21",
    "birth_date": "1990-01-01",
    "citizenships": ["IN"],
    "residence": "US",
    "marital_status": "married",
    "partner": {
        "accompanying": True,
        "canadian_citizen_or_pr": False,
        "canada": CANADA,
        "job_offer": {"noc": "63200"},
        "work": [JOB],
        "education": [STUDY],
        "language_tests": [],
    },
    "education": [STUDY],
    "language_tests": [{"test": "bare", "language": "en", **dict.fromkeys(ABILITIES, 7)}],
    "work": [JOB],
    "trade_certificate": {"province": "ON", "noc": "63200"},
    "job_offer": {
        "noc": "63200",
        "province": "ON",
        "hours_per_week": 40,
        "duration_months": 24,
        "permanent": False,
        "annual_wage": 60000,
        "hourly_wage": 29,
        "lmia": "none",
        "employer_years_in_business": 3,
        "intra_company": False,
        "seasonal": False,
        "region": "on_toronto",
        "months_in_this_job": 4,
        "works_there_now": True,
        "cusma_profession": "engineer",
        "supports_nomination": False,
        "local_median_hourly_wage": 28,
        "from_government_mission": False,
        "employer": {
            "years_in_province": 3,
            "full_time_staff": 5,
            "annual_revenue_cad": 1000,
            "naics": "5415",
            "public_body": False,
            "applicant_ownership_percent": 0,
            "category_a_referral": False,
            "designated_for": ["aip"],
            "confirms_language": False,
            "category_a_positions_this_year": 0,
        },
    },
    "nomination": {"province": "ON", "express_entry": False, "support_letter": False},
    "relatives_in_canada": [
        {"relation": "sibling", "status": "citizen", "province": "ON", "of": "applicant", "age_18_or_over": True}
    ],
    "settlement_funds_cad": 5000,
    "annual_family_income_cad": 50000,
    "h1b": {"status": "employed", "lives_in_us": True, "visa_valid_until": "2026-11-21"},
    "us_job": {"months_with_employer": 6, "capacity": "manager", "employer_has_canadian_affiliate": False},
    "canada": CANADA,
    "express_entry_profile": False,
    "licensed_in_canada": [{"noc": "63200", "province": "ON"}],
    "children": [{"birth_date": "2020-01-01"}],
    "us_permanent_resident": False,
    "permanent_residences": ["AU"],
    "intends_to_live_in": ["ON"],
    "invitation_letters": ["quebec"],
}
OF_JOB: dict[str, Any] = {
    "noc": "75110",
    "country": "US",
    "province": "BC",
    "start": "2024-08-21",
    "end": "2025-08-20",
    "hours_per_week": 20,
    "self_employed": True,
    "student": True,
    "authorized": False,
    "paid": False,
    "employer_country": "US",
    "qualified_on": "2025-05-21",
}
OF_STUDY: dict[str, Any] = {
    "level": "masters",
    "country": "US",
    "canadian_study_years": 3,
    "completed": None,
}
OF_CANADA: dict[str, Any] = {"present": False, "status": "student", "permit": "open", "permit_expires": "2027-01-21"}
# Each answer that a fact rests on, and another value for it.
CHANGES: dict[str, Any] = {
    "as_of": "2026-09-20",
    "birth_date": "1991-01-01",
    "citizenships": ["IN", "CA"],
    "residence": "IN",
    "marital_status": "single",
    **{f"{whose}work.0.{name}": value for whose in ("", "partner.") for name, value in OF_JOB.items()},
    **{f"{whose}education.0.{name}": value for whose in ("", "partner.") for name, value in OF_STUDY.items()},
    **{
        f"{whose}{name}": value
        for whose in ("", "partner.")
        for name, value in {"work": [], "education": [], "job_offer": False, "language_tests": None}.items()
    },
    "partner": None,
    "partner.accompanying": False,
    "partner.canadian_citizen_or_pr": True,
    "partner.job_offer.noc": "75110",
    "partner.canada": None,
    "partner.canada.status": "student",
    "partner.canada.permit": "none",
    "partner.canada.permit_expires": "2027-01-21",
    "language_tests.0.language": "fr",
    **{f"language_tests.0.{ability}": 6 for ability in ABILITIES},
    "language_tests.0.reading": None,
    "trade_certificate": False,
    "trade_certificate.province": "BC",
    "trade_certificate.noc": "75110",
    "nomination": False,
    "nomination.province": "BC",
    "nomination.express_entry": True,
    "nomination.support_letter": True,
    "job_offer.noc": "75110",
    "job_offer.province": "BC",
    "job_offer.hours_per_week": 30,
    "job_offer.duration_months": 12,
    "job_offer.permanent": True,
    "job_offer.annual_wage": 50000,
    "job_offer.hourly_wage": 30,
    "job_offer.lmia": "standard",
    "job_offer.employer_years_in_business": 4,
    "job_offer.intra_company": True,
    "job_offer.seasonal": True,
    "job_offer.region": "winnipeg",
    "job_offer.months_in_this_job": 9,
    "job_offer.works_there_now": False,
    "job_offer.cusma_profession": None,
    "job_offer.supports_nomination": True,
    "job_offer.local_median_hourly_wage": 27,
    "job_offer.from_government_mission": True,
    "job_offer.employer": None,
    "job_offer.employer.years_in_province": 4,
    "job_offer.employer.full_time_staff": 6,
    "job_offer.employer.annual_revenue_cad": 2000,
    "job_offer.employer.naics": "11",
    "job_offer.employer.public_body": True,
    "job_offer.employer.applicant_ownership_percent": 10,
    "job_offer.employer.category_a_referral": True,
    "job_offer.employer.designated_for": [],
    "job_offer.employer.confirms_language": True,
    "job_offer.employer.category_a_positions_this_year": 2,
    "relatives_in_canada": None,
    "relatives_in_canada.0.relation": "cousin",
    "relatives_in_canada.0.status": "permanent_resident",
    "relatives_in_canada.0.province": "BC",
    "relatives_in_canada.0.of": "partner",
    "relatives_in_canada.0.age_18_or_over": False,
    "settlement_funds_cad": 6000,
    "annual_family_income_cad": 60000,
    "family_size": 4,
    "h1b": None,
    "h1b.status": "laid_off",
    "h1b.lives_in_us": False,
    "h1b.visa_valid_until": "2026-11-20",
    "us_job": None,
    "us_job.months_with_employer": 7,
    "us_job.capacity": "executive",
    "us_job.employer_has_canadian_affiliate": True,
    "canada": None,
    **{f"canada.{name}": value for name, value in OF_CANADA.items()},
    "canada.province": "BC",
    "canada.months_in_province": 6,
    "express_entry_profile": True,
    "licensed_in_canada": [],
    "licensed_in_canada.0.province": "BC",
    "children": [],
    "children.0.birth_date": "2000-01-01",
    "us_permanent_resident": True,
    "permanent_residences": ["NZ"],
    "intends_to_live_in": None,
    "invitation_letters": [],
}
# Answers that decide something only where others are not given.
UNTOLD: list[tuple[dict[str, Any], str, Any]] = [
    ({"intends_to_live_in": None, "provinces_of_interest": ["ON"]}, "provinces_of_interest", ["QC"]),
    ({"canada": None, "residence": "CA"}, "residence", "US"),
    ({"h1b.lives_in_us": None}, "residence", "IN"),
    ({"canada.present": None}, "residence", "CA"),
    ({"job_offer": False, "trade_certificate": False}, "job_offer", {"noc": "63200", "works_there_now": True}),
    ({"job_offer": False, "trade_certificate": False}, "trade_certificate", {"noc": "63200"}),
    ({"job_offer": False, "trade_certificate": False}, "work.0.noc", None),
    ({"education.0.country": "US", "education.0.eca": True}, "education.0.eca", False),
    ({"education.0.country": "US", "education.0.eca": True}, "education.0.eca_date", "2020-11-21"),
    ({"language_tests": []}, "language_tests", None),
    ({"marital_status": "single"}, "marital_status", None),
    ({"relatives_in_canada.0.of": "partner"}, "marital_status", "single"),
    ({"relatives_in_canada.0.of": "partner"}, "partner.accompanying", False),
]


def given(changes: dict[str, Any]) -> Profile:
    """The base with some answers changed, each named by its place."""
    written: Any = copy.deepcopy(BASE)
    for path, value in changes.items():
        *outer, last = path.split(".")
        part = written
        for step in outer:
            part = part[int(step)] if isinstance(part, list) else part[step]
        part[last] = value
    return read_profile(written)


def test_an_answer_that_changes_is_not_taken_for_the_one_before() -> None:
    asked = everything_asked()
    book = small_book(BARE, COOKS, asking_all(asked))

    def said(profile: Profile) -> list[tuple[str, tuple[str, ...] | None]]:
        findings = assess(profile, book).program("everything").requirements
        return [(one.yours, one.missing if one.met is None else None) for one in findings]

    def should_say(profile: Profile) -> list[Said]:
        facts = Facts(profile, book)
        return [say(facts) for _, say in asked]

    for before, changes in ({}, CHANGES), *[(before, {path: value}) for before, path, value in UNTOLD]:
        first = given(before)
        said_before = said(first)
        for path, value in changes.items():
            second = given({**before, path: value})
            found, expected = said(second), should_say(second)
            assert [words for words, _ in found] == [words for words, _ in expected], path
            settled_by = [(one, other) for (_, one), (_, other) in zip(found, expected, strict=True) if one is not None]
            assert [one for one, _ in settled_by] == [other for _, other in settled_by], path
            assert found != said_before, path
            assert said(first) == said_before, path
