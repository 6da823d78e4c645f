"""What one requirement says of one person: met or not, what is needed, what there is, what would settle it."""

from typing import Any

import pytest

from eligibility.engine import assess
from eligibility.engine.assessment import Finding
from eligibility.facts.values import Met
from eligibility.profile import read_profile
from programs.packs.schema import Grid, OccupationList, Pack, Program, ReferenceTable, Sources
from programs.rulebook import build
from tests.engine.small import ABILITIES, CITED, COUNTING, OCCUPATIONS, chart, language_test

SINCE: dict[str, Any] = {"version": "1", "effective_from": "2026-03-01", **CITED}
COOKS = OccupationList.model_validate(
    {
        "id": "cooks",
        "name": {"en": "Cooks and others", "fr": "Cuisiniers et autres"},
        "authority": "federal",
        "versions": [{**SINCE, "entries": [{"noc": "63200", "figures": {"floor": 20}}, {"noc": "75110"}]}],
    }
)
FUNDS = ReferenceTable.model_validate(
    {
        "id": "funds",
        "name": "Funds",
        "authority": "federal",
        "unit": "CAD",
        "versions": [
            {**SINCE, "rows": [{"at": 1, "value": 15000}, {"at": 2, "value": 19000}], "each_additional": 4000}
        ],
    }
)
BY_PROVINCE = ReferenceTable.model_validate(
    {
        "id": "medians",
        "name": "Medians",
        "authority": "federal",
        "unit": "CAD",
        "versions": [{**SINCE, "rows": [{"at": "ON", "value": 28}, {"at": "BC", "value": 30}]}],
    }
)
PAGES = Sources.model_validate(
    {
        "id": "pages",
        "sources": [
            {"url": CITED["source"], "title": {"en": "Rules", "fr": "Règles"}, "checked_on": "2026-11-01"},
        ],
    }
)
BARE = language_test(
    "bare", chart("bare", {level: level for level in range(1, 13)}), languages=("en", "fr"), certificate=False
)


def program(name: str, *requirements: dict[str, Any]) -> Program:
    return Program.model_validate(
        {
            "id": name,
            "name": {"en": f"The {name} route", "fr": f"La voie {name}"},
            "authority": "federal",
            "category": "other",
            "leads_to": "permanent_residence",
            "official_url": "https://example.org/route",
            "summary": "A route.",
            "versions": [{**SINCE, "requirements": requirements}],
        }
    )


