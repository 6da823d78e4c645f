"""A whole assessment of a small rulebook: which programs and scores are answered, in which order and in what form."""

import datetime as dt
import json
import pickle
from typing import Any

import pytest

from eligibility.engine import assess
from eligibility.engine.assessment import Assessment, Citation, Finding, Line, ProgramResult
from eligibility.engine.json_text import json_text
from eligibility.profile import read_profile
from programs.packs.schema import Grid, Notice, Pack, Program
from programs.packs.schema.common import Text
from programs.rulebook import Draw, PoolBand, PoolSnapshot, Round, RulebookInForce, build
from tests.engine.small import ABILITIES, CITED, COUNTING, OCCUPATIONS, chart, language_test
from tests.profiles import AS_OF
from tests.results import cast

PAGE = "https://example.org/route"
BARE = language_test(
    "bare", chart("bare", {level: level for level in range(1, 13)}), languages=("en", "fr"), certificate=False
)
ADULT = {"fact": "age", "op": ">=", "value": 18}
RESIDENT = {"fact": "us_permanent_resident", "op": "==", "value": True}
NOMINATED = {"fact": "nomination_express_entry", "op": "==", "value": True}
THIRTY = {"birth_date": "1996-11-21"}


def program(name: str, *asked: dict[str, Any], **changes: Any) -> Program:
    """A program that asks these conditions, each by itself; without any it has no rules."""
    requirements = [
        {"id": f"asks-{place}", "text": {"en": "Needed.", "fr": "Requis."}, "any_of": [[one]], **CITED}
        for place, one in enumerate(asked)
    ]
    version = {"version": "v7", "effective_from": "2026-03-01", "requirements": requirements, **CITED}
    written = {
        "id": name,
        "name": {"en": f"The {name} route", "fr": f"La voie {name}"},
        "authority": "federal",
        "category": "other",
        "leads_to": "permanent_residence",
        "official_url": PAGE,
        "summary": {"en": "A route.", "fr": "Une voie."},
        "versions": [version],
    }
    return Program.model_validate({**written, **changes})


def grid(name: str = "points", points: int = 10, condition: dict[str, Any] = ADULT, **changes: Any) -> Grid:
    case = {"points": points, "text": "Met.", "any_of": [[condition]]}
    factor = {"id": "one", "name": "One", "role": "factor", "cases": [case], **CITED}
    version = {"version": "1", "effective_from": "2026-03-01", "maximum": 1000, "factors": [factor], **CITED, **changes}
    written = {"id": name, "name": name.title(), "authority": "federal", "official_url": "https://example.org/grid"}
    return Grid.model_validate({**written, "versions": [version]})


def book(*documents: Pack, **more: Any) -> RulebookInForce:
    return build([COUNTING, BARE, *documents], OCCUPATIONS, "small", more.pop("rounds", ()), **more).on(AS_OF)


def of(rules: RulebookInForce, answers: dict[str, Any] | None = None, language: str = "en", **asked: Any) -> Assessment:
    return assess(read_profile({"as_of": AS_OF.isoformat(), **(answers or {})}), rules, language, **asked)


def verdicts(found: Assessment) -> dict[str, str | None]:
    return {one.id: one.verdict for one in found.programs}


OF_A_VERDICT = {"program": "adult"}
SCORED = {"grid": "points", "op": ">=", "value": 10}


