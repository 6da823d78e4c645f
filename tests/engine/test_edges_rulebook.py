"""The rulebook at the edges: first and last days, what a change can reach, draws and snapshots, the vocabulary."""

import datetime as dt
from typing import Any

import pytest

from programs.packs.schema import Grid, Notice, OccupationList, Pack, Program, ReferenceTable, Sources
from programs.packs.schema.common import Text
from programs.rulebook import Draw, Draws, PoolBand, PoolSnapshot, Round, Rulebook, RulebookInForce, build, vocabulary
from programs.rulebook.fingerprint import fingerprint
from programs.rulebook.pool import snapshot_on, snapshots
from programs.rulebook.touched import touched, touched_documents
from programs.rulebook.vocabulary import OPERATORS, Scale
from tests.engine.small import CITED, COUNTING, OCCUPATIONS, chart, language_test

D = dt.date
START, END, TODAY = D(2026, 3, 1), D(2026, 5, 31), D(2026, 4, 1)
BEFORE, AFTER = D(2026, 2, 28), D(2026, 6, 1)
NAMED: dict[str, Any] = {"name": "Something", "authority": "federal"}
PERIOD: dict[str, Any] = {"version": "1", "effective_from": START, "effective_to": END, **CITED}


def condition(**asked: Any) -> dict[str, Any]:
    return {"op": ">=", "value": 1, **asked}


def program(name: str = "route", *asked: dict[str, Any], **changes: Any) -> Program:
    """A program that asks these conditions, or to be 18."""
    requirements = [
        {"id": f"asks-{place}", "text": "You need this.", "any_of": [[one]], **CITED}
        for place, one in enumerate(asked or [condition(fact="age", value=18)])
    ]
    written = {
        "id": name,
        **NAMED,
        "category": "other",
        "leads_to": "permanent_residence",
        "official_url": "https://example.org/route",
        "summary": "A route.",
        "versions": [{**PERIOD, "requirements": requirements}],
    }
    return Program.model_validate({**written, **changes})


def grid(name: str = "points", points: int = 10, only_for: tuple[str, ...] = (), **changes: Any) -> Grid:
    """A grid of one section with one factor."""
    case = {"points": points, "text": "You are 18.", "any_of": [[condition(fact="age", value=18)]]}
    factor = {"id": "age", "role": "factor", "name": "Age", "cases": [case], "only_for": only_for, **CITED}
    section = {"id": "core", "role": "section", "name": "Core", "combine": "sum", "children": [factor], **CITED}
    version = {**PERIOD, "maximum": 100, "factors": [section]}
    written = {"id": name, **NAMED, "official_url": "https://example.org/grid", "versions": [version]}
    return Grid.model_validate({**written, **changes})


def table(
    name: str = "funds", figure: float = 5, each_additional: float | None = None, **period: Any
) -> ReferenceTable:
    rows = [{"at": 1, "value": figure}, {"at": 2, "value": 7}, {"at": "all", "value": 9}]
    version = {**PERIOD, "rows": rows, "each_additional": each_additional, **period}
    return ReferenceTable.model_validate({"id": name, **NAMED, "unit": "CAD", "versions": [version]})


def occupations(name: str = "cooks", *nocs: str) -> OccupationList:
    entries = [{"noc": noc} for noc in nocs or ("63200",)]
    return OccupationList.model_validate({"id": name, **NAMED, "versions": [{**PERIOD, "entries": entries}]})


def notice(name: str = "soon", **changes: Any) -> Notice:
    source = {"url": "https://example.org", "title": "News", "as_of": "2026"}
    written = {"id": name, "title": "Soon", "text": "It may change.", "concerns": ["route"], "confidence": "reported"}
    return Notice.model_validate({**written, "reported_on": START, "sources": [source], **changes})


def book(*documents: Pack, **more: Any) -> Rulebook:
    return build([COUNTING, *documents], more.pop("occupations", OCCUPATIONS), "small", **more)


def on(*documents: Pack, day: dt.date = TODAY, **more: Any) -> RulebookInForce:
    return book(*documents, **more).on(day)


