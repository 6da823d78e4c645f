"""The documents on security name tests that exist, and every requirement of the standard once."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ("security.md", "threat-model.md", "privacy.md")
TESTS = {path.relative_to(ROOT).as_posix(): path.read_text() for path in (ROOT / "tests").rglob("*.py")}
STATES = {"met", "partly", "not met", "site", "n/a"}
# The highest number of the levels 1 and 2 in each section of the standard; they begin at 1 and leave none out. Chapters
# 10 and 17 (OAuth, WebRTC) concern nothing here and are told in one line each.
SECTIONS = """
V1.1 2, V1.2 9, V1.3 11, V1.4 3, V1.5 2, V2.1 3, V2.2 3, V2.3 4, V2.4 1, V3.2 2, V3.3 4, V3.4 6, V3.5 5, V3.7
2, V4.1 3, V4.2 1, V4.3 2, V4.4 4, V5.1 1, V5.2 3, V5.3 2, V5.4 3, V6.1 3, V6.2 12, V6.3 4, V6.4 4, V6.5 5,
V6.6 3, V6.8 4, V7.1 3, V7.2 4, V7.3 2, V7.4 5, V7.5 2, V7.6 2, V8.1 2, V8.2 3, V8.3 1, V8.4 1, V9.1 3, V9.2
4, V11.1 2, V11.2 3, V11.3 3, V11.4 4, V11.5 1, V11.6 1, V12.1 3, V12.2 2, V12.3 4, V13.1 1, V13.2 5, V13.3 2,
V13.4 5, V14.1 2, V14.2 4, V14.3 3, V15.1 3, V15.2 3, V15.3 7, V16.1 1, V16.2 5, V16.3 4, V16.4 3, V16.5 3
"""


def text_of(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


@pytest.mark.parametrize("name", DOCS)
def test_every_test_that_is_named_is_there(name: str) -> None:
    missing = []
    for file, test in re.findall(r"`((?:[\w/]+/)?test_\w+\.py)(?:::(test_\w+))?`", text_of(name)):
        found = [text for path, text in TESTS.items() if path.endswith(f"/{file}") or path == file]
        if not found or (test and not any(f"def {test}(" in text for text in found)):
            missing.append((file, test))
    assert missing == []


def test_every_requirement_has_one_line_and_a_state() -> None:
    rows = re.findall(r"^\| (V[\d., V]+) \| ([^|]*) \|", text_of("security.md"), re.MULTILINE)
    numbers = [number for held, _state in rows for number in held.split(", ")]
    assert {state for _held, state in rows} <= STATES
    sections = [each.split() for each in SECTIONS.split(",")]
    wanted = [f"{section}.{number}" for section, most in sections for number in range(1, int(most) + 1)]
    assert sorted(numbers) == sorted(wanted)
    for chapter in ("V10", "V17"):
        assert re.search(rf"^{chapter}\.1\.1 to {chapter}[\d.]+: n/a", text_of("security.md"), re.MULTILINE)


def test_whatever_is_met_and_not_met_says_why() -> None:
    for line in text_of("security.md").splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 4 and cells[0].startswith("V"):
            assert len(cells[2]) > 3, line


def test_scripts_store_nothing_in_the_browser() -> None:
    scripts = [*(ROOT / "static").rglob("*.js"), *(ROOT / "programs" / "static").rglob("*.js")]
    assert scripts
    for path in scripts:
        assert not re.search(
            r"localStorage|sessionStorage|indexedDB|document\.cookie|serviceWorker", path.read_text()
        ), path