def test_only_what_is_asked_for_is_answered_and_in_the_order_of_the_rulebook() -> None:
    rules = book(
        program("z-resident", RESIDENT),
        program("announced"),
        program("looks", OF_A_VERDICT),
        program("adult", ADULT),
        program("scored", SCORED),
        grid(),
        grid("others", 5, RESIDENT),
    )
    order = [one.document.id for one in rules.programs]
    expected = {
        "adult": "eligible",
        "announced": None,
        "looks": "eligible",
        "scored": "eligible",
        "z-resident": "unknown",
    }
    whole = of(rules, THIRTY)
    assert verdicts(whole) == expected
    assert list(verdicts(whole)) == order
    assert list(whole.scores) == list(rules.grids)
    assert set(whole.scores) == {"points", "others"}
    for asked in (["looks"], ["scored", "adult"], ["announced"], ["announced", "looks"], ["gone"], []):
        some = of(rules, THIRTY, programs=asked)
        assert list(verdicts(some)) == [name for name in order if name in asked]
        assert all(some.program(name) == whole.program(name) for name in verdicts(some))
        assert some.scores == whole.scores
    one_grid = of(rules, THIRTY, grids=["others"])
    assert (verdicts(one_grid), list(one_grid.scores)) == (expected, ["others"])
    assert one_grid.scores["others"] == whole.scores["others"]
    bare = of(rules, THIRTY, grids=[])
    assert (verdicts(bare), bare.scores) == (expected, {})
    points = of(rules, THIRTY, scores_only=True, programs=["adult"])
    assert (points.programs, points.scores) == ((), whole.scores)
    assert of(rules, THIRTY) == whole
    with pytest.raises(KeyError, match="gone"):
        whole.program("gone")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (THIRTY | {"us_permanent_resident": True}, ["eligible"] * 3 + ["not_eligible"]),
        (THIRTY | {"us_permanent_resident": False}, ["not_eligible", "not_eligible", "eligible", "eligible"]),
        (THIRTY, ["unknown", "unknown", "eligible", "unknown"]),
        ({"us_permanent_resident": True}, ["unknown", "unknown", "unknown", "unknown"]),
    ],
)
def test_a_program_may_look_at_verdicts_that_look_at_others(answers: dict[str, Any], expected: list[str]) -> None:
    rules = book(
        program("both", ADULT, RESIDENT),
        program("c", {"program": "both"}),
        program("d", {"program": "e"}),
        program("e", ADULT),
        program("f", {"program": "c", "verdict": ["not_eligible"]}, ADULT),
    )
    found = verdicts(of(rules, answers))
    assert [found[name] for name in ("both", "c", "e", "f")] == expected
    assert found["d"] == found["e"]
    alone = {name: of(rules, answers, programs=[name]).program(name).verdict for name in found}
    assert alone == found


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        (["met", "met"], "eligible"),
        (["met", "missed"], "not_eligible"),
        (["open", "missed"], "not_eligible"),
        (["judged", "missed"], "not_eligible"),
        (["met", "open"], "unknown"),
        (["open", "judged"], "unknown"),
        (["judged", "open"], "unknown"),
        (["judged", "met"], "likely"),
        (["judged", "judged"], "likely"),
    ],
)
def test_one_requirement_missed_decides_and_then_one_that_is_open(asked: list[str], verdict: str) -> None:
    kinds = {
        "met": ADULT,
        "missed": {**ADULT, "value": 31},
        "open": RESIDENT,
        "judged": {"judgement": "Only they can say."},
    }
    found = of(book(program("route", *[kinds[kind] for kind in asked])), THIRTY).program("route")
    assert found.verdict == verdict
    for kind, told in (
        ("met", found.met),
        ("missed", found.missed),
        ("open", found.to_answer),
        ("judged", found.to_confirm),
    ):
        assert [one.id for one in told] == [f"asks-{place}" for place, each in enumerate(asked) if each == kind]


def test_many_programs_are_judged_together_as_each_would_be_alone() -> None:
    ages = range(10, 90)
    rules = book(
        *[
            program(f"p{age}", {**ADULT, "value": age}, {"fact": "settlement_funds", "op": ">=", "value": age * 100})
            for age in ages
        ],
        *[program(f"q{age}", {"program": f"p{age}"}) for age in ages],
    )
    for years, funds in ((30, 5000), (60, 4000), (30, 5000)):
        answers = {"birth_date": f"{AS_OF.year - years}-11-21", "settlement_funds_cad": funds}
        found = verdicts(of(rules, answers))
        for age in ages:
            expected = "eligible" if age <= years and age * 100 <= funds else "not_eligible"
            assert found[f"p{age}"] == found[f"q{age}"] == expected


def results(english: int | None = None, french: int | None = None, **changes: Any) -> list[dict[str, Any]]:
    return [
        {"test": "bare", "language": language, **dict.fromkeys(ABILITIES, level), **changes}
        for language, level in (("en", english), ("fr", french))
        if level is not None
    ]


def levels(*found: int | None) -> dict[str, int | None]:
    return dict(zip(ABILITIES, found, strict=True))


