"""Documents and rows say the same: nothing is lost on the way there and back."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.loading.packs import load_packs
from programs.models import Fact, RulebookRevision, Status
from programs.packs.from_database import read_document, read_documents, read_version
from programs.packs.kinds import KINDS
from programs.packs.schema import PACK, Grid, Program
from programs.packs.to_database import to_database
from programs.packs.yaml_files import pack_paths, plain, read_pack, read_packs
from tests.programs.conftest import MADE_UP
from tests.seeded import seeded_rulebook

pytestmark = pytest.mark.django_db

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(str.strip)


@cache
def bases() -> list[Any]:
    """The documents of the tests' own packs and of the repository's."""
    return [*(read_pack(path).document for path in pack_paths(MADE_UP)), *seeded_rulebook().documents]


@pytest.fixture
def both_rules(rules: Path, real_rules: Path) -> None:
    """Made-up and real packs beside each other, so that all they point to is there."""


def test_every_made_up_pack_comes_back_as_it_was(rules: Path) -> None:
    stored = {(document.kind, document.id): document for document in read_documents()}
    for pack in read_packs(pack_paths(rules)):
        assert stored.pop((pack.document.kind, pack.document.id)) == pack.document
    assert not stored


def test_every_real_pack_comes_back_byte_for_byte(real_rules: Path, tmp_path: Path) -> None:
    call_command("export_rulebook", tmp_path, verbosity=0)
    for path in pack_paths(real_rules):
        exported = tmp_path / path.relative_to(real_rules)
        assert exported.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), path
    assert len(pack_paths(tmp_path)) == len(pack_paths(real_rules))


def _changed(draw: Any, value: Any, key: str = "") -> Any:
    """A value with some of its texts, points and figures drawn anew."""
    if isinstance(value, dict):
        return {
            name: item if name in {"profile", "expect"} else _changed(draw, item, name) for name, item in value.items()
        }
    if isinstance(value, list):
        return [_changed(draw, item, key) for item in value]
    if isinstance(value, str) and key in {"text", "note", "summary", "en", "fr", "provision", "judgement", "caution"}:
        return draw(TEXTS)
    if isinstance(value, bool):
        return value
    if isinstance(value, int) and key in {"points", "cap", "floor", "pass_mark"}:
        return value
    if isinstance(value, int | float) and key in {"amount_cad", "each_additional", "hourly_floor"}:
        return draw(st.floats(0, 1e6, allow_nan=False))
    return value


@st.composite
def packs_like(draw: Any) -> Any:
    """A pack of the repository or of the tests, with other texts and figures, and a part of it left out."""
    value = _changed(draw, plain(draw(st.sampled_from(bases()))))
    for key in ("examples", "facts", "next_steps", "outlook", "note", "not_checked"):
        if key in value and draw(st.booleans()):
            del value[key]
    return PACK.validate_python(value)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(document=packs_like())
def test_any_document_comes_back_as_it_was(document: Any, both_rules: None) -> None:
    _forget(document)
    to_database([document])
    assert read_document(document.kind, document.id) == document


def _forget(document: Any) -> None:
    """Withdraw what is stored of a document, so that it may be stored again."""
    kind = KINDS[document.kind]
    if kind.version is not None:
        rows = kind.version._base_manager.filter(**{f"{kind.version.PARENT}_id": document.id})
        rows.update(status=Status.WITHDRAWN)


def test_a_document_without_a_place_for_a_field_is_refused() -> None:
    from programs.models import NextStep
    from programs.packs.columns import columns

    program = next(base for base in bases() if isinstance(base, Program))
    with pytest.raises(LookupError, match="has no column"):
        columns(program, NextStep, {})


def test_drafts_are_read_only_when_asked_for(rules: Path) -> None:
    grid: Any = read_document("grid", "points")
    to_database([grid.model_copy(update={"id": "other"})], status=Status.DRAFT)
    assert read_document("grid", "other") is None
    assert isinstance(read_document("grid", "other", [Status.DRAFT]), Grid)


def test_one_version_is_read_as_the_part_of_a_document_that_it_is(rules: Path) -> None:
    grid: Any = read_document("grid", "points")
    row = KINDS["grid"].version.objects.get(label="points-2025")  # type: ignore[union-attr]
    assert read_version(row) == grid.versions[0]


def test_facts_mirror_the_vocabulary(rules: Path) -> None:
    assert Fact.objects.get(pk="age").operators == ["==", "!=", ">=", "<=", ">", "<", "in", "not_in"]
    assert Fact.objects.get(pk="first_language").type == "language_set"


def test_loading_nothing_moves_nothing(rules: Path) -> None:
    from programs.loading.files import RuleFiles

    number = RulebookRevision.current_number()
    assert load_packs(RuleFiles(rules)) == []
    assert RulebookRevision.current_number() == number
