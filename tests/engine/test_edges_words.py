"""What is said of values and comparisons, in both languages: units, thousands, ranges, what is short; and JSON text."""

import datetime as dt
import json
from typing import Any

import pytest

from eligibility.engine import assess
from eligibility.engine.json_text import json_text
from eligibility.engine.measures import rank, spoken_of
from eligibility.engine.words import Words
from eligibility.facts.values import ANYTHING, DOES_NOT_APPLY, INFINITE, NO, YES, Value, known, unknown_name
from eligibility.profile import read_profile
from programs.packs.schema.common import Text
from programs.rulebook import FactEntry, Rulebook, vocabulary
from tests.profiles import asha

EN, FR = Words("en"), Words("fr")
NARROW = "\u202f"


def entry(kind: Any, unit: str | None = None, key: str = "fact", **more: Any) -> FactEntry:
    return FactEntry(key, kind, Text(en="A fact"), (), unit, **more)


MONEY, YEARLY, HOURLY = entry("money", "CAD"), entry("money", "CAD a year"), entry("money", "CAD an hour")
YEARS, MONTHS, TEER, BARE = (entry("number", unit) for unit in ("years", "months", "TEER", None))
CLB, NCLC = entry("clb", "CLB", "english_reading"), entry("clb", "CLB", "french_reading")
LEVEL, STUDIED = entry("level"), entry("level", "credential")
TRUTH, PROVINCE, SET = entry("boolean"), entry("province"), entry("set")
REGION = entry("choice", choice_labels={"north": Text(en="The North", fr="Le Nord")})


@pytest.mark.parametrize(
    ("of", "value", "english", "french"),
    [
        (BARE, 0, "0", "0"),
        (BARE, 1234567, "1,234,567", f"1{NARROW}234{NARROW}567"),
        (BARE, 12.5, "12.5", "12,5"),
        (BARE, 12.25, "12.25", "12,25"),
        (BARE, 1200.5, "1,200.5", f"1{NARROW}200,5"),
        (BARE, 12.0, "12", "12"),
        (BARE, 12.001, "12", "12"),
        (BARE, 100, "100", "100"),
        (MONEY, 15263, "CAD 15,263", f"15{NARROW}263 $ CA"),
        (entry("money"), 5, "CAD 5", "5 $ CA"),
        (YEARLY, 52000, "CAD 52,000 a year", f"52{NARROW}000 $ CA par an"),
        (HOURLY, 25.5, "CAD 25.5 an hour", "25,5 $ CA l'heure"),
        (YEARS, 0, "0 years", "0 an"),
        (YEARS, 1, "1 year", "1 an"),
        (YEARS, 2, "2 years", "2 ans"),
        (MONTHS, 1, "1 month", "1 mois"),
        (MONTHS, 12, "12 months", "12 mois"),
        (entry("number", "hours"), 1, "1 hour", "1 heure"),
        (entry("number", "hours"), 2, "2 hours", "2 heures"),
        (entry("number", "hours a week"), 30, "30 hours a week", "30 heures par semaine"),
        (entry("number", "people"), 1, "1 person", "1 personne"),
        (entry("number", "children"), 3, "3 children", "3 enfants"),
        (entry("number", "points"), 67, "67 points", "67 points"),
        (entry("number", "percent"), 51, "51 percent", "51 pour cent"),
        (entry("number", "something else"), 51, "51", "51"),
        (TEER, 0, "TEER 0", "FEER 0"),
        (TEER, 3, "TEER 3", "FEER 3"),
        (MONTHS, INFINITE, "permanent", "permanent"),
        (MONTHS, INFINITE - 1, "999,999,999 months", f"999{NARROW}999{NARROW}999 mois"),
        (CLB, 9, "CLB 9", "NCLC 9"),
        (NCLC, 9, "NCLC 9", "NCLC 9"),
        (CLB, 0, "none", "aucun"),
        (LEVEL, 0, "no secondary diploma", "sans diplôme d'études secondaires"),
        (LEVEL, 4, "a bachelor's degree", "un baccalauréat"),
        (STUDIED, 0, "none", "aucun"),
        (STUDIED, 4, "a bachelor's degree", "un baccalauréat"),
        (TRUTH, True, "yes", "oui"),
        (TRUTH, False, "no", "non"),
        (PROVINCE, "ON", "ON", "ON"),
        (REGION, "north", "The North", "Le Nord"),
        (REGION, "far_south_east", "far south east", "far south east"),
        (SET, frozenset({"ON", "BC"}), "BC, ON", "BC, ON"),
        (SET, frozenset(), "none", "aucun"),
        (SET, None, "none", "aucun"),
    ],
)
def test_one_value_in_words(of: FactEntry, value: Any, english: str, french: str) -> None:
    assert EN.one(of, value) == english
    assert FR.one(of, value) == french
    if not isinstance(value, frozenset):
        assert EN.value(of, known(value)) == english
        assert FR.value(of, known(value)) == french