@pytest.mark.parametrize(
    ("tests", "english", "french"),
    [
        (None, None, None),
        ([], None, None),
        (results(7), levels(7, 7, 7, 7), None),
        (results(french=6), None, levels(6, 6, 6, 6)),
        (results(7, 6, writing=9), levels(7, 7, 9, 7), levels(6, 6, 9, 6)),
        (results(7, reading=None), levels(7, None, 7, 7), None),
        ([*results(7), *results(8)], levels(8, 8, 8, 8), None),
        ([*results(8), *results(7, reading=12)], levels(8, 8, 8, 8), None),
        ([*results(7, reading=8), *results(7, writing=9)], levels(7, 7, 9, 7), None),
        ([*results(7, writing=9), *results(7, reading=8)], levels(7, 7, 9, 7), None),
        ([*results(7), *results(6, reading=None), *results(french=5)], levels(7, 7, 7, 7), levels(5, 5, 5, 5)),
    ],
)
@pytest.mark.parametrize("whose", ["applicant", "partner"])
def test_the_levels_that_count_are_those_of_the_strongest_result(
    tests: list[dict[str, Any]] | None, english: Any, french: Any, whose: str
) -> None:
    answers: dict[str, Any] = {"language_tests": tests}
    if whose == "partner":
        # An applicant without results has one choice of them; of whose results nothing is known has several.
        answers = {"marital_status": "married", "partner": answers, "language_tests": []}
        assert of(book(), answers).clb == of(book(), {**answers, "language_tests": None}).clb
    found = of(book(), answers).clb
    other = "partner" if whose == "applicant" else "applicant"
    assert found == {whose: {"en": english, "fr": french}, other: {"en": None, "fr": None}}


BALANCED = {"fact": "second_language_lowest", "op": ">=", "other_fact": "partner_language_lowest"}


def test_who_differs_only_in_the_second_choice_of_results_is_told_something_else() -> None:
    first = {"fact": "first_language_lowest", "op": ">=", "value": 9}
    rules = book(
        program("adult", ADULT),
        program("balanced", BALANCED),
        program("first", first),
        program("looks", {"program": "first"}),
    )
    partner = {"marital_status": "married", "partner": {"language_tests": results(6)}}

    def said(french: int, english: int = 5) -> list[str | None]:
        found = of(rules, THIRTY | partner | {"language_tests": results(english, french)})
        assert [one.requirements[0].met for one in found.programs] == [
            one.verdict == "eligible" for one in found.programs
        ]
        return [one.verdict for one in found.programs]

    yes, no = "eligible", "not_eligible"
    assert said(5) == [yes, no, no, no]
    assert said(9) == [yes, yes, yes, yes]
    assert said(8) == [yes, yes, no, no]
    assert said(5) == [yes, no, no, no]
    assert said(5, english=8) == [yes, yes, no, no]


OVER_MEDIAN = {"fact": "job_offer_hourly_wage", "op": ">=", "other_fact": "job_offer_local_median_hourly_wage"}
JUDGED_IF_ADULT = {"id": "both", "text": "Needed.", "any_of": [[ADULT, {"judgement": "Only they can say."}]], **CITED}


@pytest.mark.parametrize(
    ("changes", "name", "verdict"),
    [
        ({"us_permanent_resident": True}, "resident", "eligible"),
        ({"us_permanent_resident": None}, "resident", "unknown"),
        ({"birth_date": None}, "maybe", "unknown"),
        ({"birth_date": None}, "looks", "unknown"),
        ({"birth_date": "2020-01-01"}, "looks", "not_eligible"),
        ({"job_offer": {"hourly_wage": 30, "local_median_hourly_wage": 31}}, "paid", "not_eligible"),
        ({"job_offer": {"hourly_wage": 28, "local_median_hourly_wage": 29}}, "paid", "not_eligible"),
        ({"job_offer": {"hourly_wage": 28}}, "paid", "unknown"),
        ({"language_tests": results(7, 4)}, "balanced", "eligible"),
        ({"language_tests": results(4, 4)}, "balanced", "not_eligible"),
        ({"language_tests": results(8, 5), "partner": {"language_tests": results(9)}}, "balanced", "not_eligible"),
    ],
)
def test_a_verdict_follows_the_answers_whoever_came_before(changes: dict[str, Any], name: str, verdict: str) -> None:
    maybe = program("maybe").model_dump(mode="json", by_alias=True)
    maybe["versions"][0]["requirements"] = [JUDGED_IF_ADULT]
    rules = book(
        program("resident", RESIDENT),
        program("paid", OVER_MEDIAN),
        program("balanced", BALANCED),
        Program.model_validate(maybe),
        program("looks", {"program": "maybe"}),
    )
    usual = {
        **THIRTY,
        "us_permanent_resident": False,
        "marital_status": "married",
        "partner": {"language_tests": results(5)},
        "job_offer": {"hourly_wage": 30, "local_median_hourly_wage": 29},
        "language_tests": results(7, 6),
    }
    expected = {"balanced": "eligible", "looks": "likely", "maybe": "likely", "paid": "eligible"}
    expected["resident"] = "not_eligible"
    assert verdicts(of(rules, usual)) == expected
    found = verdicts(of(rules, usual | changes))
    assert found[name] == verdict
    assert found == verdicts(of(book(*[one.document for one in rules.programs]), usual | changes))
    assert verdicts(of(rules, usual)) == expected


