"""Whatever profiles hold, a line of answer comes for each line of question, or a refusal that names the field."""

import io
import json
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.core.management import call_command
from hypothesis import strategies as st

from programs import store
from programs.rulebook import Rulebook
from tests.fuzz.cases import cases, sent
from tests.fuzz.values import spoiled_data, spoiled_text
from tests.profiles import asha, complete_profiles

COMMANDS = {
    "evaluate": (),
    "timeline": ("--until", "2027-06-30"),
    "plan": ("--goal", "crs:480"),
}


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """A profile on a line, spoiled as data, as text, as bytes, or not at all."""
    written: Any = draw(complete_profiles())
    if draw(st.integers(0, 3)):
        written = draw(spoiled_data(written))
    text = json.dumps(written, ensure_ascii=draw(st.booleans()))
    if not draw(st.integers(0, 2)):
        text = draw(spoiled_text(text))
    line = text.encode("utf-8", "surrogatepass")
    if not draw(st.integers(0, 5)):
        at = draw(st.integers(0, len(line)))
        line = line[:at] + draw(st.binary(max_size=8)) + line[at + 2 :]
    # What ends a line for the reader of a file; here each profile has its own.
    return line.translate(None, b"\r\n").strip() or b"?"


def run(command: str, content: bytes, folder: Path) -> tuple[list[Any], int]:
    """What a command writes for a file, line by line, and its exit status."""
    file = folder / "people.jsonl"
    file.write_bytes(content)
    # As a terminal or a pipe takes it: bytes of UTF-8, and nothing that cannot be written so.
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="strict") for _ in range(2))
    status = 0
    try:
        call_command(command, str(file), *COMMANDS[command], stdout=out, stderr=err)
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    out.seek(0)
    err.seek(0)
    assert "Traceback" not in err.read()
    return [json.loads(line, parse_constant=_no_json) for line in out.read().splitlines()], status


def _no_json(name: str) -> Any:
    raise AssertionError(f"{name} is not JSON")


def holds(command: str, people: list[bytes], folder: Path) -> None:
    """Every line answered or refused with its field, and the exit status says whether one was refused."""
    # A first line that is a profile, so that the rest is read line by line.
    answers, status = run(command, b"\n".join([json.dumps(asha()).encode(), *people]), folder)
    sent[f"profiles to {command}"] += len(people)
    assert len(answers) == 1 + len(people)
    assert "error" not in answers[0]
    refused = [answer["error"] for answer in answers if "error" in answer]
    assert all(error["field"] and error["message"] for error in refused)
    assert status == (1 if refused else 0)


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch, seeded: Rulebook) -> None:
    """The rules of the repository's packs, without a database."""
    monkeypatch.setattr(store, "current", lambda: seeded)


@cases(25, each=6, share=0.2)
@hypothesis.given(people=st.lists(lines(), min_size=4, max_size=12))
def test_evaluate_answers_or_refuses_every_line(rules: None, tmp_path: Path, people: list[bytes]) -> None:
    holds("evaluate", people, tmp_path)


@cases(3, each=2, share=0.01)
@hypothesis.given(people=st.lists(lines(), min_size=1, max_size=3))
def test_timeline_answers_or_refuses_every_line(rules: None, tmp_path: Path, people: list[bytes]) -> None:
    holds("timeline", people, tmp_path)


@cases(2, each=2, share=0.01)
@hypothesis.given(people=st.lists(lines(), min_size=1, max_size=2))
def test_plan_answers_or_refuses_every_line(rules: None, tmp_path: Path, people: list[bytes]) -> None:
    holds("plan", people, tmp_path)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "line",
    [
        b'{"id": "\\ud800"}',
        b'{"id": NaN}',
        b'{"id": -Infinity, "as_of": 1}',
        b'{"id": 1e999}',
        b'{"as_of": "9999-12-31"}',
        b'{"as_of": "0001-01-01"}',
        b'{"id": ' + b"9" * 5000 + b"}",
        b"[" * 5000,
        b'{"\\ud800": 1}',
        b'{"work": [{"noc": "\\ud800"}]}',
        b'{"id": {"a": [1, null, "\xc3\xa9"]}}',
        b"\xff\xfe",
        b"null",
        b"\xef\xbb\xbf{}",
    ],
)
def test_a_line_that_is_hard_to_answer_is_refused(rules: None, tmp_path: Path, command: str, line: bytes) -> None:
    holds(command, [line], tmp_path)
