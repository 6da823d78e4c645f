"""Files of rules, rounds, the pool and draws, spoiled in every way: brought in whole, or nothing of them at all."""

import html
import io
import json
import re
import shutil
import zipfile
from pathlib import Path
from random import Random
from typing import Any

import hypothesis
import pytest
import yaml
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs.loading.rulebook import RULE_PACKS, load_rulebook
from programs.models import ProgramVersion, Status
from programs.packs.errors import PackErrors
from programs.packs.uploads import MAX_BYTES, MAX_PACK_BYTES
from tests.fuzz.cases import cases, sent
from tests.fuzz.values import seeds, spoiled_bytes, spoiled_data, spoiled_text
from tests.programs import feed
from tests.programs.conftest import MADE_UP, omar, packs, rules, signed_in
from tests.programs.test_forbidden_paths import undone

__all__ = ["omar", "packs", "rules"]

pytestmark = pytest.mark.django_db

OURS = [path for path in sorted(MADE_UP.rglob("*.yaml")) if path.parent.name != "sources"]
REAL = sorted(path for path in RULE_PACKS.rglob("*.yaml") if path.stat().st_size < 20_000)
TABLES = {
    "admin:programs_round_import": (feed.feed(feed.one()), (RULE_PACKS / "rounds/express-entry-rounds.csv")),
    "admin:programs_poolband_import": (feed.feed(feed.one()), (RULE_PACKS / "rounds/pool-distribution.csv")),
    "admin:programs_draw_import": ((RULE_PACKS / "draws/provincial-draws.csv"),),
}


def counts() -> dict[str, int]:
    """How many rows each table of rules has."""
    return {model.__name__: model._base_manager.count() for model in apps.get_app_config("programs").get_models()}


def spoiled_pack(pick: Random) -> bytes:
    """A pack spoiled as data, as text or as bytes."""
    text = pick.choice(pick.choice((OURS, REAL))).read_text(encoding="utf-8")
    if pick.random() < 0.5:
        written = spoiled_data(pick, yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        # As JSON every date becomes text and every text stays what it is; JSON is YAML.
        text = json.dumps(written, ensure_ascii=pick.random() < 0.5, default=str)
    else:
        text = spoiled_text(pick, text)
    content = text.encode("utf-8", "surrogatepass")
    return spoiled_bytes(pick, content) if pick.random() < 0.25 else content


def upload(pick: Random) -> tuple[str, bytes]:
    """A file to bring in: a pack, or a zip of some, perhaps damaged."""
    found = [spoiled_pack(pick) for _ in range(pick.randint(1, 3))]
    if len(found) == 1:
        return "pack.yaml", found[0]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(found):
            name = pick.choice((f"{number}.yaml", f"../{number}.yml", f"ü/{number}.yaml", f"{number}.txt"))
            archive.writestr(name, content)
    return "packs.zip", spoiled_bytes(pick, held.getvalue())


def hidden(page: str) -> dict[str, str]:
    """What a page holds for its second step."""
    found = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("held", "shown")}
    return {name: html.unescape(match[1]) for name, match in found.items() if match}


def both_steps(client: Any, address: str, sending: dict[str, Any], **confirm: str) -> tuple[str, dict[str, int]]:
    """Send a file and confirm it; what the first page said, and how many rows came of it."""
    before = counts()
    first = client.post(address, sending)
    assert first.status_code == 200, first.status_code
    page = first.content.decode()
    assert counts() == before
    held = hidden(page)
    if held.get("held"):
        second = client.post(address, held | confirm)
        assert second.status_code in (200, 302)
    after = counts()
    return page, {name: after[name] - before[name] for name in after if after[name] != before[name]}