def held(number: str, kind: str, cutoff: int, round_type: Any = "program", nomination: bool = False) -> Round:
    return Round(number, dt.date(2026, 9, 1), kind, round_type, kind, 100, cutoff, nomination, "https://example.org")


ROUNDS = (held("1", "ranked", 10), held("2", "french", 9, "category"), held("3", "pnp", 10, "general", nomination=True))
POOL = (PoolSnapshot(dt.date(2026, 9, 2), (PoolBand(10, 20, 7), PoolBand(0, 9, 5)), "https://example.org/pool"),)
EXPRESS = {"category": "express_entry", "grids": ["other", "points"]}
OF_POOL = (
    program("also", ADULT, category="express_entry", grids=["gone", "points"]),
    program("category-french", {"fact": "french_lowest", "op": ">=", "value": 7}, category="ee_category"),
    program("ranked", RESIDENT, **EXPRESS),
    program("outside", ADULT, grids=["other"]),
    grid(),
    grid("other", 3),
)


def test_rounds_are_held_against_verdicts_the_ranking_score_and_the_nomination() -> None:
    rules = book(*OF_POOL, rounds=ROUNDS, pool=POOL)

    def reached(answers: dict[str, Any]) -> dict[str, tuple[Any, int]]:
        found = of(rules, answers).invitations
        assert found is not None
        assert found.rounds == 3
        return {one.kind: (one.eligible_for, one.would_have_reached) for one in found.by_kind}

    there, french = {"us_permanent_resident": True}, {"language_tests": results(french=7)}
    none = {"us_permanent_resident": False, "language_tests": [], "nomination": False}
    nominated = {"nomination": {"province": "ON", "express_entry": True}}
    assert reached(THIRTY | none) == {"ranked": (False, 0), "french": (False, 0), "pnp": (False, 0)}
    assert reached(THIRTY | none | there) == {"ranked": (True, 1), "french": (False, 0), "pnp": (False, 0)}
    assert reached(THIRTY | none | french) == {"ranked": (False, 0), "french": (True, 1), "pnp": (False, 0)}
    assert reached(THIRTY | none | nominated) == {"ranked": (False, 0), "french": (False, 0), "pnp": (True, 1)}
    young = {"birth_date": "2020-01-01"}
    assert reached(young | none | there) == {"ranked": (True, 0), "french": (False, 0), "pnp": (False, 0)}
    assert reached({}) == {"ranked": (None, 0), "french": (None, 0), "pnp": (None, 0)}
    assert reached(THIRTY | none) == {"ranked": (False, 0), "french": (False, 0), "pnp": (False, 0)}
    found = of(rules, THIRTY).invitations
    assert found is not None
    assert found.pool is not None
    assert (found.pool.alongside, found.pool.total) == (7, 12)


