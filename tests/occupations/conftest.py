"""The rules and job titles of the repository, without loading the packs; the guide and codes loaded where asked for."""

from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest

from eligibility.occupations import search
from eligibility.wizard import clock
from programs import store
from programs.loading.correspondences import load_correspondences
from programs.loading.files import RuleFiles
from programs.loading.occupation_guide import load_guide
from programs.loading.occupations import load_occupations
from programs.loading.rulebook import RULE_PACKS
from programs.rulebook import Rulebook
from tests.occupations.titles import title_index
from tests.seeded import seeded_rulebook
from tests.wizard.visitor import TODAY


@pytest.fixture(scope="session")
def seeded() -> Rulebook:
    """The rulebook of the repository's packs."""
    return seeded_rulebook()


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch, seeded: Rulebook) -> None:
    # One of its own for each test, as another state of the guide has: what is kept of the guide is kept with it.
    rulebook = copy(seeded)
    monkeypatch.setattr(store, "current", lambda: rulebook)
    monkeypatch.setattr(search, "current_index", title_index)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture(scope="module")
def _loaded(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Unit groups, guide and codes, loaded once for a module: sixty thousand titles stay out."""
    folder = tmp_path_factory.mktemp("packs") / "occupations"
    folder.mkdir()
    for path in (RULE_PACKS / "occupations").iterdir():
        if path.suffix != ".md" and not path.stem.endswith("-titles"):
            (folder / path.name).symlink_to(path)
    with django_db_blocker.unblock():
        yield from _with_tables(folder.parent)


def _with_tables(root: Path) -> Iterator[None]:
    from django.core.management import call_command

    files = RuleFiles(root)
    load_occupations(files)
    load_correspondences(files)
    load_guide(files)
    yield
    call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def tables(_loaded: None, db: None) -> None:
    """The guide and the codes of other classifications are in the database."""
