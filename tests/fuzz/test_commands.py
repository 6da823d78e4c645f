"""Whatever profiles hold, a line of answer comes for each line of question, or a refusal that names the field."""

import io
import json
from pathlib import Path
from random import Random
from typing import Any

import hypothesis
import pytest
from django.core.management import call_command

from programs import store
from programs.rulebook import Rulebook
from tests.fuzz.cases import batch, cases, sent
from tests.fuzz.made_profiles import profile
from tests.fuzz.values import seeds, spoiled_bytes, spoiled_data, spoiled_text
from tests.profiles import asha

COMMANDS = {
    "evaluate": (),
    "timeline": ("--until", "2027-06-30"),
    "plan": ("--goal", "crs:480"),
}
# Lines of one file.
MANY, SOME = batch(12, 500), batch(2, 10)


def line(pick: Random) -> bytes:
    """A profile on a line, spoiled as data, as text, as bytes, or not at all."""
    written: Any = profile(pick)
    if pick.random() < 0.5:
        written = spoiled_data(pick, written)
    text = json.dumps(written, ensure_ascii=pick.random() < 0.5)
    if pick.random() < 0.1:
        text = spoiled_text(pick, text)
    content = text.encode("utf-8", "surrogatepass")
    if pick.random() < 0.05:
        content = spoiled_bytes(pick, content)
    # What ends a line for the reader of a file; here each profile has its own.
    return content.translate(None, b"\r\n").strip() or b"?"


def lines(seed: int, number: int) -> list[bytes]:
    """So many different lines, always the same for a seed."""
    return [line(Random(f"{seed}/{place}")) for place in range(number)]


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
    # A line ends with a line feed and nothing else: what is told back may hold other ends of lines.
    return [json.loads(line, parse_constant=_no_json) for line in out.read().removesuffix("\n").split("\n")], status


def _no_json(name: str) -> Any:
    raise AssertionError(f"{name} is not JSON")


def holds(command: str, people: list[bytes], folder: Path) -> None:
    """Every line answered or refused with its field, and the exit status says whether one was refused."""
    # A first line that is a profile, so that the rest is read line by line.
    answers, status = run(command, b"\n".join([json.dumps(asha()).encode(), *people]), folder)
    assert len(answers) == 1 + len(people)
    assert "error" not in answers[0]
    for given, answer in zip(people, answers[1:], strict=True):
        is_refused = "error" in answer
        sent[f"profiles to {command}"] += 1
        sent[f"of them refused by {command}"] += is_refused
        if is_refused:
            assert answer["error"]["field"], given
            assert answer["error"]["message"], given
        else:
            assert answer.keys() == answers[0].keys(), given
    assert status == (1 if any("error" in answer for answer in answers) else 0)


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch, seeded: Rulebook) -> None:
    """The rules of the repository's packs, without a database."""
    monkeypatch.setattr(store, "current", lambda: seeded)


@cases(12, each=MANY, share=0.7)
@hypothesis.given(seed=seeds)
def test_evaluate_answers_or_refuses_every_line(rules: None, tmp_path: Path, seed: int) -> None:
    holds("evaluate", lines(seed, MANY), tmp_path)


@cases(2, each=SOME, share=0.005)
@hypothesis.given(seed=seeds)
def test_timeline_answers_or_refuses_every_line(rules: None, tmp_path: Path, seed: int) -> None:
    holds("timeline", lines(seed, SOME), tmp_path)


@cases(2, each=SOME, share=0.005)
@hypothesis.given(seed=seeds)
def test_plan_answers_or_refuses_every_line(rules: None, tmp_path: Path, seed: int) -> None:
    holds("plan", lines(seed, SOME), tmp_path)


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
        b'{"as_of": "2014-07-19", "work": [{"noc": "21231", "country": "US", "start": "2010-01-01"}]}',
        b'{"id": ' + b"9" * 5000 + b"}",
        b"[" * 5000,
        b'{"\\ud800": 1}',
        b'{"work": [{"noc": "\\ud800"}]}',
        b'{"id": {"a": [1, null, "\xc3\xa9"]}}',
        b'{"id": [{"a": 1}], "as_of": "2026-11-21"}',
        b"\xff\xfe",
        b"null",
        b"\xef\xbb\xbf{}",
    ],
)
def test_a_line_that_is_hard_to_answer_is_refused(rules: None, tmp_path: Path, command: str, line: bytes) -> None:
    holds(command, [line], tmp_path)