def test_without_rounds_or_a_score_that_ranks_the_pool_there_is_no_outlook() -> None:
    assert of(book(*OF_POOL), THIRTY).invitations is None
    rules = book(*OF_POOL, rounds=ROUNDS)
    assert of(rules, THIRTY, programs=["ranked"]).invitations is None
    assert of(rules, THIRTY, scores_only=True).invitations is None
    assert of(rules, THIRTY, grids=["other"]).invitations == of(rules, THIRTY).invitations
    assert list(of(rules, THIRTY, grids=["other"]).scores) == ["other"]
    for pool in (
        [],
        [program("ranked", ADULT, category="express_entry", grids=["gone"])],
        [
            program("one", ADULT, category="express_entry", grids=["points"]),
            program("two", ADULT, category="express_entry", grids=["other"]),
        ],
    ):
        assert of(book(grid(), grid("other"), *pool, rounds=ROUNDS), THIRTY).invitations is None
    without_rules = program("ranked", category="express_entry", grids=["points"])
    found = of(book(grid(), without_rules, rounds=ROUNDS), THIRTY).invitations
    assert found is not None
    assert {one.eligible_for for one in found.by_kind} == {None}


NOTICE = Notice.model_validate(
    {
        "id": "soon",
        "title": {"en": "Soon", "fr": "Bientôt"},
        "text": {"en": "It may change.", "fr": "Cela peut changer."},
        "concerns": ["told", "gone"],
        "confidence": "proposed",
        "reported_on": "2026-04-01",
        "effective_from": "2027-01-01",
        "sources": [{"url": "https://example.org/news", "title": "News", "as_of": "2026-04"}],
    }
)
LATER = NOTICE.model_copy(update={"id": "later", "effective_from": None, "concerns": ("plain",)})
CAUTIOUS: dict[str, Any] = {**CITED, "caution": {"en": "Check it.", "fr": "À vérifier."}}
TOLD = program(
    "told",
    {**ADULT, "value": 31},
    NOMINATED,
    category="pnp_stream",
    authority="on",
    leads_to="nomination",
    grids=["gone", "points"],
    intake=[
        {
            "from": "2026-04-01",
            "to": "2026-12-31",
            "status": "paused",
            "note": {"en": "Until spring.", "fr": "Jusqu'au printemps."},
            **CAUTIOUS,
        }
    ],
    outlook=[
        {
            "effective_from": "2026-04-01",
            "realistic": "unlikely",
            "text": {"en": "Rarely.", "fr": "Rarement."},
            **CAUTIOUS,
        }
    ],
    facts=[{"topic": "fee", "text": {"en": "It costs.", "fr": "Cela coûte."}, "amount_cad": 1500, **CAUTIOUS}],
    next_steps=[{"text": {"en": "Do it.", "fr": "Faites-le."}, "url": PAGE, "done_by": "language_results"}],
    not_checked={"en": "We do not check this.", "fr": "Nous ne le vérifions pas."},
    express_entry_linked=True,
    express_entry_option=True,
)
RULES = (TOLD, program("plain", ADULT), program("announced", grids=["points", "other"]), grid(), grid("other"))


def test_what_is_told_of_a_program_is_told_whoever_asks() -> None:
    for language, place in (("en", 0), ("fr", 1)):

        def said(*texts: str) -> str:
            return texts[place]  # noqa: B023

        source = Citation(CITED["source"], None, CITED["as_of"], "confirmed", said("Check it.", "À vérifier."))
        told = of(book(*RULES, NOTICE, LATER), THIRTY, language).program("told")
        assert (told.id, told.name) == ("told", said("The told route", "La voie told"))
        assert (told.authority, told.category, told.leads_to) == ("on", "pnp_stream", "nomination")
        assert (told.summary, told.official_url) == (said("A route.", "Une voie."), PAGE)
        assert (told.version, told.effective_from) == ("v7", dt.date(2026, 3, 1))
        assert (told.grids, told.notices) == (("points",), ("soon",))
        assert told.not_checked == said("We do not check this.", "Nous ne le vérifions pas.")
        assert (told.express_entry_linked, told.express_entry_option) == (True, True)
        intake, outlook = told.intake, told.outlook
        assert intake is not None
        assert outlook is not None
        assert (intake.status, intake.since, intake.until) == ("paused", dt.date(2026, 4, 1), dt.date(2026, 12, 31))
        assert (intake.note, intake.citation) == (said("Until spring.", "Jusqu'au printemps."), source)
        assert (outlook.realistic, outlook.text, outlook.citation) == ("unlikely", said("Rarely.", "Rarement."), source)
        [fact] = told.facts
        assert (fact.topic, fact.text, fact.amount_cad, fact.citation) == (
            "fee",
            said("It costs.", "Cela coûte."),
            1500,
            source,
        )
        [step] = told.next_steps
        assert (step.text, step.url, step.done_by) == (said("Do it.", "Faites-le."), PAGE, "language_results")
    plain = of(book(*RULES, NOTICE), THIRTY).program("plain")
    assert (plain.intake, plain.outlook, plain.not_checked, plain.facts, plain.next_steps) == (None, None, None, (), ())
    assert (plain.express_entry_linked, plain.express_entry_option, plain.notices) == (False, False, ())
    later = program("plain", intake=[{"from": "2026-04-01", "status": "announced", **CITED}], versions=[])
    found = of(book(later), THIRTY).program("plain")
    assert (found.verdict, found.version, found.effective_from, found.requirements) == (None, None, None, ())
    assert found.intake is not None
    assert found.intake.note is None
    with pytest.raises(AttributeError):
        _ = plain.shoe_size