@pytest.mark.parametrize(("day", "holds"), [(BEFORE, False), (START, True), (END, True), (AFTER, False)])
def test_everything_holds_from_its_first_to_its_last_day(day: dt.date, holds: bool) -> None:
    facts = [
        {"topic": "fee", "text": "It costs.", "effective_from": START, "effective_to": END, **CITED},
        {"topic": "after", "text": "Always.", **CITED},
    ]
    intake = {"from": START, "to": END, "status": "open", **CITED}
    outlook = {**PERIOD, "realistic": "yes", "text": "Likely."}
    outlook.pop("version")
    test = language_test("test", {**chart("one", {4: 4}), "effective_from": START, "effective_to": END})
    told = program(facts=facts, intake=[intake], outlook=[outlook])
    rules = book(
        told, grid(), table(), occupations(), notice(resolved_on=AFTER), test, program("later", versions=[])
    ).on(day)
    assert [one.document.id for one in rules.programs] == (["route"] if holds else [])
    for held in (rules.grids, rules.lists):
        assert len(held) == holds
    assert ("funds" in rules.tables, "counting" in rules.tables) == (holds, True)
    assert len(rules.tests["test"].conversions) == holds
    assert rules.all_tests["test"] is rules.tests["test"].document is test
    assert [one.id for one in rules.notices] == (["soon"] if holds else [])
    assert rules.day == day
    if holds:
        [found] = rules.programs
        assert found.version is told.versions[0]
        assert (found.intake, found.outlook) == (told.intake[0], told.outlook[0])
        assert [fact.topic for fact in found.facts] == ["fee", "after"]


def test_a_program_is_told_of_while_it_has_rules_or_an_intake() -> None:
    intake = {"from": AFTER, "status": "announced", **CITED}
    announced = program(intake=[intake])
    [later] = book(announced).on(AFTER).programs
    assert (later.version, later.intake, later.outlook, later.facts) == (None, announced.intake[0], None, ())
    [now] = book(announced).on(TODAY).programs
    assert (now.version, now.intake) == (announced.versions[0], None)
    assert not book(announced).on(BEFORE).programs


def test_a_notice_without_an_end_stays() -> None:
    assert [one.id for one in on(notice(), day=AFTER).notices] == ["soon"]
    assert not on(notice(), day=BEFORE).notices


def test_the_days_of_change_are_first_days_and_days_after_the_last() -> None:
    known = {START, AFTER, D(2020, 1, 1)}
    assert book(program()).days_of_change() == tuple(sorted(known))
    test = language_test("test", {**chart("one", {4: 4}), "effective_from": START, "effective_to": END})
    for document in (grid(), table(), occupations(), notice(resolved_on=AFTER), test):
        assert set(book(document).days_of_change()) == known
    intake = {"from": D(2026, 1, 1), "to": D(2026, 1, 31), "status": "open", **CITED}
    outlook = {"effective_from": D(2025, 1, 1), "effective_to": None, "realistic": "yes", "text": "Likely.", **CITED}
    fact = {"topic": "fee", "text": "It costs.", "effective_to": D(2024, 12, 30), **CITED}
    more = {D(2026, 1, 1), D(2026, 2, 1), D(2025, 1, 1), D(2024, 12, 31)}
    told = program(intake=[intake], outlook=[outlook], facts=[fact])
    assert set(book(told).days_of_change()) == known | more
    for_ever = table(effective_to=D.max)
    assert set(book(for_ever).days_of_change()) == known - {AFTER}


def test_days_between_two_changes_share_one_rulebook() -> None:
    rules = book(program())
    assert rules.on(START) is rules.on(END)
    assert rules.on(START) is not rules.on(AFTER)
    assert rules.on(START) is not rules.on(BEFORE)


