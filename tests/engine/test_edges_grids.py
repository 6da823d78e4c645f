"""What a grid gives one person: each line with its points, its range and its words, the total, what would settle it."""

import datetime as dt
from typing import Any

import pytest

from eligibility.engine import assess
from eligibility.engine.assessment import Line, Score
from eligibility.profile import read_profile
from programs.packs.schema import Grid, Pack, Program
from programs.packs.schema.common import Text
from tests.engine.small import ABILITIES, CITED, chart, language_test, small_book
from tests.profiles import AS_OF

LEVELS = {level: level for level in range(1, 13)}
BARE = language_test("bare", chart("bare", LEVELS), languages=("en", "fr"), certificate=False)
DATED = language_test("dated", chart("dated", LEVELS), languages=("en", "fr")).model_copy(
    update={"name": Text(en="Dated", fr="Daté")}
)
BORN, UNSAID = ("birth_date",), "not known yet"
RESIDENT = {"fact": "us_permanent_resident", "op": "==", "value": True}
CHILDLESS = {"fact": "dependent_children", "op": "==", "value": 0}
PARTNERED = {"fact": "partner_counts", "op": "==", "value": True}
ADULT = {"fact": "age", "op": ">=", "value": 18}
# With whom there is no question whether a partner counts.
SINGLE: dict[str, Any] = {"marital_status": "single"}


def factor(**changes: Any) -> dict[str, Any]:
    written = {"id": "one", "name": {"en": "One", "fr": "Un"}, "role": "factor", **CITED, **changes}
    if "children" in written:
        written.setdefault("combine", "sum")
    return written


def case(points: int, *routes: dict[str, Any], text: str = "You are 18.") -> dict[str, Any]:
    return {
        "points": points,
        "text": {"en": text, "fr": f"FR {text}"},
        "any_of": [[each] for each in routes or [ADULT]],
    }