def test_notices_are_told_in_the_language_asked_for() -> None:
    for language, texts in (("en", ("Soon", "It may change.")), ("fr", ("Bientôt", "Cela peut changer."))):
        [found] = of(book(*RULES, NOTICE), THIRTY, language).notices
        assert (found.id, found.title, found.text) == ("soon", *texts)
        assert (found.concerns, found.confidence) == (("told", "gone"), "proposed")
        assert found.effective_from == dt.date(2027, 1, 1)
        assert found.sources == (("https://example.org/news", "News", "2026-04"),)


def test_the_answer_has_the_form_of_the_contract() -> None:
    answers = {"id": "a-1", **THIRTY, "language_tests": results(7)}
    whole = of(book(*RULES, NOTICE, LATER), answers)
    written = whole.as_json()
    first, second = written["programs"][-1].pop("requirements"), written["programs"][0].pop("requirements")
    assert second == []
    assert first[0] == {
        "id": "asks-0",
        "met": False,
        "text": "Needed.",
        "yours": "30 years",
        "needed": "31 years or more",
        "source": CITED["source"],
        "effective_from": "2026-03-01",
        "gap": "1 year short",
    }
    assert first[1]["missing"] == ["nomination"]
    points = {"total": 10, "factors": {"one": 10}, "complete": True, "range": [10, 10]}
    notice = {"confidence": "proposed", "text": "It may change.", "source": "https://example.org/news"}
    assert written | {"programs": [written["programs"][0], written["programs"][-1]]} == {
        "id": "a-1",
        "as_of": AS_OF.isoformat(),
        "rulebook": "small",
        "clb": {"applicant": {"en": levels(7, 7, 7, 7), "fr": None}, "partner": {"en": None, "fr": None}},
        "scores": {"points": points, "other": points},
        "notices": [
            {"id": "later", "concerns": ["plain"], "effective_from": None, **notice},
            {"id": "soon", "concerns": ["told", "gone"], "effective_from": "2027-01-01", **notice},
        ],
        "programs": [
            {
                "id": "announced",
                "name": "The announced route",
                "authority": "federal",
                "kind": "other",
                "verdict": "unknown",
                "intake": None,
                "outlook": None,
                "not_checked": None,
                "scores": {"points": 10, "other": 10},
            },
            {
                "id": "told",
                "name": "The told route",
                "authority": "on",
                "kind": "pnp_stream",
                "verdict": "not_eligible",
                "intake": "paused",
                "outlook": "Rarely.",
                "not_checked": "We do not check this.",
                "scores": {"points": 10},
            },
        ],
    }
    only = whole.as_json(scores_only=True)
    assert list(only) == ["id", "as_of", "rulebook", "clb", "scores"]
    invited = of(book(*OF_POOL, rounds=ROUNDS, pool=POOL), THIRTY | {"nomination": False})
    said = invited.as_json()["invitations"]
    assert {**said, "by_kind": said["by_kind"][:1]} == {
        "window_months": 12,
        "rounds": 3,
        "could_have_been_invited": 0,
        "by_kind": [
            {
                "kind": "french",
                "rounds": 1,
                "eligible_for": None,
                "would_have_reached": 0,
                "might_have_reached": 0,
                "other_scale": 0,
                "last_cutoff": 9,
                "lowest_cutoff": 9,
                "median_cutoff": 9,
                "last_date": "2026-09-01",
                "includes_nomination_points": False,
            }
        ],
        "pool": {
            "date": "2026-09-02",
            "total": 12,
            "other_scale": False,
            "above": [0, 0],
            "alongside": 7,
            "below": [5, 5],
        },
    }
    without = of(book(*OF_POOL, rounds=ROUNDS), THIRTY).as_json()["invitations"]
    assert "pool" not in without


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("answers", [{}, THIRTY, {"birth_date": "2020-01-01"}])
def test_the_text_is_the_answer_as_json(answers: dict[str, Any], language: str) -> None:
    for rules in (book(*RULES, NOTICE), book(*RULES), book(*OF_POOL, rounds=ROUNDS, pool=POOL), book()):
        for asked in ({}, {"programs": ["announced"]}, {"grids": ["other"]}):
            found = of(rules, answers, language, **asked)
            for scores_only in (False, True):
                written = json.dumps(found.as_json(scores_only=scores_only), ensure_ascii=False)
                # What was written for the first stays for the second.
                for _ in range(2):
                    assert json_text(found, scores_only=scores_only).decode() == written
            assert json_text(found) == json_text(found, scores_only=False)