def test_what_is_in_force_is_found_by_what_it_is_called() -> None:
    sources = Sources.model_validate(
        {"id": "pages", "sources": [{"url": "https://example.org", "title": "A page", "checked_on": TODAY}]}
    )
    round_ = Round("1", TODAY, "cec", "program", "CEC", 5, 500, False, "https://example.org")
    snapshot = PoolSnapshot(TODAY, (PoolBand(0, 9, 5),), "https://example.org")
    rules = book(grid(), table(), occupations(), sources, rounds=[round_], pool=[snapshot], draws=[draw("a")])
    found = rules.on(TODAY)
    assert (found.grids["points"].document.id, found.grids["points"].version.maximum) == ("points", 100)
    assert list(found.lists["cooks"].entries) == ["63200"]
    assert found.lists["cooks"].entries["63200"].noc == "63200"
    assert found.lists["cooks"].version is found.lists["cooks"].document.versions[0]
    assert dict(found.tables["funds"].rows) == {1: 5, 2: 7, "all": 9}
    assert found.tables["funds"].version is found.tables["funds"].document.versions[0]
    assert found.source_titles["https://example.org"].en == "A page"
    assert (found.rounds, found.pool, list(found.draws)) == ((round_,), (snapshot,), [draw("a")])
    assert (found.revision, rules.revision) == ("small", "small")
    assert found.occupations["63200"].teer == 3
    assert [document.id for document in rules.of_kind(Grid)] == ["points"]
    assert [one.id for one in rules.draws_of("route")] == ["a"]
    assert not rules.draws_of("route", since=D(2026, 4, 2))
    assert not rules.draws_of("route", until=D(2026, 3, 31))


def test_documents_rounds_and_snapshots_are_held_in_order() -> None:
    rounds = [
        Round(number, day, "cec", "program", "CEC", 5, 500, False, "https://example.org")
        for number, day in (("3", END), ("2", START), ("1", START))
    ]
    pool = [PoolSnapshot(day, (), "https://example.org") for day in (END, START)]
    rules = book(program("b"), program("a"), grid(), rounds=rounds, pool=pool)
    assert [(one.kind, one.id) for one in rules.documents] == [
        ("grid", "points"),
        ("program", "a"),
        ("program", "b"),
        ("reference_table", "counting"),
    ]
    assert [one.number for one in rules.rounds] == ["1", "2", "3"]
    assert [one.date for one in rules.pool] == [START, END]


def test_a_grid_knows_the_programs_that_count_in_their_own_way() -> None:
    assert on(grid(only_for=("cec", "fsw"))).grids["points"].programs() == ("cec", "fsw")
    assert on(grid()).grids["points"].programs() == ()


@pytest.mark.parametrize(
    ("at", "each_additional", "figure"),
    [(1, None, 5), (2, 3, 7), ("all", 3, 9), (3, None, None), (3, 3, 10), (5, 3, 16), (0, 3, None), ("none", 3, None)],
)
def test_a_table_goes_on_past_its_last_number(at: Any, each_additional: float | None, figure: float | None) -> None:
    assert on(table(each_additional=each_additional)).tables["funds"].figure(at) == figure


def test_a_counting_rule_that_is_not_in_force_is_named() -> None:
    rules = on()
    assert rules.counting("hours_per_year_of_work") == 1560
    with pytest.raises(LookupError, match=r"^no counting rule 'nothing' in force on 2026-04-01$"):
        rules.counting("nothing")
    with pytest.raises(LookupError, match="no counting rule 'hours_per_year_of_work' in force on 2019-12-31"):
        on(day=D(2019, 12, 31)).counting("hours_per_year_of_work")


def draw(name: str, day: dt.date = TODAY, programs: tuple[str, ...] = ("route",), of: str | None = "points") -> Draw:
    kind = Text(en="A draw")
    figures = (5, None, of, 70, None)
    return Draw(name, "ON", programs, day, "day", kind, *figures, None, "https://example.org", "2026", "confirmed")


def test_draws_are_found_newest_first_by_program_and_by_grid() -> None:
    every = Draws(
        [
            draw("c", END, ("route", "other")),
            draw("b", TODAY),
            draw("a", TODAY, of=None),
            draw("d", START, ("other",), of="other"),
        ]
    )
    assert [one.id for one in every] == ["d", "a", "b", "c"]
    assert len(every) == 4
    assert [one.id for one in every.of_program("route")] == ["c", "b", "a"]
    assert [one.id for one in every.of_program("other")] == ["c", "d"]
    assert [one.id for one in every.on_grid("points")] == ["c", "b"]
    assert [one.id for one in every.on_grid("other")] == ["d"]
    assert every.of_program("none") == every.on_grid("none") == ()
    assert [one.id for one in every.of_program("route", since=TODAY)] == ["c", "b", "a"]
    assert [one.id for one in every.of_program("route", since=TODAY + dt.timedelta(1))] == ["c"]
    assert [one.id for one in every.of_program("route", until=TODAY)] == ["b", "a"]
    assert [one.id for one in every.on_grid("points", since=END)] == ["c"]
    assert [one.id for one in every.on_grid("points", until=TODAY)] == ["b"]
    assert len(Draws()) == 0


