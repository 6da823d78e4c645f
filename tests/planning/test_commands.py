"""`manage.py plan` and `manage.py timeline`, with the rules loaded into a real database."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from programs import store
from programs.models import LeverCollection
from tests.profiles import asha

pytestmark = pytest.mark.database


@pytest.fixture
def loaded(db: None) -> None:
    """The repository's packs in the database."""
    call_command("load_rulebook", verbosity=0, stdout=io.StringIO())
    store.forget()


def run(*arguments: str) -> tuple[list[dict[str, Any]], str, int]:
    """The lines that a command writes, what it tells of errors, and its exit status."""
    out, err, status = io.StringIO(), io.StringIO(), 0
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), status


def test_plans_and_timelines_are_written_a_line_a_person(loaded: None, tmp_path: Path) -> None:
    people = tmp_path / "people.jsonl"
    lines = [asha(id=1), asha(id=2, salary=3), asha(id=3, birth_date="1990-01-01")]
    people.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")

    planned, told, status = run("plan", str(people), "--goal", "crs:500")
    assert status == 1
    assert [line["id"] for line in planned] == [1, 2, 3]
    assert planned[1]["error"]["field"] == "salary"
    assert told.startswith("salary: ")
    first = planned[0]["plans"][0]
    assert first["predicted"]["scores"]["crs"]["total"] >= 500
    assert first["profile"]["birth_date"] == asha()["birth_date"]

    spans, _, status = run("timeline", str(people), "--until", "2027-11-21")
    assert status == 1
    assert spans[0]["scores"]["crs"][1]["from"] == "2027-05-17"

    early, told, status = run("timeline", str(people), "--until", "2020-01-01")
    assert status == 1
    assert "2020-01-01 is earlier" in told
    assert early[0]["error"]["field"] == "as_of"

    with pytest.raises(CommandError, match="no program"):
        call_command("plan", str(people), "--goal", "program:nowhere")
    with pytest.raises(CommandError, match="not a date"):
        call_command("timeline", str(people), "--until", "soon")
    with pytest.raises(CommandError, match="No such file"):
        call_command("plan", str(tmp_path / "missing.json"), "--goal", "round")

    levers = LeverCollection.objects.get()
    for lever in levers.content["levers"]:
        lever["cost_cad"] = 1 if lever["id"] == "nomination" else lever["cost_cad"]
    levers.full_clean()
    levers.save()
    store.forget()
    people.write_text(json.dumps(asha()), encoding="utf-8")
    nominated = [one for one in run("plan", str(people), "--goal", "crs:900")[0][0]["plans"] if one["cost_cad"] == 1]
    assert {one["levers"][0]["id"].partition("@")[0] for one in nominated} == {"nomination"}

    levers.content["levers"][0]["change"] = {"do": "grow_younger"}
    with pytest.raises(ValidationError, match="grow_younger"):
        levers.full_clean()