def test_an_answer_that_rests_on_too_much_is_told_with_its_confidence() -> None:
    assert cast.finding(citation=cast.citation(confidence="memory")).as_json()["confidence"] == "memory"
    plain = cast.finding().as_json()
    assert plain.keys().isdisjoint({"confidence", "gap", "missing"})
    for changes, expected in (
        ({}, False),
        ({"confidence": "single"}, True),
        ({"caution": "Check it."}, True),
    ):
        assert cast.citation(**changes).is_to_be_checked is expected


def missed(name: str, about: str, hangs: bool) -> Finding:
    return cast.finding(name, met=False, about=about, hangs=hangs)


@pytest.mark.parametrize(
    ("findings", "steps"),
    [
        ([], []),
        ([missed("offer", "job_offer", False), missed("wage", "job_offer.hourly_wage", True)], ["offer"]),
        ([missed("wage", "job_offer.hourly_wage", True), missed("noc", "job_offer.noc", True)], ["wage"]),
        ([missed("wage", "job_offer.hourly_wage", True), missed("age", "birth_date", False)], ["age", "wage"]),
        ([missed("low", "job_offer.hourly_wage", False), missed("noc", "job_offer.noc", True)], ["low", "noc"]),
        ([missed("a", "x", True), missed("b", "y", True), missed("c", "y.z", True)], ["a", "b"]),
    ],
)
def test_what_hangs_on_one_thing_is_one_step(findings: list[Finding], steps: list[str]) -> None:
    found = cast.program("route", cast.finding(), *findings)
    assert [one.id for one in found.steps] == steps
    assert found.missed == tuple(findings)


def test_results_are_the_same_when_they_say_the_same() -> None:
    rules = book(*RULES)
    one, same = of(rules, THIRTY).program("told"), of(rules, THIRTY | {"settlement_funds_cad": 5}).program("told")
    other = of(rules, {"birth_date": "1997-11-21"}).program("told")
    assert one == same
    assert (one != same) is False
    assert hash(one) == hash(same)
    assert one != other
    assert one.verdict == other.verdict
    assert one != of(rules, THIRTY).program("plain")
    assert one != tuple(one)
    copied: ProgramResult = pickle.loads(pickle.dumps(one))
    assert copied == one
    assert copied.requirements == one.requirements
    assert repr(one).startswith("ProgramResult(ProgramTold(id='told'")
    assert "'not_eligible'" in repr(one)


def test_the_lines_of_a_score_are_walked_from_the_top_down() -> None:
    def line(name: str, *below: Line) -> Line:
        return cast.line(name, 1, None, children=below)

    found = cast.crs(lines=(line("a", line("b", line("c")), line("d")), line("e")))
    assert [one.id for one in found.walk()] == ["a", "b", "c", "d", "e"]


def test_the_draws_of_the_rulebook_go_with_the_assessment() -> None:
    figures = (5, None, "points", 70, None)
    source = (None, "https://example.org", "2026", "confirmed")
    one = Draw("a", "ON", ("told",), dt.date(2026, 4, 1), "day", Text(en="A draw"), *figures, *source)
    assert list(of(book(*RULES, draws=[one]), THIRTY).draws) == [one]