def test_snapshots_are_gathered_by_day_and_the_last_one_counts() -> None:
    url, other = "https://example.org/1", "https://example.org/2"
    rows = [(END, 0, 400, 7, other), (START, 0, 400, 5, url), (START, 401, 1200, 3, url)]
    first, last = found = snapshots(rows)
    assert first == PoolSnapshot(START, (PoolBand(401, 1200, 3), PoolBand(0, 400, 5)), url)
    assert last == PoolSnapshot(END, (PoolBand(0, 400, 7),), other)
    assert (first.total, last.total) == (8, 7)
    assert snapshot_on(found, BEFORE) is None
    assert [snapshot_on(found, day) for day in (START, TODAY, END, AFTER)] == [first, first, last, last]


def test_a_round_knows_the_program_one_had_to_be_in() -> None:
    def program_of(kind: str, round_type: Any) -> str | None:
        return Round("1", TODAY, kind, round_type, "A round", 5, 500, False, "https://example.org").program

    assert program_of("general", "general") is None
    assert program_of("cec", "program") == "cec"
    assert program_of("french", "category") == "category-french"


RULES: tuple[Pack, ...] = (
    program("asks-list", {"occupation_of": "job_offer", "in_list": "cooks"}),
    program("asks-table", condition(fact="settlement_funds", value=None, table="funds", by="family_size")),
    program("asks-grid", condition(grid="points", value=5)),
    program("asks-verdict", {"program": "asks-grid"}),
    program("asks-verdict-of-that", {"program": "asks-verdict"}),
    program("asks-nothing"),
    grid(),
    grid("other"),
    table(),
    occupations(),
    language_test("test", chart("one", {4: 4})),
)
PROGRAMS = {"asks-list", "asks-table", "asks-grid", "asks-verdict", "asks-verdict-of-that", "asks-nothing"}
THROUGH = {"asks-verdict", "asks-verdict-of-that"}


def changed(document: Pack) -> list[Pack]:
    return [document if (one.kind, one.id) == (document.kind, document.id) else one for one in RULES]


@pytest.mark.parametrize(
    ("change", "programs", "grids", "through"),
    [
        (occupations("cooks", "21231"), {"asks-list"}, set(), set()),
        (table(figure=6), {"asks-table"}, set(), set()),
        (grid(points=11), {"asks-grid", *THROUGH}, {"points"}, THROUGH),
        (grid("other", points=11), set(), {"other"}, set()),
        (program("asks-nothing", condition(fact="age", value=19)), {"asks-nothing"}, set(), set()),
        (program("asks-grid", condition(grid="points", value=6)), {"asks-grid", *THROUGH}, set(), THROUGH),
        (program("asks-verdict", {"program": "asks-list"}), THROUGH, set(), {"asks-verdict-of-that"}),
        (program("asks-nothing", summary="Said otherwise."), set(), set(), set()),
    ],
)
def test_a_change_reaches_what_names_it(change: Pack, programs: set[str], grids: set[str], through: set[str]) -> None:
    for was, now in ((RULES, changed(change)), (changed(change), RULES)):
        found = touched(on(*was), on(*now))
        assert (found.programs, found.grids, found.through_verdicts) == (programs, grids, through)
        assert found.at_first_hand == programs - through
        assert bool(found) is bool(programs or grids)
        assert not found.by_tests_alone


def test_what_only_one_side_has_is_reached() -> None:
    without = [one for one in RULES if one.id not in ("asks-nothing", "other", "cooks")]
    for was, now in ((RULES, without), (without, RULES)):
        found = touched(on(*was), on(*now))
        assert found.programs == {"asks-nothing", "asks-list"}
        assert found.grids == {"other"}