@cases(15, share=0.01)
@hypothesis.given(seed=seeds)
def test_rules_come_in_whole_or_not_at_all(rules: Path, omar: User, seed: int) -> None:
    sent["files of rules brought in by hand"] += 1
    name, content = upload(Random(seed))
    with undone():
        _page, more = both_steps(signed_in(omar), reverse("admin:files"), {"file": SimpleUploadedFile(name, content)})
        # What would be seen at once waits for a publisher, a file each; of all else nothing comes by itself.
        assert more.pop("WaitingChange", 0) <= 3
        # Whatever came is on record as brought in, and whatever is on record has come.
        drafts = sum(number for model, number in more.items() if model.endswith("Version") or model == "Conversion")
        assert bool(more) == bool(drafts) == ("Change" in more)
        assert not ProgramVersion.objects.filter(status=Status.PUBLISHED, origin="staff").exists()


@cases(15, share=0.015)
@hypothesis.given(seed=seeds)
def test_rounds_pool_and_draws_come_in_whole_or_not_at_all(rules: Path, omar: User, seed: int) -> None:
    sent["tables brought in by hand"] += 1
    pick = Random(seed)
    address = pick.choice(sorted(TABLES))
    given = pick.choice(TABLES[address])
    content = given if isinstance(given, bytes) else b"\n".join(given.read_bytes().splitlines()[:6])
    if pick.random() < 0.5:
        content = spoiled_text(pick, content.decode()).encode("utf-8", "surrogatepass")
    elif isinstance(given, bytes) and pick.random() < 0.5:
        content = json.dumps(spoiled_data(pick, json.loads(content))).encode()
    content = spoiled_bytes(pick, content)
    with undone():
        sending = {"file": SimpleUploadedFile("rounds", content), "source": "https://example.org/x"}
        page, more = both_steps(signed_in(omar), reverse(address), sending, **{"import": "1"})
        rows = sum(more.get(model, 0) for model in ("Round", "PoolBand", "Draw"))
        told = re.search(r"(\d+) new, (\d+) changed", " ".join(page.split()))
        assert rows in (0, int(told[1]) if told else 0)


@cases(8, share=0.005)
@hypothesis.given(seed=seeds)
def test_a_release_is_loaded_whole_or_not_at_all(rules: Path, tmp_path: Path, seed: int) -> None:
    sent["releases loaded"] += 1
    pick = Random(seed)
    folder = tmp_path / "release"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(rules, folder)
    path = pick.choice(sorted(file for file in folder.rglob("*.*") if file.is_file()))
    content = spoiled_text(pick, path.read_text(encoding="utf-8")).encode("utf-8", "surrogatepass")
    path.write_bytes(spoiled_bytes(pick, content))
    before = counts()
    with undone():
        try:
            load_rulebook(folder)
        except PackErrors:
            assert counts() == before


def bomb(levels: int) -> bytes:
    """YAML of a few lines that stands for 10 ** levels values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines).encode()


def zip_bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(30):
            archive.writestr(f"{number}.yaml", b" " * MAX_PACK_BYTES)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (bomb(9), "aliases and anchors"),
        (b"[" * 50_000, "nested too deeply"),
        (b"{a: " * 50_000, "nested too deeply"),
        (b"- " * 50_000, "nested too deeply"),
        (b"? " * 50_000, "nested too deeply"),
        (b"kind: !!python/object/apply:os.system [id]", "tags"),
        (b"a: " + b"9" * 100_000, "too long"),
        (b"x" * (MAX_PACK_BYTES + 1), "at most 1000 kB"),
        (b"x" * (MAX_BYTES + 1), "at most 5000 kB"),
        (zip_bomb(), "too large"),
        (b"\x00" * 100, ""),
        (b"PK\x03\x04" + b"\x00" * 100, "zip file"),
        (b"a: 0b" + b"1" * 400_000, ""),
        (b"a: 1:59:59:59:59" + b":59" * 9_999, ""),
        (b"a: 2026-99-99", ""),
        (b"? {a: 1}\n: 2", ""),
        (b"<<: 1", ""),
    ],
)
def test_hostile_files_are_refused_with_a_sentence(rules: Path, omar: User, content: bytes, says: str) -> None:
    sending = {"file": SimpleUploadedFile("a.yaml", content)}
    page, more = both_steps(signed_in(omar), reverse("admin:files"), sending)
    assert more == {}
    assert says in page
    assert "errorlist" in page or "Nothing was brought in." in page
