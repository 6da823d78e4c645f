"""Packs as files: every error with its line, and one canonical form."""

from pathlib import Path

import pytest

from programs.loading.rulebook import RULE_PACKS
from programs.packs import yaml_files
from programs.packs.errors import PackErrors
from programs.packs.yaml_files import pack_paths, parse_pack, path_of, read_pack, read_packs, to_yaml
from tests.programs.conftest import MADE_UP

REAL = pack_paths(RULE_PACKS)
ALL = [*REAL, *pack_paths(MADE_UP)]

NOTICE = """kind: notice
id: change
title: A change
text: Text.
concerns: [crs]
confidence: reported
reported_on: 2026-10-01
sources:
  - {url: "https://example.org", title: News, as_of: 2026-10-02}
"""


def errors_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(PackErrors) as raised:
        parse_pack(text, "pack.yaml")
    return [(error.line, error.key, error.message) for error in raised.value.errors]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_packs_are_written_in_canonical_form(path: Path) -> None:
    assert to_yaml(read_pack(path).document) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_a_pack_lies_where_its_authority_and_kind_say(path: Path) -> None:
    assert path.relative_to(RULE_PACKS) == path_of(read_pack(path).document)


def test_several_errors_are_told_at_once_each_with_its_line() -> None:
    text = NOTICE.replace("reported\n", "rumoured\n", 1).replace("text: Text.", "txt: Text.")
    found = errors_of(text)
    assert [(line, key) for line, key, _ in found] == [(1, "text"), (4, "txt"), (6, "confidence")]
    assert "missing" in found[0][2]
    assert "not known" in found[1][2]
    assert "'rumoured'" in found[2][2]


def test_a_repeated_key_is_an_error() -> None:
    assert [(line, key) for line, key, _ in errors_of(NOTICE + "title: Again\n")] == [(10, "title")]


def test_an_error_deep_inside_names_its_own_line() -> None:
    text = (MADE_UP / "federal/programs/worker.yaml").read_text(encoding="utf-8")
    line = next(number for number, each in enumerate(text.splitlines(), 1) if '">=", value: 18' in each)
    found = errors_of(text.replace('op: ">=", value: 18', 'op: "=>", value: 18'))
    assert [(at, key) for at, key, _ in found] == [(line, "versions.1.requirements.0.any_of.0.0.op")]


@pytest.mark.parametrize("text", ["", "a: [", "- 1", "kind: nothing\nid: x\n", "1: 2\n", "[1]: 2\n"])
def test_what_is_no_pack_is_told_and_does_not_crash(text: str) -> None:
    assert errors_of(text)


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PackErrors, match="not UTF-8"):
        read_pack(path)


def test_ontario_codes_and_dates_stay_what_they_are() -> None:
    text = (MADE_UP / "federal/programs/worker.yaml").read_text(encoding="utf-8")
    pack = parse_pack(
        text.replace("value: IN", "value: [NO, 00010, 2026-01-01]").replace("op: contains,", "op: in,"), "x"
    )
    condition = pack.document.versions[1].requirements[0].any_of[1][0]
    assert condition.value == ("NO", "00010", "2026-01-01")
    assert 'value: ["NO", "00010", 2026-01-01]' in to_yaml(pack.document)


def test_two_packs_of_one_id_are_an_error(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(NOTICE, encoding="utf-8")
    with pytest.raises(PackErrors, match="already in"):
        read_packs(tmp_path.glob("*.yaml"))


def test_format_rewrites_and_check_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text("id: change\n" + NOTICE.replace("id: change\n", ""), encoding="utf-8")
    bad.write_text(NOTICE.replace("id: change", "id: Bad Id"), encoding="utf-8")
    assert yaml_files.main(["format", str(good)]) == 0
    assert good.read_text(encoding="utf-8") == NOTICE
    assert yaml_files.main(["check", str(good), str(bad)]) == 1
    assert f"{bad}:2: id:" in capsys.readouterr().err