def test_what_all_facts_lean_on_reaches_everything() -> None:
    test = language_test("test", chart("one", {4: 5}))
    found = touched(on(*RULES), on(*changed(test)))
    assert (found.programs, found.grids) == (PROGRAMS, {"points", "other"})
    assert found.by_tests_alone
    assert not found.through_verdicts
    both = [test if one.id == "test" else one for one in changed(table(figure=6))]
    assert not touched(on(*RULES), on(*both)).by_tests_alone
    with_rule = [test if one.id == "test" else one for one in changed(program("asks-nothing", condition(fact="age")))]
    assert not touched(on(*RULES), on(*with_rule)).by_tests_alone
    teer = [type(one)(one.code, one.title, 2) for one in OCCUPATIONS]
    reached = touched(on(*RULES), on(*RULES, occupations=teer))
    assert (reached.programs, reached.grids) == (PROGRAMS, {"points", "other"})
    assert not reached.by_tests_alone
    counting = COUNTING.model_copy(
        update={"versions": (COUNTING.versions[0].model_copy(update={"rows": COUNTING.versions[0].rows[:-1]}),)}
    )
    anew = build([counting, *RULES], OCCUPATIONS, "small").on(TODAY)
    assert touched(on(*RULES), anew).programs == PROGRAMS
    assert not touched(on(*RULES), anew).by_tests_alone


def key(kind: str, *names: str) -> set[tuple[str, str]]:
    return {(kind, name) for name in names}


@pytest.mark.parametrize(
    ("change", "reached"),
    [
        (occupations("cooks", "21231"), key("occupation_list", "cooks") | key("program", "asks-list")),
        (table(figure=6), key("reference_table", "funds") | key("program", "asks-table")),
        (grid(points=11), key("grid", "points") | key("program", "asks-grid", *THROUGH)),
        (grid("other", points=11), key("grid", "other")),
        (program("asks-verdict", {"program": "asks-list"}), key("program", *THROUGH)),
        (program("asks-nothing", summary="Said otherwise."), key("program", "asks-nothing")),
        (program("asks-nothing", grids=["other"]), key("program", "asks-nothing")),
        (language_test("test", chart("one", {4: 5})), {(one.kind, one.id) for one in RULES}),
    ],
)
def test_the_examples_that_a_change_can_reach(change: Pack, reached: set[tuple[str, str]]) -> None:
    assert touched_documents(RULES, changed(change)) == reached
    assert touched_documents(changed(change), RULES) == reached
    assert touched_documents(RULES, RULES) == frozenset()


def test_the_examples_of_what_is_shown_with_a_grid_or_told_of_by_a_notice_are_reached() -> None:
    showing = [*RULES, program("shows", grids=["other"])]
    after = [*changed(grid("other", points=11)), program("shows", grids=["other"])]
    assert touched_documents(showing, after) == key("grid", "other") | key("program", "shows")
    of_notice = key("notice", "soon") | key("program", "asks-list")
    telling = [*RULES, notice(concerns=["asks-list"])]
    assert touched_documents(RULES, telling) == of_notice
    assert touched_documents(telling, RULES) == key("program", "asks-list")
    asking = grid().model_dump(by_alias=True, mode="json")
    asking["versions"][0]["factors"][0]["children"][0]["cases"][0]["any_of"] = [
        [{"fact": "settlement_funds", "op": ">=", "table": "funds", "by": "family_size"}]
    ]
    by_table = changed(Grid.model_validate(asking))
    reached = touched_documents(by_table, [table(figure=6) if one.id == "funds" else one for one in by_table])
    assert reached == key("reference_table", "funds") | key("grid", "points") | key(
        "program", "asks-table", "asks-grid", *THROUGH
    )
    counting = [*RULES, COUNTING]
    assert touched_documents(RULES, counting) == {(one.kind, one.id) for one in counting}


