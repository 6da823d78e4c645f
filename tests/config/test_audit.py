"""`make audit` fails on what it finds, and says plainly what it could not look at."""

import importlib.util
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLEAN = {"name": "django", "version": "5.2.1", "vulns": []}
BROKEN = {"name": "granian", "version": "2.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
UNKNOWN = {"name": "limits", "skip_reason": "not found"}


@pytest.fixture
def audit():
    spec = importlib.util.spec_from_file_location("audit", ROOT / "bin" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("told", "fails", "said"),
    [
        ([CLEAN, CLEAN], False, "2 packages checked, 0 problems"),
        ([CLEAN, BROKEN], True, "granian 2.0: PYSEC-1, mended in 2.1"),
        ([CLEAN, UNKNOWN], False, "NOT CHECKED: limits"),
        ([UNKNOWN, UNKNOWN], False, "NOT CHECKED. Nobody who knows"),
        (None, False, "NOT CHECKED. Nobody who knows"),
    ],
)
def test_known_problems(audit, monkeypatch, capsys, told, fails, said):
    answer = "no way out" if told is None else json.dumps({"dependencies": told})
    monkeypatch.setattr(audit, "run", lambda *_command: SimpleNamespace(stdout=answer, returncode=1))
    assert audit.known_problems() is fails
    assert said in capsys.readouterr().out


def test_a_secret_that_the_baseline_does_not_know_fails(audit, monkeypatch, capsys):
    asked = []

    def run(*command):
        asked.extend(command)
        return SimpleNamespace(stdout="Secret Type: AWS Access Key", returncode=1)

    monkeypatch.setattr(audit, "run", run)
    assert audit.secrets() is True
    assert "AWS Access Key" in capsys.readouterr().out
    assert "config/settings.py" in asked
    assert not any(name.endswith(".lock") for name in asked)
