"""`manage.py evaluate`, with the rules loaded into a real database."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from programs import store
from tests.profiles import DEMO, asha

pytestmark = pytest.mark.database


@pytest.fixture
def loaded(db: None) -> None:
    """The repository's packs in the database."""
    call_command("load_rulebook", verbosity=0, stdout=io.StringIO())
    store.forget()


def evaluate(*arguments: str) -> tuple[list[dict[str, Any]], int]:
    """The lines that the command writes, and its exit status."""
    out = io.StringIO()
    status = 0
    try:
        call_command("evaluate", *arguments, stdout=out)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines()], status


def test_profiles_are_read_from_every_source_and_answered_in_order(
    loaded: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, status = evaluate(str(DEMO / "asha-software-engineer.json"))
    assert status == 0
    assert lines[0]["scores"]["crs"]["total"] == 478
    assert lines[0]["scores"]["fsw67"] | {"factors": None} == {
        "total": 74,
        "pass_mark": 67,
        "factors": None,
        "complete": True,
        "range": [74, 74],
    }
    verdicts = {program["id"]: program["verdict"] for program in lines[0]["programs"]}
    assert (verdicts["fsw"], verdicts["cec"]) == ("likely", "not_eligible")

    many = tmp_path / "many.jsonl"
    many.write_text("\n".join(json.dumps(asha(id=number)) for number in range(5)), encoding="utf-8")
    assert [line["id"] for line in evaluate(str(many))[0]] == [0, 1, 2, 3, 4]

    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps([asha(id=1), asha(id=2, salary=3), asha(id=3)])))
    lines, status = evaluate("--scores-only")
    assert status == 1
    assert [line["id"] for line in lines] == [1, 2, 3]
    assert lines[1]["error"]["field"] == "salary"
    assert "programs" not in lines[0]

    crowd = tmp_path / "crowd.jsonl"
    crowd.write_text("\n".join(json.dumps(asha(id=number, children=number % 3 and [])) for number in range(150)))
    alone, together = evaluate(str(crowd), "--program", "fsw"), evaluate(str(crowd), "--program", "fsw", "--jobs", "2")
    assert together == alone
    assert [line["id"] for line in together[0]] == list(range(150))
    assert together[1] == 1  # every third has a number of children in place of a list

    only, _ = evaluate(str(many), "--program", "fsw")
    assert [program["id"] for program in only[0]["programs"]] == ["fsw"]
    with pytest.raises(CommandError, match="no program"):
        call_command("evaluate", str(many), "--program", "nowhere")
    with pytest.raises(CommandError, match="No such file"):
        call_command("evaluate", str(tmp_path / "missing.json"))


def test_every_demo_person_can_be_assessed(loaded: None) -> None:
    lines, status = evaluate(str(DEMO / "all-demo.jsonl"))
    assert status == 0
    assert len(lines) == len(list(DEMO.glob("*.json")))