def test_equal_rules_have_equal_fingerprints() -> None:
    first = fingerprint(on(*RULES))
    assert len(first) == 16
    rules = on(*reversed(RULES))
    assert fingerprint(rules) == fingerprint(rules) == first
    ends_later = [
        one
        if one.kind == "language_test"
        else one.model_copy(update={"versions": (one.versions[0].model_copy(update={"effective_to": D(2027, 1, 1)}),)})
        for one in RULES
    ]
    assert fingerprint(on(*ends_later)) == first
    assert fingerprint(on(*changed(program("asks-nothing", summary="Said otherwise.")))) == first


@pytest.mark.parametrize(
    "change",
    [
        occupations("cooks", "21231"),
        table(figure=6),
        grid(points=11),
        program("asks-nothing", condition(fact="age", value=19)),
        program("asks-nothing", intake=[{"from": START, "status": "open", **CITED}]),
        language_test("test", chart("one", {4: 5})),
    ],
)
def test_other_rules_have_another_fingerprint(change: Pack) -> None:
    assert fingerprint(on(*changed(change))) != fingerprint(on(*RULES))
    assert fingerprint(on(*[one for one in RULES if one.id != change.id])) != fingerprint(on(*RULES))


def test_the_vocabulary_is_as_written() -> None:
    said = vocabulary()
    age, level = said.facts["age"], said.facts["education_level"]
    assert (age.key, age.type, age.unit, age.answers, age.label.fr) == (
        "age",
        "number",
        "years",
        ("birth_date",),
        "Âge",
    )
    assert (age.of, age.choices, dict(age.choice_labels), age.by_province) == (None, (), {}, False)
    assert said.facts["citizenships"].of == "country"
    region = said.facts["job_offer_region"]
    assert (region.by_province, "on_northern" in region.choices) == (True, True)
    assert region.choice_labels["on_northern"].in_language("fr") == "Nord de l'Ontario"
    assert set(region.choice_labels) <= set(region.choices)
    assert all(fact.operators == OPERATORS[fact.type] for fact in said.facts.values())
    assert level.operators == OPERATORS["level"]
    assert [one.key for one in said.levels][:3] == ["none", "secondary", "one_year"]
    assert [one.rank for one in said.levels] == [said.level_rank(one.key) for one in said.levels] == list(range(9))
    several = said.levels[5]
    assert (several.key, several.credentials, several.post_secondary, several.three_years) == (
        "two_or_more",
        2,
        True,
        True,
    )
    assert (said.levels[0].credentials, said.levels[0].post_secondary, said.levels[0].three_years) == (
        None,
        False,
        False,
    )
    assert (said.levels[1].label.en, said.levels[1].short.fr) == (
        "Secondary (high school) diploma",
        "un diplôme d'études secondaires",
    )
    with pytest.raises(KeyError, match="kindergarten"):
        said.level_rank("kindergarten")
    assert said.relations["sibling"].en == "a brother or sister"
    assert said.language_sets["english"].answers == ("language_tests",)
    assert said.language_sets["english"].key == "english"


@pytest.mark.parametrize(
    ("part", "english", "french"),
    [
        ("listening", "English, listening", "Anglais, compréhension de l'oral"),
        ("reading", "English, reading", "Anglais, compréhension de l'écrit"),
        ("writing", "English, writing", "Anglais, expression écrite"),
        ("speaking", "English, speaking", "Anglais, expression orale"),
        ("lowest", "English, lowest ability", "Anglais, compétence la plus faible"),
    ],
)
def test_each_ability_of_a_language_is_a_fact(part: str, english: str, french: str) -> None:
    fact = vocabulary().facts[f"english_{part}"]
    assert (fact.key, fact.type, fact.unit, fact.answers) == (f"english_{part}", "clb", "CLB", ("language_tests",))
    assert (fact.label.en, fact.label.fr) == (english, french)


def test_each_fact_lies_on_the_scale_of_its_type_or_unit() -> None:
    said = vocabulary()

    def scale(name: str) -> Scale | None:
        return said.scale_of(said.facts[name])

    assert scale("english_lowest") == Scale(0, 12, True)
    assert scale("job_offer_teer") == Scale(0, 5, True)
    assert scale("settlement_funds") == Scale(0)
    assert scale("age") == Scale(0, None, False)
    assert scale("residence") is None
