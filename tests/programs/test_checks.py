"""Checks find what was planted, and name the place."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from programs.checks.documents import check_documents
from programs.checks.problems import Problem
from programs.loading.rulebook import RULE_PACKS
from programs.packs.schema.common import Text
from programs.packs.seed import unit_groups
from programs.packs.yaml_files import pack_paths, parse_pack, read_pack
from programs.rulebook import UnitGroup
from tests.programs.conftest import MADE_UP

GROUPS = [UnitGroup(code, Text(en=code), 1) for code in ("21231", "72200")]
WORKER, POINTS, WANTED, FUNDS, TEST, PAGES = (
    f"federal/{name}.yaml"
    for name in (
        "programs/worker",
        "grids/points",
        "occupation_lists/wanted",
        "reference_tables/funds",
        "language_tests/made_up",
        "sources/pages",
    )
)


def problems(file: str = WORKER, old: str = "", new: str = "") -> list[Problem]:
    """What is found when one place of one pack says something else."""
    documents = []
    for path in pack_paths(MADE_UP):
        text = path.read_text(encoding="utf-8")
        if path == MADE_UP / file:
            assert old in text
            text = text.replace(old, new, 1)
        documents.append(parse_pack(text, str(path)).document)
    return check_documents(documents, GROUPS)


def errors(*change: str) -> list[str]:
    return [each.message for each in problems(*change) if each.severity == "error"]


def test_sound_rules_have_no_errors() -> None:
    assert errors() == []


def test_the_packs_of_the_repository_are_sound() -> None:
    documents = [read_pack(path).document for path in pack_paths(RULE_PACKS)]
    assert [str(each) for each in check_documents(documents, unit_groups()) if each.severity == "error"] == []


PLANTED = [
    (POINTS, "{min: 18, max: 35}", "{min: 19, max: 35}", "no band covers 18"),
    (POINTS, "{min: 18, max: 35}", "{min: 20, max: 35}", "no band covers 18 to 19"),
    (POINTS, "{min: 18, max: 35}", "{min: 17, max: 35}", "the bands … to 17 and 17 to 35 overlap"),
    (POINTS, "{min: 18, max: 35}", "{min: 18}", "overlap, since one has no end"),
    (POINTS, "{values: [false], label: Single}", "{values: [true], label: Single}", "no band covers no"),
    (POINTS, "{values: [true]}", "{values: [maybe]}", "there is no value “maybe”; it takes yes, no"),
    (POINTS, "{values: [true]}", "{min: 1}", "use one form for all"),
    (POINTS, "fact: first_language}", "fact: first_language_lowest}", "there is no language_set"),
    (POINTS, "only_for: [worker]", "only_for: [werker]", "did you mean “worker”?"),
    (POINTS, "is: true, cap: 20", "is: true, cap: 20", None),
    (POINTS, "cap_when: {fact: has_partner", "cap_when: {fact: has_partna", "there is no fact"),
    (WORKER, "fact: age,", "fact: agee,", "there is no fact in the vocabulary “agee”; did you mean “age”?"),
    (WORKER, "value: 18", "value: eighteen", "'eighteen' was given where a number is needed"),
    (WORKER, "value: 18", "value: true", "True was given where a number is needed"),
    (WORKER, 'op: ">=", value: 18', "op: contains, value: 18", "“contains” does not go with “Age”"),
    (WORKER, 'op: ">=", value: 18', "op: in, value: 18", "takes a list of values"),
    (WORKER, 'op: ">=", value: 18', 'op: ">=", value: [18, 19]', "takes one value"),
    (WORKER, 'op: ">=", value: 18', "op: in, value: []", "the list of values is empty"),
    (WORKER, "contains, value: IN", "contains, value: India", "a country's two letters"),
    (WORKER, "value: [masters, doctorate]}", "value: [master]}", "a level of education"),
    (WORKER, "levels: [masters, doctorate]", "levels: [master]", "there is no level of education"),
    (WORKER, "relations: [sibling]", "relations: [sister]", "there is no relation"),
    (WORKER, "other_fact: nomination_province", "other_fact: age", "of type province, “Age” of type number"),
    (WORKER, "fact: settlement_funds", "fact: job_offer_province", "“is at least” does not go with"),
    (WORKER, "table: funds", "table: fundz", "there is no reference table “fundz”"),
    (WORKER, "{grid: points", "{grid: pointz", "there is no points grid “pointz”"),
    (WORKER, "program: worker,", "program: other,", "there is no program “other”"),
    (WORKER, "effective_to: 2024-12-31", "effective_to: 2025-01-01", "the periods overlap"),
    (WORKER, "- id: work", "- id: age", "“age” stands here twice"),
    (WORKER, "from: 2024-01-01,", "from: 2024-01-01, to: 2023-01-01,", "is before the first"),
    (WANTED, '"72200"', '"99999"', "there is no unit group “99999”"),
    (WANTED, '"72200"', '"21231"', "“21231” stands here twice"),
    (WANTED, "authority: federal", "authority: federal\nclassification: noc-2026", "is not loaded"),
    (FUNDS, "at: 2", "at: 1", "“1” stands here twice"),
    (PAGES, "https://example.org/unused", "https://example.org/worker", "stands here twice"),
]


@pytest.mark.parametrize(("file", "old", "new", "message"), PLANTED)
def test_a_planted_error_is_found(file: str, old: str, new: str, message: str | None) -> None:
    found = errors(file, old, new)
    if message is None:
        assert found == []
    else:
        assert any(message in each for each in found), found


def test_two_conversions_for_one_test_on_one_day_are_an_error() -> None:
    text = (MADE_UP / TEST).read_text(encoding="utf-8")
    start = text.index("  - id: made-up-2025")
    twin = text[start:].replace("made-up-2025", "twin")
    assert any("same tests on the same days" in each for each in errors(TEST, text[start:], text[start:] + twin))


def test_a_gap_between_versions_asks_for_a_second_look() -> None:
    found = problems(WORKER, "effective_to: 2024-12-31", "effective_to: 2024-11-30")
    said = [each for each in found if each.severity == "warning" and "in force" in each.message]
    assert [each.message for each in said] == ["nothing is in force from 2024-12-01 to 2024-12-31"]
    assert said[0].where == "Program “Made-up worker program”, version “worker-2025”"


def test_rules_without_worked_examples_ask_for_a_second_look() -> None:
    assert {each.identifier for each in problems() if "no worked example" in each.message} == {"points", "made_up"}


def test_the_command_names_file_and_line(packs: Path, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    path = packs / WORKER
    path.write_text(path.read_text(encoding="utf-8").replace("value: 18", "value: true"), encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("check_rulebook", packs=packs)
    assert re.search(
        r"error: .*worker\.yaml:\d+: versions\.1\.requirements\.0\.any_of\.0\.0\.value: True", capsys.readouterr().err
    )


def test_the_command_is_content_with_sound_rules(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_rulebook")
    assert capsys.readouterr().out == "7 documents: 0 errors, 6 warnings.\n"