@pytest.mark.parametrize(
    ("of", "value", "english", "french"),
    [
        (MONTHS, Value(3, 12), "between 3 months and 12 months", "entre 3 mois et 12 mois"),
        (MONTHS, Value(3, INFINITE), "3 months or more", "3 mois ou plus"),
        (MONTHS, Value(0, INFINITE), "not known yet", "pas encore connu"),
        (MONTHS, Value(0, 12, ("work",)), "not known yet", "pas encore connu"),
        (MONTHS, Value(0, 12), "between 0 months and 12 months", "entre 0 mois et 12 mois"),
        (MONTHS, Value(1, 12, ("work",)), "between 1 month and 12 months", "entre 1 mois et 12 mois"),
        (MONTHS, DOES_NOT_APPLY, "none", "aucun"),
        (MONTHS, Value(None, 3), "none", "aucun"),
        (PROVINCE, unknown_name("canada.province"), "not known yet", "pas encore connu"),
        (TRUTH, Value(False, True), "not known yet", "pas encore connu"),
        (SET, Value(frozenset(), ANYTHING), "not known yet", "pas encore connu"),
        (SET, Value(frozenset({"US"}), ANYTHING), "US", "US"),
        (SET, known(frozenset({"US"})), "US", "US"),
        (TRUTH, YES, "yes", "oui"),
        (TRUTH, NO, "no", "non"),
    ],
)
def test_what_is_known_in_words(of: FactEntry, value: Value, english: str, french: str) -> None:
    assert EN.value(of, value) == english
    assert FR.value(of, value) == french


@pytest.mark.parametrize(
    ("value", "said"), [(known(9), "CLB 9"), (known(0), "none"), (Value(0, 12), "?"), (Value(7, 9), "7–9")]
)
def test_a_level_as_short_as_can_be(value: Value, said: str) -> None:
    assert EN.briefly(CLB, value) == said


@pytest.mark.parametrize(
    ("of", "op", "bound", "english", "french"),
    [
        (MONTHS, ">=", 12, "12 months or more", "12 mois ou plus"),
        (MONTHS, "<=", 12, "at most 12 months", "au plus 12 mois"),
        (MONTHS, ">", 12, "more than 12 months", "plus de 12 mois"),
        (MONTHS, "<", 12, "less than 12 months", "moins de 12 mois"),
        (MONTHS, "!=", 12, "not 12 months", "pas 12 mois"),
        (MONTHS, "==", 12, "12 months", "12 mois"),
        (PROVINCE, "in", ("ON", "BC"), "one of: ON, BC", "l'un de : ON, BC"),
        (PROVINCE, "not_in", ("ON", "BC"), "none of: ON, BC", "aucun de : ON, BC"),
        (SET, "contains", "ON", "ON", "ON"),
        (SET, "contains_none", "ON", "none of: ON", "aucun de : ON"),
        (SET, "contains", ("AU", "CO"), "one of: AU, CO", "l'un de : AU, CO"),
        (SET, "contains_none", ("AU", "CO"), "none of: AU, CO", "aucun de : AU, CO"),
        (PROVINCE, "contains_none", "ON", "none of: ON", "aucun de : ON"),
    ],
)
def test_what_is_needed_in_words(of: FactEntry, op: str, bound: Any, english: str, french: str) -> None:
    assert EN.needed(of, op, bound) == english
    assert FR.needed(of, op, bound) == french