def cases(*given: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return factor(cases=given or [case(10)], **changes)


def resident(points: int, **changes: Any) -> dict[str, Any]:
    """A factor that gives points to permanent residents of the United States, and asks for that answer."""
    return cases(case(points, RESIDENT, text="You live there."), **changes)


def table(fact: str, points: list[Any], *bands: dict[str, Any], columns: Any = None, **changes: Any) -> dict[str, Any]:
    """A factor with a table; `columns` are a fact and its bands."""
    written: dict[str, Any] = {"rows": {"measure": {"fact": fact}, "bands": bands}}
    if columns is not None:
        written["columns"] = {"measure": {"fact": columns[0]}, "bands": columns[1:]}
    rows = [row if isinstance(row, list) else [row] for row in points]
    per_ability = changes.pop("per_ability", False)
    return factor(table={**written, "points": rows, "per_ability": per_ability}, **changes)


def grid(*factors: dict[str, Any], name: str = "points", **version: Any) -> Grid:
    held = {"version": "v1", "effective_from": "2026-03-01", "maximum": 1000, "factors": factors, **CITED, **version}
    called = {"en": "Points", "fr": "La grille"}
    written = {"id": name, "name": called, "authority": "federal", "official_url": "https://example.org/grid"}
    return Grid.model_validate({**written, "versions": [held]})


def scored(written: Grid, answers: dict[str, Any], language: str = "en", *more: Pack) -> Score:
    profile = read_profile({"as_of": AS_OF.isoformat(), **SINGLE, **answers})
    return assess(profile, small_book(BARE, DATED, written, *more), language).scores[written.id]


def line(written: dict[str, Any], answers: dict[str, Any], language: str = "en") -> Line:
    [found] = scored(grid(written), answers, language).lines
    return found


def told(found: Line) -> tuple[Any, ...]:
    return found.points, found.high, found.yours, found.missing


def aged(age: int) -> dict[str, Any]:
    return {"birth_date": AS_OF.replace(year=AS_OF.year - age).isoformat()}


def results(english: int | None = None, french: int | None = None, **changes: Any) -> list[dict[str, Any]]:
    return [
        {"test": "bare", "language": language, **dict.fromkeys(ABILITIES, level), **changes}
        for language, level in (("en", english), ("fr", french))
        if level is not None
    ]


def schooled(level: str, country: str = "CA") -> dict[str, Any]:
    return {"education": [{"level": level, "country": country, "completed": "2020-01-01", "eca": None}]}


BY_AGE = table("age", [12, 3, 5], {"min": 18, "max": 35}, {"max": 17}, {"min": 45})
WITHOUT_GAP = table("age", [3, 12, 5], {"max": 17}, {"min": 18, "max": 35}, {"min": 36})
BY_CHILDREN = table(
    "dependent_children", [0, 6, 4, 1], {"max": 0}, {"min": 1, "max": 1}, {"min": 2, "max": 2}, {"min": 3}
)
BY_WAGE = table("job_offer_hourly_wage", [1, 2, 3], {"max": 19}, {"min": 20, "max": 29}, {"min": 30})
BY_LEVEL = table(
    "education_level",
    [0, 5, 9, 7],
    {"values": ["none", "secondary"]},
    {"values": ["one_year", "two_year", "bachelors"]},
    {"values": ["masters", "doctorate"]},
    {"values": ["two_or_more", "professional"]},
)
BY_PROVINCE = table("job_offer_province", [4, 7], {"values": ["ON"]}, {"values": ["BC", "AB"]})
BY_TRUTH = table("us_permanent_resident", [2, 8], {"values": [False]}, {"values": [True]})
BY_TEER = table("job_offer_teer", [9, 6, 3], {"values": [0, 1]}, {"values": [2, 3]}, {"values": [4, 5]})
CHILD = {"birth_date": "2020-01-01"}


@pytest.mark.parametrize(
    ("written", "answers", "expected"),
    [
        (BY_AGE, aged(17), (3, 3, "17 years", ())),
        (BY_AGE, aged(18), (12, 12, "18 years", ())),
        (BY_AGE, aged(35), (12, 12, "35 years", ())),
        (BY_AGE, aged(36), (0, 0, "36 years", ())),
        (BY_AGE, aged(44), (0, 0, "44 years", ())),
        (BY_AGE, aged(45), (5, 5, "45 years", ())),
        (BY_AGE, aged(90), (5, 5, "90 years", ())),
        (table("age", [2], {"min": 18}), aged(17), (0, 0, "17 years", ())),
        (table("age", [2], {"min": 18, "max": 19}), aged(20), (0, 0, "20 years", ())),
        (WITHOUT_GAP, {}, (3, 12, UNSAID, BORN)),
        (BY_CHILDREN, {"children": [CHILD, {}]}, (4, 6, "between 1 child and 2 children", ("children",))),
        (BY_CHILDREN, {"children": [{}]}, (0, 6, UNSAID, ("children",))),
        (BY_CHILDREN, {"children": [CHILD, CHILD, {}]}, (1, 4, "between 2 children and 3 children", ("children",))),
        (BY_CHILDREN, {"children": [CHILD] * 3 + [{}]}, (1, 1, "between 3 children and 4 children", ())),
        (BY_WAGE, {"job_offer": {"hourly_wage": 29.99}}, (2, 2, "CAD 29.99 an hour", ())),
        (BY_WAGE, {"job_offer": {"hourly_wage": 30}}, (3, 3, "CAD 30 an hour", ())),
        (BY_WAGE, {"job_offer": {"hourly_wage": 19.99}}, (1, 1, "CAD 19.99 an hour", ())),
        (BY_WAGE, {"job_offer": {}}, (1, 3, UNSAID, ("job_offer.hourly_wage",))),
        (BY_WAGE, {"job_offer": False}, (0, 0, "none", ())),
        (BY_LEVEL, schooled("masters"), (9, 9, "a master's degree", ())),
        (BY_LEVEL, schooled("secondary"), (0, 0, "a secondary diploma", ())),
        (BY_LEVEL, {}, (0, 9, UNSAID, ("education",))),
        (BY_PROVINCE, {"job_offer": {"province": "AB"}}, (7, 7, "AB", ())),
        (BY_PROVINCE, {"job_offer": {"province": "QC"}}, (0, 0, "QC", ())),
        (BY_PROVINCE, {"job_offer": {}}, (4, 7, UNSAID, ("job_offer.province",))),
        (BY_PROVINCE, {"job_offer": False}, (0, 0, "none", ())),
        (BY_TRUTH, {"us_permanent_resident": True}, (8, 8, "yes", ())),
        (BY_TRUTH, {"us_permanent_resident": False}, (2, 2, "no", ())),
        (BY_TRUTH, {}, (2, 8, UNSAID, ("us_permanent_resident",))),
        (BY_TEER, {"job_offer": {"noc": "63200"}}, (6, 6, "TEER 3", ())),
        (BY_TEER, {"job_offer": {"noc": "75110"}}, (3, 3, "TEER 5", ())),
        (BY_TEER, {"job_offer": {}}, (3, 9, UNSAID, ("job_offer.noc",))),
    ],
)
def test_a_value_earns_the_points_of_its_band(
    written: dict[str, Any], answers: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    found = line(written, answers)
    assert told(found) == expected
    assert found.cap == max(row[0] for row in written["table"]["points"])


def test_named_numbers_that_could_be_are_those_in_the_range() -> None:
    written = table("dependent_children", [1, 2, 4], *({"values": [number]} for number in range(3)))
    assert told(line(written, {"children": [CHILD, {}]}))[:2] == (2, 4)
    assert told(line(written, {"children": [{}]}))[:2] == (1, 2)
    levels = table(
        "education_level", [3, 1, 2], {"values": ["none"]}, {"values": ["bachelors"]}, {"values": ["masters"]}
    )
    not_assessed = line(levels, schooled("bachelors", "US"))
    assert (not_assessed.points, not_assessed.high) == (1, 3)


ALSO = ("us_permanent_resident", {"values": [True]}, {"values": [False]})
WITH_PARTNER = ("partner_counts", {"values": [True]}, {"values": [False]})
OF_OFFER = ("job_offer_province", {"values": ["ON"]}, {"values": ["BC"]})
THIRTY: dict[str, Any] = aged(30)
BOTH_AXES = [[1, 2], [3, 4]]
TWO_BANDS: tuple[dict[str, Any], ...] = ({"max": 29}, {"min": 30})


@pytest.mark.parametrize(
    ("columns", "answers", "expected"),
    [
        (ALSO, {**THIRTY, "us_permanent_resident": True}, (3, 3, "30 years · yes", ())),
        (ALSO, {**aged(29), "us_permanent_resident": False}, (2, 2, "29 years · no", ())),
        (ALSO, THIRTY, (3, 4, f"30 years · {UNSAID}", ("us_permanent_resident",))),
        (ALSO, {"us_permanent_resident": False}, (2, 4, f"{UNSAID} · no", BORN)),
        (ALSO, {}, (1, 4, f"{UNSAID} · {UNSAID}", (*BORN, "us_permanent_resident"))),
        (OF_OFFER, {**THIRTY, "job_offer": {"province": "BC"}}, (4, 4, "30 years · BC", ())),
        (OF_OFFER, {**THIRTY, "job_offer": False}, (0, 0, "30 years · none", ())),
        (WITH_PARTNER, {**THIRTY, "marital_status": "single"}, (4, 4, "30 years", ())),
    ],
)
def test_a_table_of_two_axes_gives_the_points_of_a_cell(
    columns: Any, answers: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    found = line(table("age", BOTH_AXES, *TWO_BANDS, columns=columns), answers)
    assert told(found) == expected
    assert found.cap == 4


CLB_BANDS: tuple[dict[str, Any], ...] = ({"max": 4}, {"min": 5, "max": 8}, {"min": 9})
BY_ABILITY = table("english", [1, 10, 100], *CLB_BANDS, per_ability=True)
BY_ABILITY_TOO = table("english", [[1, 2], [10, 20], [100, 200]], *CLB_BANDS, per_ability=True, columns=ALSO)
DIFFERENT = results(9, listening=3, reading=5, writing=8)
READING = ("language_tests[0].reading",)


@pytest.mark.parametrize(
    ("written", "answers", "expected"),
    [
        (BY_ABILITY, {"language_tests": DIFFERENT}, (121, 121, "CLB 3 / CLB 5 / CLB 8 / CLB 9", ())),
        (BY_ABILITY, {"language_tests": results(9)}, (400, 400, "CLB 9 / CLB 9 / CLB 9 / CLB 9", ())),
        (BY_ABILITY, {"language_tests": []}, (4, 4, "none", ())),
        (
            BY_ABILITY,
            {"language_tests": results(9, listening=0, reading=0)},
            (202, 202, "none / none / CLB 9 / CLB 9", ()),
        ),
        (BY_ABILITY, {"language_tests": results(9, reading=None)}, (301, 400, "CLB 9 / ? / CLB 9 / CLB 9", READING)),
        (BY_ABILITY, {}, (4, 400, "? / ? / ? / ?", ("language_tests",))),
        (
            BY_ABILITY_TOO,
            {"language_tests": DIFFERENT, "us_permanent_resident": False},
            (242, 242, "CLB 3 / CLB 5 / CLB 8 / CLB 9", ()),
        ),
        (
            BY_ABILITY_TOO,
            {"language_tests": results(9, reading=None)},
            (301, 800, "CLB 9 / ? / CLB 9 / CLB 9", ("us_permanent_resident", *READING)),
        ),
        ({**BY_ABILITY, "cap": 150}, {"language_tests": results(9)}, (150, 150, "CLB 9 / CLB 9 / CLB 9 / CLB 9", ())),
        (
            {**BY_ABILITY, "cap": 300},
            {"language_tests": results(9, reading=None)},
            (300, 300, "CLB 9 / ? / CLB 9 / CLB 9", ()),
        ),
        ({**BY_ABILITY, "floor": 9}, {"language_tests": []}, (9, 9, "none", ())),
        ({**BY_ABILITY, "floor": 9}, {"language_tests": DIFFERENT}, (121, 121, "CLB 3 / CLB 5 / CLB 8 / CLB 9", ())),
        (
            {**BY_ABILITY, "applies_when": [[RESIDENT]]},
            {"language_tests": results(9)},
            (0, 400, "CLB 9 / CLB 9 / CLB 9 / CLB 9", ("us_permanent_resident",)),
        ),
    ],
)
def test_each_ability_earns_its_own_points(
    written: dict[str, Any], answers: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    found = line(written, answers)
    assert told(found) == expected
    most = 4 * max(map(max, written["table"]["points"]))
    assert (found.cap, found.applies) == (written.get("cap", most), True)


def test_what_the_first_two_abilities_gave_is_not_taken_for_the_others() -> None:
    book = small_book(BARE, grid(BY_ABILITY_TOO))

    def points(us: bool, *levels: int) -> int:
        of_ability = dict(zip(ABILITIES, levels, strict=True))
        test = {"test": "bare", "language": "en", **of_ability}
        answers = {"as_of": AS_OF.isoformat(), "us_permanent_resident": us, "language_tests": [test]}
        return assess(read_profile(answers), book).scores["points"].total

    assert [points(True, 9, 5, 5, 9), points(True, 9, 5, 9, 5), points(True, 9, 5, 3, 3)] == [220, 220, 112]
    assert [points(False, 9, 5, 5, 9), points(False, 3, 3, 9, 5), points(True, 3, 3, 9, 5)] == [440, 224, 112]


@pytest.mark.parametrize(
    ("given", "answers", "expected"),
    [
        ([case(10)], aged(18), (10, 10, "You are 18.", ())),
        ([case(10)], aged(17), (0, 0, "no", ())),
        ([case(10)], {}, (0, 10, UNSAID, BORN)),
        (
            [case(10), case(20, RESIDENT, text="There.")],
            {**THIRTY, "us_permanent_resident": True},
            (20, 20, "There.", ()),
        ),
        (
            [case(10), case(20, RESIDENT, text="There.")],
            {**THIRTY, "us_permanent_resident": False},
            (10, 10, "You are 18.", ()),
        ),
        ([case(10), case(20, RESIDENT, text="There.")], THIRTY, (10, 20, "You are 18.", ("us_permanent_resident",))),
        ([case(10), case(20, RESIDENT)], {}, (0, 20, UNSAID, ("us_permanent_resident", *BORN))),
        ([case(20), case(10, RESIDENT)], THIRTY, (20, 20, "You are 18.", ())),
        ([case(10, ADULT, RESIDENT)], THIRTY, (10, 10, "You are 18.", ())),
        ([case(10, ADULT, RESIDENT)], {**aged(17), "us_permanent_resident": False}, (0, 0, "no", ())),
        ([case(10, ADULT, RESIDENT)], {}, (0, 10, UNSAID, (*BORN, "us_permanent_resident"))),
        ([case(-10)], THIRTY, (-10, -10, "You are 18.", ())),
        ([case(-10)], {}, (-10, 0, UNSAID, BORN)),
        ([case(10), case(-5, RESIDENT)], {}, (-5, 10, UNSAID, (*BORN, "us_permanent_resident"))),
    ],
)
def test_of_several_cases_the_one_worth_most_counts(
    given: list[dict[str, Any]], answers: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    found = line(cases(*given), answers)
    assert told(found) == expected
    assert found.cap == max(0, *(each["points"] for each in given))


CAPPED_FOR_SOME = {"cap": 30, "cap_when": {"fact": "us_permanent_resident", "is": True, "cap": 20}}
CAPPED_FOR_NO = {"cap": 20, "cap_when": {"fact": "us_permanent_resident", "is": False, "cap": 30}}
ONLY_SOME = {"cap_when": {"fact": "us_permanent_resident", "is": True, "cap": 20}}
YES_, NO_ = {"us_permanent_resident": True}, {"us_permanent_resident": False}
US = ("us_permanent_resident",)


@pytest.mark.parametrize(
    ("points", "limits", "answers", "expected"),
    [
        (25, {"cap": 25}, {}, (25, 25, 25)),
        (26, {"cap": 25}, {}, (25, 25, 25)),
        (25, CAPPED_FOR_SOME, YES_, (20, 20, 20)),
        (25, CAPPED_FOR_SOME, NO_, (25, 25, 30)),
        (35, CAPPED_FOR_SOME, NO_, (30, 30, 30)),
        (35, CAPPED_FOR_SOME, {}, (20, 30, 30)),
        (20, CAPPED_FOR_SOME, {}, (20, 20, 30)),
        (35, CAPPED_FOR_NO, YES_, (20, 20, 20)),
        (35, CAPPED_FOR_NO, NO_, (30, 30, 30)),
        (35, CAPPED_FOR_NO, {}, (20, 30, 30)),
        (35, ONLY_SOME, YES_, (20, 20, 20)),
        (35, ONLY_SOME, NO_, (35, 35, None)),
        (35, ONLY_SOME, {}, (20, 35, None)),
        (-5, {"floor": 0}, {}, (0, 0, None)),
        (5, {"floor": 6}, {}, (6, 6, None)),
        (7, {"floor": 6}, {}, (7, 7, None)),
    ],
)
@pytest.mark.parametrize("form", ["table", "cases", "sum", "best"])
def test_a_cap_and_a_floor_hold_whatever_gives_the_points(
    points: int, limits: dict[str, Any], answers: dict[str, Any], expected: tuple[Any, ...], form: str
) -> None:
    below = [cases(case(points), id="below")]
    given = {
        "table": table("age", [points], {"min": 0}),
        "cases": cases(case(points)),
        "sum": factor(children=below),
        "best": factor(children=below, combine="best"),
    }[form]
    low, high, cap = expected
    found = line({**given, **limits}, {**THIRTY, **answers})
    assert (found.points, found.high) == (low, high)
    # Without a cap a line says the most that its table or its cases give.
    most = {"table": points, "cases": max(points, 0)}.get(form)
    assert found.cap == (most if cap is None else cap)


def test_a_cap_by_ability_can_hang_on_a_fact() -> None:
    nine = {"language_tests": results(9)}
    written = {**BY_ABILITY, **CAPPED_FOR_SOME}
    found = [line(written, {**nine, **answers}) for answers in (YES_, NO_, {}, {"language_tests": []})]
    assert [(one.points, one.high, one.cap) for one in found] == [(20, 20, 20), (30, 30, 30), (20, 30, 30), (4, 4, 30)]
    for combine, points in (("sum", 30), ("best", 20)):
        section = line(factor(children=[written, cases(id="below")], combine=combine), {**nine, **YES_, **THIRTY})
        assert (section.points, section.children[0].points) == (points, 20)
    uncapped = line({**BY_ABILITY, **ONLY_SOME}, {**nine, **NO_})
    assert (uncapped.points, uncapped.cap) == (400, 400)


def test_a_cap_follows_the_answer_whoever_came_before() -> None:
    children = [cases(case(15), id="a"), cases(case(20), id="b")]
    book = small_book(grid(factor(children=children, **CAPPED_FOR_SOME), maximum=1000), asking("asks", 25))
    for answers, range_, verdict in (
        (YES_, (20, 20), "not_eligible"),
        (NO_, (30, 30), "eligible"),
        ({}, (20, 30), "unknown"),
        (YES_, (20, 20), "not_eligible"),
    ):
        profile = read_profile({"as_of": AS_OF.isoformat(), **SINGLE, **THIRTY, **answers})
        found = assess(profile, book)
        assert (found.scores["points"].range, found.program("asks").verdict) == (range_, verdict)


@pytest.mark.parametrize(
    ("combine", "children", "answers", "expected"),
    [
        ("sum", [cases(case(3)), resident(5)], {**THIRTY, **YES_}, (8, 8, ())),
        ("sum", [cases(case(3)), resident(5)], {**THIRTY, **NO_}, (3, 3, ())),
        ("sum", [cases(case(3)), resident(5)], THIRTY, (3, 8, US)),
        ("sum", [cases(case(3)), resident(5)], {}, (0, 8, (*BORN, *US))),
        ("best", [cases(case(3)), resident(5)], {**THIRTY, **YES_}, (5, 5, ())),
        ("best", [cases(case(3)), resident(5)], {**THIRTY, **NO_}, (3, 3, ())),
        ("best", [cases(case(3)), resident(5)], THIRTY, (3, 5, US)),
        ("best", [cases(case(5)), resident(3)], THIRTY, (5, 5, ())),
    ],
)
@pytest.mark.parametrize("role", ["section", "group"])
def test_the_lines_below_add_up_or_the_best_of_them_counts(
    combine: str, children: list[dict[str, Any]], answers: dict[str, Any], expected: tuple[Any, ...], role: str
) -> None:
    below = [{**child, "id": f"below-{place}"} for place, child in enumerate(children)]
    found = line(factor(children=below, combine=combine, role=role), answers)
    assert (found.points, found.high, found.missing) == expected
    assert (found.role, found.cap, found.yours, found.applies) == (role, None, "", True)
    assert [(child.id, child.role) for child in found.children] == [("below-0", "factor"), ("below-1", "factor")]


def test_a_factor_applies_where_its_conditions_are_met() -> None:
    some = cases(case(10), applies_when=[[RESIDENT]])
    assert told(line(some, {**THIRTY, **YES_})) == (10, 10, "You are 18.", ())
    assert told(line(some, THIRTY)) == (0, 10, "You are 18.", US)
    assert told(line(some, {})) == (0, 10, UNSAID, (*BORN, *US))
    assert told(line({**some, "floor": 4}, THIRTY))[:2] == (0, 10)
    assert told(line(cases(case(-10), applies_when=[[RESIDENT]]), THIRTY))[:2] == (-10, 0)
    both = cases(case(10, {**ADULT, "value": 0}), applies_when=[[RESIDENT, CHILDLESS]])
    assert told(line(both, THIRTY)) == (0, 10, "You are 18.", (*US, "children"))
    left_out = line({**some, "cap": 8}, {**THIRTY, **NO_})
    assert told(left_out) == (0, 0, "–", ())
    assert (left_out.applies, left_out.cap, left_out.remarks) == (False, 8, ())
    assert line(some, {**THIRTY, **YES_}).applies
    section = line(factor(children=[cases(id="below")], applies_when=[[RESIDENT]]), {**THIRTY, **NO_})
    [below] = section.children
    assert (section.points, section.applies, below.points, below.applies, below.yours) == (0, False, 0, False, "–")


def test_another_reading_of_the_text_is_told_where_it_changes_the_points() -> None:
    bands = ({"max": 1}, {"min": 2})
    written = table("dependent_children", [10, 20], *bands)
    written["readings"] = [{"text": {"en": "Some count all.", "fr": "Tous."}, "rows": {"fact": "family_size"}}]
    differs = ("Some count all. Read that way: 20 points instead.",)
    assert line(written, {"children": [CHILD], "family_size": 2}).remarks == differs
    assert line(written, {"children": [CHILD], "family_size": 2}, "fr").remarks == (
        "Tous. Lu ainsi : 20 points à la place.",
    )
    assert line(written, {"children": [CHILD]}).remarks == differs
    assert line(written, {"children": [CHILD, CHILD], "family_size": 3}).remarks == ()
    # Where either reading is a range, nothing is said of the difference.
    assert line(written, {"children": [{}]}).remarks == ()
    assert line(written, {"children": [CHILD, {}], "family_size": 1}).remarks == ()


def test_a_line_carries_its_words_and_its_source() -> None:
    cited = {"provision": "s. 10", "confidence": "single", "caution": {"en": "Check it.", "fr": "À vérifier."}}
    written = cases(role="part", note={"en": "Mind this.", "fr": "Attention."}, **cited)
    for language, words in (
        ("en", ("One", "You are 18.", "Mind this.", "Check it.")),
        ("fr", ("Un", "FR You are 18.", "Attention.", "À vérifier.")),
    ):
        found = line(written, THIRTY, language)
        source = found.citation
        assert (found.name, found.yours, found.note, source.caution) == words
        assert (found.id, found.role, source.provision, source.confidence) == ("one", "part", "s. 10", "single")
        assert (source.source, source.as_of) == (CITED["source"], CITED["as_of"])
    assert line(cases(), THIRTY).note is None


EVERY = [
    cases(id="adult", role="section", name="Adult"),
    factor(
        id="more",
        role="section",
        children=[
            resident(5, id="there"),
            factor(
                id="group", role="group", children=[resident(2, id="in-group"), resident(1, id="part", role="part")]
            ),
        ],
    ),
]


def test_a_score_is_the_sum_of_its_lines_up_to_the_maximum() -> None:
    whole = grid(*EVERY, maximum=100, pass_mark=12)
    answers = {**THIRTY, **YES_}
    found = scored(whole, answers)
    assert (found.total, found.range, found.complete, found.missing) == (18, (18, 18), True, ())
    assert (found.id, found.name, found.pass_mark, found.maximum) == ("points", "Points", 12, 100)
    assert (found.version, found.effective_from, found.official_url) == (
        "v1",
        dt.date(2026, 3, 1),
        "https://example.org/grid",
    )
    assert (found.language_choice, found.by_program) == (None, {})
    assert scored(whole, answers, "fr").name == "La grille"
    assert [one.id for one in found.walk()] == ["adult", "more", "there", "group", "in-group", "part"]
    assert found.as_json() == {
        "total": 18,
        "pass_mark": 12,
        "sections": {"adult": 10, "more": 8},
        "factors": {"there": 5, "in-group": 2},
        "complete": True,
        "range": [18, 18],
    }
    open_ = scored(whole, {})
    assert (open_.total, open_.range, open_.complete, open_.missing) == (0, (0, 18), False, (*BORN, *US))
    settled = scored(grid(*EVERY, maximum=9), {**THIRTY, "language_tests": []})
    assert (settled.range, settled.missing) == ((9, 9), ())
    for maximum, range_ in ((17, (10, 17)), (18, (10, 18)), (9, (9, 9))):
        found = scored(grid(*EVERY, maximum=maximum), THIRTY)
        assert (found.total, found.range) == (range_[0], range_)
        assert (found.complete, found.missing) == ((True, ()) if maximum == 9 else (False, US))
    plain = scored(grid(cases()), THIRTY).as_json()
    assert plain == {"total": 10, "factors": {"one": 10}, "complete": True, "range": [10, 10]}


OWN = [cases(id="for-all"), cases(case(7), id="for-them", only_for=["theirs"])]
COUNTED_BY: dict[str, Any] = {
    "id": "theirs",
    "name": "Theirs",
    "authority": "federal",
    "category": "other",
    "leads_to": "permanent_residence",
    "official_url": "https://example.org/route",
    "summary": "A route.",
}


def asking(name: str, at_least: int) -> Program:
    asked = {"id": "asked", "text": "Points.", "any_of": [[{"grid": "points", "op": ">=", "value": at_least}]], **CITED}
    version = {"version": "1", "effective_from": "2026-03-01", "requirements": [asked], **CITED}
    return Program.model_validate({**COUNTED_BY, "id": name, "versions": [version]})


# With nothing left open to choose, with several choices of language results, and with several branches.
@pytest.mark.parametrize("also", [{**SINGLE, "language_tests": []}, SINGLE, {}])
@pytest.mark.parametrize("in_a_section", [False, True])
def test_some_programs_count_some_factors_by_themselves(in_a_section: bool, also: dict[str, Any]) -> None:
    factors = [factor(id="all", role="section", children=OWN)] if in_a_section else OWN
    book = small_book(BARE, grid(*factors), asking("theirs", 17), asking("others", 17))
    for answers, total, own, verdicts in (
        (aged(30), (10, 10), 17, ("eligible", "not_eligible")),
        (aged(17), (0, 0), 0, ("not_eligible", "not_eligible")),
        ({}, (0, 10), 0, ("unknown", "not_eligible")),
    ):
        profile = read_profile({"as_of": AS_OF.isoformat(), **also, **answers})
        found = assess(profile, book)
        score = found.scores["points"]
        assert (score.range, score.by_program) == (total, {"theirs": own})
        assert score.as_json()["by_program"] == {"theirs": own}
        assert (found.program("theirs").verdict, found.program("others").verdict) == verdicts
        theirs = next(one for one in score.walk() if one.id == "for-them")
        assert told(theirs) == (0, 0, "–", ())


BY_FIRST = table("first_language", [0, 10, 20], *CLB_BANDS, per_ability=True)
BY_SECOND = table("second_language_lowest", [0, 7, 9], *CLB_BANDS)
BY_LANGUAGES = grid({**BY_FIRST, "id": "first"}, {**BY_SECOND, "id": "second"}, cases(id="adult"))


@pytest.mark.parametrize(
    ("tests", "total", "first", "said"),
    [
        (results(9, 5), (87, 87), "CLB 9 / CLB 9 / CLB 9 / CLB 9", "First official language: English"),
        (results(5, 9), (87, 87), "CLB 9 / CLB 9 / CLB 9 / CLB 9", "First official language: French"),
        (results(5, 5), (47, 47), "CLB 5 / CLB 5 / CLB 5 / CLB 5", "First official language: English"),
        (results(3, 5), (40, 40), "CLB 5 / CLB 5 / CLB 5 / CLB 5", "First official language: French"),
        (results(9), (80, 80), "CLB 9 / CLB 9 / CLB 9 / CLB 9", "First official language: English"),
    ],
)
def test_the_first_language_is_the_one_that_gives_most(
    tests: list[dict[str, Any]], total: tuple[int, int], first: str, said: str
) -> None:
    found = scored(BY_LANGUAGES, {"language_tests": tests, **aged(17)})
    assert (found.range, found.lines[0].yours) == (total, first)
    # Of a bare level without a day there is nothing to tell.
    assert found.language_choice is None
    estimated = scored(BY_LANGUAGES, {"language_tests": [{**test, "estimated": True} for test in tests]})
    used = "; ".join(["your estimate"] * len(tests))
    assert estimated.language_choice == f"{said} ({used})"
    assert found.missing == ()
    adult = scored(BY_LANGUAGES, {"language_tests": tests})
    assert (adult.range, adult.missing) == ((total[0], total[0] + 10), BORN)


def test_of_several_results_the_one_that_gives_most_is_used_and_told() -> None:
    def result(level: int, date: str | None, **changes: Any) -> dict[str, Any]:
        return {"test": "dated", "language": "en", "date": date, **dict.fromkeys(ABILITIES, level), **changes}

    def said(*tests: dict[str, Any], language: str = "en") -> tuple[Any, ...]:
        found = scored(BY_LANGUAGES, {"language_tests": list(tests), **aged(17)}, language)
        return found.range, found.language_choice

    early, late = result(9, "2026-03-01"), result(5, "2026-06-02")
    english, french = "First official language: English", "Première langue officielle : anglais"
    assert said(early, late) == said(late, early) == ((80, 80), f"{english} (Dated of 1 March 2026)")
    assert said(late) == ((40, 40), f"{english} (Dated of 2 June 2026)")
    assert said(early, language="fr") == ((80, 80), f"{french} (Daté du 1er mars 2026)")
    assert said() == ((0, 0), None)
    both = said(early, *results(french=5, estimated=True))
    assert both == ((87, 87), f"{english} (Dated of 1 March 2026; your estimate)")
    dated = said(early, {**late, "language": "fr"})
    assert dated == ((87, 87), f"{english} (Dated of 1 March 2026; Dated of 2 June 2026)")
    assert said(result(9, None, estimated=True)) == ((80, 80), f"{english} (your estimate)")
    open_ = said(early, result(9, "2026-03-02", reading=None))
    assert open_ == ((80, 80), f"{english} (Dated of 1 March 2026)")
    better = said(result(5, "2026-03-02", reading=None), late)
    assert better == ((40, 50), f"{english} (Dated of 2 June 2026)")


def test_whether_a_partner_counts_moves_points_and_the_range_holds_both_ways() -> None:
    by_partner = table("age", [[30, 40]], {"min": 0}, columns=WITH_PARTNER, id="age")
    of_partner = cases(case(8, {"fact": "partner_language_lowest", "op": ">=", "value": 5}), id="partner-language")
    written = grid(by_partner, {**of_partner, "applies_when": [[PARTNERED]]})
    married: dict[str, Any] = {**THIRTY, "marital_status": "married"}
    partner: dict[str, Any] = {"accompanying": True, "canadian_citizen_or_pr": False, "language_tests": results(9)}

    def found(**answers: Any) -> Score:
        return scored(written, {**THIRTY, **answers})

    assert found(marital_status="single").range == (40, 40)
    assert found(**married, partner=partner).range == (38, 38)
    assert found(**married, partner={**partner, "accompanying": False}).range == (40, 40)
    open_ = found(**married, partner={**partner, "accompanying": None})
    assert (open_.total, open_.range, open_.complete) == (38, (38, 40), False)
    assert open_.missing == ("partner.accompanying",)
    assert [each.points for each in open_.lines] == [30, 8]
    untold = found(**married, partner={"canadian_citizen_or_pr": False})
    assert untold.range == (30, 40)
    assert untold.missing == ("partner.accompanying", "partner.language_tests")
    nothing = found(marital_status=None)
    assert nothing.range == (30, 40)
    assert nothing.missing == (
        "marital_status",
        "partner.accompanying",
        "partner.canadian_citizen_or_pr",
        "partner.language_tests",
    )


def test_where_a_job_was_done_moves_points_and_the_range_holds_both_ways() -> None:
    def months(**where: Any) -> dict[str, Any]:
        return {"experience": where, "unit": "months", "op": ">=", "value": 6}

    written = grid(
        cases(case(10, months(countries=["CA"]), text="Here."), id="here"),
        cases(case(4, months(not_countries=["CA"]), text="There."), id="there"),
        cases(id="adult"),
    )
    job = {"noc": "21231", "start": "2025-01-01", "end": "2025-12-30", "hours_per_week": 30, "paid": True}
    job |= {"self_employed": False, "student": False, "authorized": True, "employer_country": "CA"}

    def found(*countries: str | None) -> Score:
        jobs = [{**job, "country": country} for country in countries]
        return scored(written, {**THIRTY, "work": jobs})

    assert found("CA").range == (20, 20)
    assert found("US").range == (14, 14)
    open_ = found(None)
    assert (open_.range, open_.missing) == ((14, 20), ("work[0].country",))
    assert [each.points for each in open_.lines] == [0, 4, 10]
    one_known = found("US", None)
    assert one_known.missing == ("work[1].country",)