def requirement(*routes: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    text = {"en": "You need this.", "fr": "Il vous faut ceci."}
    return {"id": "asked", "text": text, "any_of": routes, **CITED, **changes}


ADULT = program("adult", requirement([{"fact": "age", "op": ">=", "value": 18}]))
MAYBE = program("maybe", requirement([{"judgement": "Only they can say."}]))


def found(asked: dict[str, Any], answers: dict[str, Any], language: str = "en", *more: Pack) -> Finding:
    """The finding of a program that has this requirement alone."""
    documents = [COUNTING, COOKS, FUNDS, BY_PROVINCE, PAGES, BARE, ADULT, MAYBE, *more, program("asking", asked)]
    profile = read_profile({"as_of": "2026-11-21", **answers})
    book = build(documents, OCCUPATIONS, "small").on(profile.as_of)
    result = assess(profile, book, language).program("asking")
    [finding] = result.requirements
    expected = "eligible" if finding.met else "not_eligible" if finding.met is False else None
    assert result.verdict == (expected or ("likely" if finding.needs_a_person else "unknown"))
    return finding


def said(finding: Finding) -> tuple[Any, ...]:
    return finding.met, finding.needed, finding.yours, finding.gap, finding.missing


def one(**condition: Any) -> dict[str, Any]:
    return requirement([condition])


def score(english: int | None = None, french: int | None = None, **changes: Any) -> dict[str, Any]:
    tests = [
        {"test": "bare", "language": language, **dict.fromkeys(ABILITIES, level), **changes}
        for language, level in (("en", english), ("fr", french))
        if level is not None
    ]
    return {"language_tests": tests}


AGE = {"fact": "age", "op": ">=", "value": 30}
OFFER_WAGE = {"fact": "job_offer_hourly_wage", "op": ">=", "list_figure": "cooks", "column": "floor", "of": "job_offer"}
ENOUGH = {"fact": "settlement_funds", "op": ">=", "table": "funds", "by": "family_size"}
MEDIAN = {"fact": "job_offer_hourly_wage", "op": ">=", "table": "medians", "by": "job_offer_province"}
OVER_MEDIAN = {"fact": "job_offer_hourly_wage", "op": ">=", "other_fact": "job_offer_local_median_hourly_wage"}
LIVES_THERE = {"fact": "intends_provinces", "op": "contains", "other_fact": "job_offer_province"}
LICENSED_THERE = {"fact": "job_offer_province", "op": "in", "other_fact": "licensed_provinces"}
LISTED = {"occupation_of": "job_offer", "in_list": "cooks"}
UNLISTED = {"occupation_of": "job_offer", "not_in_list": "cooks"}
ON_LIST, OFF_LIST = (
    "an occupation on the list “Cooks and others”",
    "an occupation that is not on the list “Cooks and others”",
)
COOK = {"noc": "63200"}
YEAR = {"noc": "63200", "country": "US", "start": "2025-01-01", "end": "2025-12-30", "hours_per_week": 30, "paid": True}
YEAR |= {"self_employed": False, "student": False, "authorized": True}
NOT_KNOWN = "not known yet"
SISTER = {"relation": "sibling", "status": "citizen", "province": "ON", "of": "applicant", "age_18_or_over": True}
HAS_SISTER = {"relative": {"relations": ["sibling"]}}
HAS_NONE = {**HAS_SISTER, "expected": False}
MAINLY = {"main_teer_of": {}, "teer": [2, 3]}
SINGLE: dict[str, Any] = {"marital_status": "single"}


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        # A value.
        (AGE, {"birth_date": "1996-11-21"}, (True, "30 years or more", "30 years", None, ())),
        (AGE, {"birth_date": "1998-11-21"}, (False, "30 years or more", "28 years", "2 years short", ())),
        (AGE, {}, (None, "30 years or more", NOT_KNOWN, None, ("birth_date",))),
        (
            {"fact": "dependent_children", "op": ">=", "value": 1},
            {"children": [{"birth_date": "2020-01-01"}, {}]},
            (True, "1 child or more", "between 1 child and 2 children", None, ()),
        ),
        # A table's figure, by another fact.
        (
            ENOUGH,
            {"settlement_funds_cad": 19000, "family_size": 2},
            (True, "CAD 19,000 or more", "CAD 19,000", None, ()),
        ),
        (
            ENOUGH,
            {"settlement_funds_cad": 18000, "family_size": 3},
            (False, "CAD 23,000 or more", "CAD 18,000", "CAD 5,000 short", ()),
        ),
        (ENOUGH, {"family_size": 1}, (None, "CAD 15,000 or more", NOT_KNOWN, None, ("settlement_funds_cad",))),
        (
            ENOUGH,
            {"settlement_funds_cad": 16000, "children": []},
            (None, "between CAD 15,000 and CAD 19,000", "CAD 16,000", None, ("family_size", "marital_status")),
        ),
        (
            ENOUGH,
            {"settlement_funds_cad": 19000, "children": []},
            (True, "between CAD 15,000 and CAD 19,000", "CAD 19,000", None, ()),
        ),
        (
            ENOUGH,
            {"settlement_funds_cad": 14000, "children": []},
            (False, "between CAD 15,000 and CAD 19,000", "CAD 14,000", "CAD 1,000 short", ()),
        ),
        (
            ENOUGH,
            {},
            (
                None,
                "between CAD 15,000 and CAD 211,000",
                NOT_KNOWN,
                None,
                ("settlement_funds_cad", "family_size", "marital_status", "children"),
            ),
        ),
        (
            ENOUGH,
            {"settlement_funds_cad": 20000, "children": [{"birth_date": "2020-01-01"}]},
            (None, "between CAD 19,000 and CAD 23,000", "CAD 20,000", None, ("family_size", "marital_status")),
        ),
        (
            {**ENOUGH, "by": "us_months_with_employer"},
            {"settlement_funds_cad": 19000, "us_job": {"months_with_employer": 2.5}},
            (True, "CAD 19,000 or more", "CAD 19,000", None, ()),
        ),
        (
            MEDIAN,
            {"job_offer": {"hourly_wage": 29, "province": "ON"}},
            (True, "CAD 28 an hour or more", "CAD 29 an hour", None, ()),
        ),
        (
            MEDIAN,
            {"job_offer": {"hourly_wage": 29}},
            (None, "between CAD 28 an hour and CAD 30 an hour", "CAD 29 an hour", None, ("job_offer.province",)),
        ),
        (
            MEDIAN,
            {"job_offer": {"hourly_wage": 29, "province": "QC"}},
            (None, NOT_KNOWN, "CAD 29 an hour", None, ()),
        ),
        (MEDIAN, {"job_offer": False}, (False, NOT_KNOWN, "none", None, ())),
        (
            {**MEDIAN, "table": "gone"},
            {"job_offer": {"hourly_wage": 29, "province": "ON"}},
            (None, NOT_KNOWN, "CAD 29 an hour", None, ()),
        ),
        # A list's floor for an occupation.
        (
            OFFER_WAGE,
            {"job_offer": {**COOK, "hourly_wage": 20}},
            (True, "CAD 20 an hour or more", "CAD 20 an hour", None, ()),
        ),
        (
            OFFER_WAGE,
            {"job_offer": {**COOK, "hourly_wage": 19}},
            (False, "CAD 20 an hour or more", "CAD 19 an hour", "CAD 1 short", ()),
        ),
        (
            OFFER_WAGE,
            {"job_offer": {"noc": "75110", "hourly_wage": 19}},
            (True, "no floor for this occupation", "CAD 19 an hour", None, ()),
        ),
        (
            OFFER_WAGE,
            {"job_offer": {"noc": "21231", "hourly_wage": 19}},
            (True, "no floor for this occupation", "CAD 19 an hour", None, ()),
        ),
        (OFFER_WAGE, {"job_offer": False}, (False, NOT_KNOWN, "none", None, ())),
        (
            OFFER_WAGE,
            {"job_offer": {"hourly_wage": 19}},
            (None, NOT_KNOWN, "CAD 19 an hour", None, ("job_offer.noc",)),
        ),
        (
            OFFER_WAGE,
            {"job_offer": {"hourly_wage": 20}},
            (True, "between CAD 0 an hour and CAD 20 an hour", "CAD 20 an hour", None, ()),
        ),
        (
            {**OFFER_WAGE, "of": "main_occupation"},
            {"work": [YEAR], "job_offer": {"noc": "75110", "hourly_wage": 19}},
            (False, "CAD 20 an hour or more", "CAD 19 an hour", "CAD 1 short", ()),
        ),
        (
            {"list_level": {"occupation_list": "cooks", "of": "job_offer", "column": "floor"}, "op": ">=", "value": 20},
            {"job_offer": {}},
            (None, "20 or more", NOT_KNOWN, None, ("job_offer.noc",)),
        ),
        (
            {"list_level": {"occupation_list": "cooks", "of": "job_offer", "column": "other"}, "op": ">=", "value": 1},
            {"job_offer": {}},
            (False, "1 or more", "0", "1 short", ()),
        ),
        # Another fact.
        (
            OVER_MEDIAN,
            {"job_offer": {"hourly_wage": 30, "local_median_hourly_wage": 30}},
            (True, "CAD 30 an hour or more", "CAD 30 an hour", None, ()),
        ),
        (
            OVER_MEDIAN,
            {"job_offer": {"hourly_wage": 30, "local_median_hourly_wage": 31}},
            (False, "CAD 31 an hour or more", "CAD 30 an hour", "CAD 1 short", ()),
        ),
        (
            OVER_MEDIAN,
            {"job_offer": {"hourly_wage": 30}},
            (None, NOT_KNOWN, "CAD 30 an hour", None, ("job_offer.local_median_hourly_wage",)),
        ),
        (
            LIVES_THERE,
            {"intends_to_live_in": ["BC"], "job_offer": {"province": "ON"}},
            (False, "ON", "BC", None, ()),
        ),
        (
            LIVES_THERE,
            {"intends_to_live_in": ["BC"], "job_offer": {}},
            (None, NOT_KNOWN, "BC", None, ("job_offer.province",)),
        ),
        (LIVES_THERE, {"intends_to_live_in": ["BC"], "job_offer": False}, (False, NOT_KNOWN, "BC", None, ())),
        (
            LICENSED_THERE,
            {"job_offer": {"province": "ON"}, "licensed_in_canada": [{"province": "ON"}, {"province": "BC"}]},
            (True, "one of: BC, ON", "ON", None, ()),
        ),
        (
            LICENSED_THERE,
            {"job_offer": {"province": "QC"}, "licensed_in_canada": [{"province": "ON"}]},
            (False, "one of: ON", "QC", None, ()),
        ),
        (
            LICENSED_THERE,
            {"job_offer": {"province": "QC"}},
            (None, NOT_KNOWN, "QC", None, ("licensed_in_canada",)),
        ),
        # An occupation on a list.
        (LISTED, {"job_offer": COOK}, (True, ON_LIST, "63200 Cooks", None, ())),
        (LISTED, {"job_offer": {"noc": "21231"}}, (False, ON_LIST, "21231 Software engineers", None, ())),
        (LISTED, {"job_offer": {}}, (None, ON_LIST, NOT_KNOWN, None, ("job_offer.noc",))),
        (LISTED, {"job_offer": False}, (False, ON_LIST, "none", None, ())),
        (UNLISTED, {"job_offer": COOK}, (False, OFF_LIST, "63200 Cooks", None, ())),
        (UNLISTED, {"job_offer": {"noc": "21231"}}, (True, OFF_LIST, "21231 Software engineers", None, ())),
        (UNLISTED, {"job_offer": False}, (False, OFF_LIST, "none", None, ())),
        (
            {"occupation_of": "job_offer", "in_list": "gone"},
            {"job_offer": COOK},
            (None, "an occupation on the list “gone”", "63200 Cooks", None, ()),
        ),
        # Work, relatives, other programs, what only a person can judge.
        (MAINLY, {"work": [YEAR]}, (True, "most of the time worked in TEER 2, 3", "yes", None, ())),
        (MAINLY, {"work": [{**YEAR, "noc": "21231"}]}, (False, "most of the time worked in TEER 2, 3", "no", None, ())),
        (MAINLY, {}, (None, "most of the time worked in TEER 2, 3", NOT_KNOWN, None, ("work",))),
        (
            {**MAINLY, "main_teer_of": {"person": "partner"}},
            {"marital_status": "married"},
            (None, "most of the time worked in TEER 2, 3", NOT_KNOWN, None, ("partner.work",)),
        ),
        (HAS_SISTER, {**SINGLE, "relatives_in_canada": [SISTER]}, (True, "such a relative in Canada", "yes", None, ())),
        (HAS_SISTER, {**SINGLE, "relatives_in_canada": []}, (False, "such a relative in Canada", "no", None, ())),
        (HAS_SISTER, SINGLE, (None, "such a relative in Canada", NOT_KNOWN, None, ("relatives_in_canada",))),
        (HAS_NONE, {**SINGLE, "relatives_in_canada": [SISTER]}, (False, "no such relative in Canada", "yes", None, ())),
        (HAS_NONE, {**SINGLE, "relatives_in_canada": []}, (True, "no such relative in Canada", "no", None, ())),
        (HAS_NONE, SINGLE, (None, "no such relative in Canada", NOT_KNOWN, None, ("relatives_in_canada",))),
        (
            {"program": "adult"},
            {"birth_date": "1996-11-21"},
            (True, "to qualify for: The adult route", "yes", None, ()),
        ),
        (
            {"program": "adult"},
            {"birth_date": "2020-11-21"},
            (False, "to qualify for: The adult route", "no", None, ()),
        ),
        ({"program": "adult"}, {}, (None, "to qualify for: The adult route", NOT_KNOWN, None, ())),
        ({"program": "gone"}, {}, (None, "to qualify for: gone", NOT_KNOWN, None, ())),
        (
            {"program": "maybe"},
            {},
            (None, "to qualify for: The maybe route", "likely, with something to confirm there", None, ()),
        ),
        ({"program": "maybe", "verdict": ["eligible"]}, {}, (False, "to qualify for: The maybe route", "no", None, ())),
        (
            {"program": "adult", "verdict": ["not_eligible", "unknown"]},
            {},
            (True, "to qualify for: The adult route", "yes", None, ()),
        ),
        (
            {"judgement": "Show that you will leave."},
            {},
            (None, "Show that you will leave.", "to be confirmed by you", None, ()),
        ),
    ],
)
def test_one_condition_is_held_against_the_answers(
    condition: dict[str, Any], answers: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    finding = found(one(**condition), answers)
    assert said(finding) == expected
    [route] = finding.routes
    [part] = route.conditions
    assert (part.met, part.needed, part.yours, part.gap, part.missing) == expected
    assert part.subject
    assert route.met is finding.met


@pytest.mark.parametrize(
    ("condition", "subject", "french"),
    [
        (AGE, "Age", "Âge"),
        (ENOUGH, "Settlement funds", "Fonds d'établissement"),
        (LISTED, "Occupation of the job offer", "Profession de l'offre d'emploi"),
        (HAS_SISTER, "Relatives in Canada", "Parents au Canada"),
        (MAINLY, "Work that counts", "Travail pris en compte"),
        ({"program": "adult"}, "The adult route", "La voie adult"),
        ({"program": "gone"}, "gone", "gone"),
        ({"judgement": "Show it."}, "Only a person can judge this", "Seule une personne peut en juger"),
        ({"experience": {}, "unit": "months", "op": ">=", "value": 12}, "Work that counts", "Travail pris en compte"),
        ({"credential": {}, "op": ">=", "value": "masters"}, "Study that counts", "Études prises en compte"),
        (
            {"list_level": {"occupation_list": "cooks", "of": "job_offer"}, "op": ">=", "value": 1},
            "Occupation",
            "Profession",
        ),
    ],
)
def test_a_condition_names_its_subject(condition: dict[str, Any], subject: str, french: str) -> None:
    for language, name in (("en", subject), ("fr", french)):
        [route] = found(one(**condition), {}, language).routes
        assert route.conditions[0].subject == name


@pytest.mark.parametrize(
    ("condition", "answers", "yours", "gap"),
    [
        (
            {"experience": {}, "unit": "months", "op": ">=", "value": 14},
            {"work": [YEAR]},
            "12 months",
            "2 months short",
        ),
        ({"experience": {}, "unit": "years", "op": ">=", "value": 2}, {"work": [YEAR]}, "1 year", "1 year short"),
        ({"credential": {"assessed": False}, "op": ">=", "value": "masters"}, {"education": []}, "none", None),
        (
            {"credential": {"gives": "study_years"}, "op": ">=", "value": 2},
            {"education": []},
            "0 years",
            "2 years short",
        ),
        ({"credential": {"gives": "count"}, "op": ">=", "value": 2}, {"education": []}, "0", "2 short"),
        (
            {"list_level": {"occupation_list": "cooks", "of": "job_offer", "column": "floor"}, "op": ">=", "value": 25},
            {"job_offer": COOK},
            "20",
            "5 short",
        ),
        ({"fact": "english_lowest", "op": ">=", "value": 7}, score(5), "CLB 5", "2 levels short"),
    ],
)
def test_a_measure_is_said_in_its_own_unit(
    condition: dict[str, Any], answers: dict[str, Any], yours: str, gap: str | None
) -> None:
    finding = found(one(**condition), answers)
    assert (finding.met, finding.yours, finding.gap) == (False, yours, gap)


@pytest.mark.parametrize(
    ("condition", "answers", "about", "hangs"),
    [
        (AGE, {"birth_date": "1998-11-21"}, "birth_date", False),
        (AGE, {"birth_date": "1990-11-21"}, "", False),
        (AGE, {}, "", False),
        (
            {"fact": "job_offer_hourly_wage", "op": ">=", "value": 1},
            {"job_offer": False},
            "job_offer.hourly_wage",
            True,
        ),
        (LISTED, {"job_offer": False}, "job_offer", True),
        (LISTED, {"job_offer": {"noc": "21231"}}, "job_offer", False),
        (OFFER_WAGE, {"job_offer": False}, "job_offer.hourly_wage", True),
        (MEDIAN, {"job_offer": {"hourly_wage": 29, "province": "QC"}}, "", False),
        ({"experience": {}, "unit": "months", "op": ">=", "value": 14}, {"work": [YEAR]}, "", False),
        (
            {"experience": {}, "unit": "months", "op": ">=", "other_fact": "job_offer_months"},
            {"work": [YEAR], "job_offer": False},
            "",
            True,
        ),
    ],
)
def test_what_fails_for_want_of_something_to_ask_it_of_hangs_on_that(
    condition: dict[str, Any], answers: dict[str, Any], about: str, hangs: bool
) -> None:
    finding = found(one(**condition), answers)
    assert (finding.about, finding.hangs) == (about, hangs)


def test_a_finding_is_in_the_language_asked_for() -> None:
    listed = found(one(**LISTED), {"job_offer": COOK}, "fr")
    assert (listed.needed, listed.yours) == ("une profession de la liste « Cuisiniers et autres »", "63200 Cuisiniers")
    judged = found(one(judgement={"en": "Show it.", "fr": "Montrez-le."}), {}, "fr")
    assert (judged.needed, judged.yours) == ("Montrez-le.", "à confirmer par vous")


YES_, NO_, OPEN = (
    {"fact": "us_permanent_resident", "op": "==", "value": True},
    {"fact": "express_entry_profile", "op": "==", "value": True},
    {"fact": "in_canada", "op": "==", "value": True},
)
JUDGED, LIKELY = {"judgement": "Show it."}, {"program": "maybe"}
ANSWERS = {"us_permanent_resident": True, "express_entry_profile": False, "residence": None}
IN_CANADA = ("canada.present", "residence")


@pytest.mark.parametrize(
    ("routes", "met", "missing", "needs_a_person"),
    [
        ([[YES_]], True, (), False),
        ([[NO_]], False, (), False),
        ([[OPEN]], None, IN_CANADA, False),
        ([[YES_, NO_]], False, (), False),
        ([[NO_, OPEN]], False, (), False),
        ([[YES_, OPEN]], None, IN_CANADA, False),
        ([[OPEN, OPEN]], None, IN_CANADA, False),
        ([[NO_], [YES_]], True, (), False),
        ([[NO_], [OPEN]], None, IN_CANADA, False),
        ([[OPEN], [YES_]], True, (), False),
        ([[OPEN], [AGE]], None, (*IN_CANADA, "birth_date"), False),
        ([[OPEN, NO_], [AGE]], None, ("birth_date",), False),
        ([[JUDGED]], None, (), True),
        ([[LIKELY]], None, (), True),
        ([[JUDGED, YES_]], None, (), True),
        ([[JUDGED, LIKELY]], None, (), True),
        ([[JUDGED, OPEN]], None, IN_CANADA, False),
        ([[OPEN, JUDGED]], None, IN_CANADA, False),
        ([[JUDGED, NO_]], False, (), False),
        ([[JUDGED], [OPEN]], None, IN_CANADA, True),
        ([[OPEN], [JUDGED]], None, IN_CANADA, True),
        ([[JUDGED], [YES_]], True, (), False),
    ],
)
def test_a_requirement_is_met_by_one_route_and_a_route_by_all_its_conditions(
    routes: Any, met: Met, missing: tuple[str, ...], needs_a_person: bool
) -> None:
    finding = found(requirement(*routes), ANSWERS)
    assert (finding.met, finding.missing, finding.needs_a_person) == (met, missing, needs_a_person)
    assert len(finding.routes) == len(routes)


FUNDED = {"fact": "settlement_funds", "op": ">=", "value": 100}


@pytest.mark.parametrize(
    ("routes", "needed", "yours"),
    [
        ([[YES_, NO_]], "yes", "no"),
        ([[AGE, FUNDED]], "30 years or more; CAD 100 or more", "28 years; CAD 5"),
        ([[AGE, FUNDED], [AGE]], "30 years or more", "28 years"),
        ([[AGE, FUNDED], [NO_, YES_, OPEN]], "yes", f"no; {NOT_KNOWN}"),
        ([[AGE], [FUNDED]], "30 years or more", "28 years"),
        ([[AGE], [OPEN]], "yes", NOT_KNOWN),
        ([[AGE], [YES_]], "yes", "yes"),
        ([[OPEN], [YES_]], "yes", "yes"),
        ([[YES_, FUNDED | {"value": 1}]], "yes; CAD 1 or more", "yes; CAD 5"),
        ([[AGE, AGE]], "30 years or more", "28 years"),
    ],
)
def test_a_requirement_speaks_of_the_route_that_comes_nearest(routes: Any, needed: str, yours: str) -> None:
    finding = found(requirement(*routes), {**ANSWERS, "birth_date": "1998-11-21", "settlement_funds_cad": 5})
    assert (finding.needed, finding.yours) == (needed, yours)


def test_a_requirement_carries_its_text_its_source_and_since_when_it_holds() -> None:
    asked = requirement(
        [AGE],
        note={"en": "Mind this.", "fr": "Attention."},
        provision="s. 75",
        confidence="single",
        caution={"en": "Check it.", "fr": "À vérifier."},
    )
    for language, words in (
        ("en", ("You need this.", "Mind this.", "Check it.", "Rules")),
        ("fr", ("Il vous faut ceci.", "Attention.", "À vérifier.", "Règles")),
    ):
        finding = found(asked, {}, language)
        cited = finding.citation
        assert (finding.text, finding.note, cited.caution, cited.title) == words
        assert (cited.source, cited.provision, cited.as_of, cited.confidence) == (
            CITED["source"],
            "s. 75",
            "2026-11-21",
            "single",
        )
        assert cited.is_to_be_checked
        assert (finding.id, finding.effective_from.isoformat()) == ("asked", "2026-03-01")
    plain = found(requirement([AGE], source="https://example.org/other"), {})
    assert (plain.note, plain.citation.caution, plain.citation.title) == (None, None, None)
    assert not plain.citation.is_to_be_checked


FIRST = {"fact": "first_language_lowest", "op": ">=", "value": 7}
SECOND = {"fact": "second_language_lowest", "op": ">=", "value": 5}


@pytest.mark.parametrize(
    ("routes", "answers", "met", "yours"),
    [
        ([[FIRST]], score(7, 5), True, "CLB 7"),
        ([[FIRST, SECOND]], score(5, 7), True, "CLB 7; CLB 5"),
        ([[FIRST, SECOND]], score(7, 5), True, "CLB 7; CLB 5"),
        ([[FIRST, SECOND]], score(6, 6), False, "CLB 6"),
        ([[FIRST]], score(5, 6), False, "CLB 5"),
        ([[{"fact": "french_reading", "op": ">=", "value": 7}]], score(9, 6), False, "NCLC 6"),
        ([[{"fact": "english_lowest", "op": ">=", "value": 7}]], score(9), True, "CLB 9"),
        ([[FIRST]], {}, None, NOT_KNOWN),
    ],
)
def test_with_results_in_both_languages_those_count_that_serve_best(
    routes: Any, answers: dict[str, Any], met: Met, yours: str
) -> None:
    finding = found(requirement(*routes), answers)
    assert (finding.met, finding.yours) == (met, yours)


@pytest.mark.parametrize(
    ("routes", "answers", "rests"),
    [
        ([[FIRST]], score(7, estimated=True), True),
        ([[FIRST]], score(6, estimated=True), False),
        ([[FIRST]], score(7), False),
        ([[AGE]], {"birth_date": "1990-01-01", **score(7, estimated=True)}, False),
    ],
)
def test_what_is_met_by_an_estimated_result_rests_on_it(routes: Any, answers: dict[str, Any], rests: bool) -> None:
    assert found(requirement(*routes), answers).rests_on_estimate is rests


GRID = Grid.model_validate(
    {
        "id": "points",
        "name": {"en": "Points", "fr": "La grille"},
        "authority": "federal",
        "official_url": "https://example.org/grid",
        "versions": [
            {
                **SINCE,
                "maximum": 100,
                "factors": [
                    {
                        "id": name,
                        "name": "Age",
                        "role": "factor",
                        "only_for": programs,
                        "cases": [{"points": points, "text": "You are 18.", "any_of": [[{**AGE, "value": 18}]]}],
                        **CITED,
                    }
                    for name, points, programs in (("age", 10, []), ("theirs", 5, ["asking"]))
                ],
            }
        ],
    }
)


def test_a_total_is_read_as_the_program_counts_it() -> None:
    asked = one(grid="points", op=">=", value=16)
    for language, words in (
        ("en", ("Points", "16 points or more", "15 points", "1 point short")),
        ("fr", ("La grille", "16 points ou plus", "15 points", "il manque 1 point")),
    ):
        finding = found(asked, {"birth_date": "1996-11-21"}, language, GRID)
        [part] = finding.routes[0].conditions
        assert (part.subject, part.needed, part.yours, part.gap) == words
    open_ = found(one(grid="points", op=">=", value=15), SINGLE, "en", GRID)
    assert (open_.met, open_.missing) == (None, ("birth_date",))
    assert found(one(grid="points", op=">=", value=15), {"birth_date": "1996-11-21"}, "en", GRID).met


def test_programs_that_ask_for_each_others_verdict_are_refused() -> None:
    with pytest.raises(LookupError, match="verdicts depend on each other: asking > other > asking"):
        found(one(program="other"), {}, "en", program("other", one(program="asking")))