@pytest.mark.parametrize(
    ("of", "value", "op", "bound", "english", "french"),
    [
        (MONTHS, known(9), ">=", 12, "3 months short", "il manque 3 mois"),
        (MONTHS, Value(2, 9), ">=", 12, "3 months short", "il manque 3 mois"),
        (MONTHS, known(9), ">", 12, "3 months short", "il manque 3 mois"),
        (MONTHS, known(12), ">=", 12, None, None),
        (MONTHS, known(12), ">", 12, None, None),
        (MONTHS, known(13), ">=", 12, None, None),
        (MONTHS, known(3), ">=", INFINITE, "999,999,997 months short", f"il manque 999{NARROW}999{NARROW}997 mois"),
        (MONTHS, known(0), ">=", INFINITE, None, None),
        (MONTHS, known(15), "<=", 12, "3 months too many", "3 mois de trop"),
        (MONTHS, Value(13, 20), "<", 12, "1 month too many", "1 mois de trop"),
        (MONTHS, known(12), "<", 12, None, None),
        (MONTHS, known(11), "<=", 12, None, None),
        (MONTHS, known(12 + INFINITE), "<=", 12, None, None),
        (MONTHS, known(9), "==", 12, None, None),
        (MONTHS, known(9), "in", (12, 13), None, None),
        (MONTHS, DOES_NOT_APPLY, ">=", 12, None, None),
        (CLB, known(6), ">=", 7, "1 level short", "il manque 1 niveau"),
        (CLB, known(5), ">=", 7, "2 levels short", "il manque 2 niveaux"),
        (CLB, known(9), "<=", 7, "2 too many", "2 de trop"),
        (TEER, known(5), "<=", 3, "2 too many", "2 de trop"),
        (TEER, known(1), ">=", 3, "2 short", "il manque 2"),
        (MONEY, known(10000), ">=", 15263, "CAD 5,263 short", f"il manque 5{NARROW}263 $ CA"),
        (HOURLY, known(20.1), ">=", 20.35, "CAD 0.25 short", "il manque 0,25 $ CA"),
        (MONEY, known(20), ">=", 20.129, "CAD 0.13 short", "il manque 0,13 $ CA"),
        (LEVEL, known(3), ">=", 4, None, None),
    ],
)
def test_what_is_short_in_words(
    of: FactEntry, value: Value, op: str, bound: Any, english: str | None, french: str | None
) -> None:
    assert EN.gap(of, value, op, bound) == english
    assert FR.gap(of, value, op, bound) == french


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        (dt.date(2026, 3, 1), "1 March 2026", "1er mars 2026"),
        (dt.date(2026, 12, 31), "31 December 2026", "31 décembre 2026"),
        (dt.date(2026, 1, 11), "11 January 2026", "11 janvier 2026"),
    ],
)
def test_a_day_in_words(day: dt.date, english: str, french: str) -> None:
    assert EN.day(day) == english
    assert FR.day(day) == french


def test_a_phrase_has_its_parts_filled_in() -> None:
    assert (EN["unknown"], FR["unknown"]) == ("not known yet", "pas encore connu")
    assert Words()["yes"] == "yes"
    assert FR.say("points", value=7) == "7 points"
    assert EN.say("test_used", test="IELTS", date="1 March 2026") == "IELTS of 1 March 2026"
    assert (EN.level(4), FR.level(4)) == ("a bachelor's degree", "un baccalauréat")


def test_bounds_are_compared_as_levels_by_their_rank() -> None:
    level, age = vocabulary().facts["education_level"], vocabulary().facts["age"]
    assert (rank(level, "bachelors"), rank(level, ("none", "masters"))) == (4, (0, 6))
    assert (rank(age, 18), rank(age, (18, 19))) == (18, (18, 19))


def test_what_is_no_fact_is_spoken_of_under_its_label() -> None:
    spoken = spoken_of("number", "Work that counts", "years")
    assert (spoken.key, spoken.type, spoken.label.en, spoken.answers, spoken.unit) == (
        "Work that counts",
        "number",
        "Work that counts",
        (),
        "years",
    )
    assert spoken_of("number", "Work that counts").unit is None


PEOPLE = (asha(), {"as_of": "2026-11-21"}, asha(work=[], language_tests=[], job_offer=None))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("scores_only", [True, False])
def test_the_text_of_an_assessment_is_its_json(language: str, scores_only: bool, rulebook: Rulebook) -> None:
    for person in PEOPLE:
        profile = read_profile(person)
        book = rulebook.on(profile.as_of)
        found = assess(profile, book, language)
        written = json.dumps(found.as_json(scores_only=scores_only), ensure_ascii=False)
        assert json_text(found, scores_only=scores_only).decode() == written
        assert json_text(found, scores_only=scores_only).decode() == written
        some = assess(profile, book, language, programs=["fsw", "cec"], grids=["fsw67"])
        assert json_text(some).decode() == json.dumps(some.as_json(), ensure_ascii=False)
