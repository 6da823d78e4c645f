"""A few federal rules of the repository's packs, quickly loaded, and drafts of them."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from eligibility.staff import drafts, jobs
from programs import store
from programs.actions import NewVersionFrom
from programs.loading.rulebook import RULE_PACKS, load_rulebook
from programs.models import Case, GridVersion, ProgramVersion, Requirement, Status
from tests.programs.conftest import person_of

FIRST_DAY = dt.date(2027, 1, 1)
TAKEN = (
    "federal/grids/crs.yaml",
    "federal/grids/fsw67.yaml",
    "federal/language_tests",
    "federal/programs/fsw.yaml",
    "federal/programs/cec.yaml",
    "federal/programs/fst.yaml",
    "federal/occupation_lists/fst-trades.yaml",
    "federal/reference_tables/counting.yaml",
    "federal/reference_tables/settlement-funds.yaml",
    "federal/sources",
    "h1b/situations.yaml",
    "occupations/noc-2021.csv",
)


@pytest.fixture(autouse=True)
def _no_leftovers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sees another one's rulebook, and none starts a process."""
    monkeypatch.setattr(jobs, "start_worker", lambda: None)
    store.forget()
    monkeypatch.setattr(drafts, "_last", None)
    yield
    store.forget()


@pytest.fixture(scope="session")
def some_packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs")
    for name in TAKEN:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (RULE_PACKS / name).is_dir() else shutil.copy)(RULE_PACKS / name, folder / name)
    return folder


@pytest.fixture
def rules(db: Any, some_packs: Path) -> Path:
    load_rulebook(some_packs)
    return some_packs


@pytest.fixture
def editor(db: Any) -> User:
    return person_of("Editor", "mei")


@pytest.fixture
def grid_draft(rules: Path, editor: User) -> GridVersion:
    """The CRS with twice the points for a brother or sister."""
    draft = _draft(GridVersion, "crs", editor)
    sibling = Case.objects.get(factor__version=draft, factor__key="sibling")
    sibling.points *= 2
    sibling.save()
    sibling.factor.cap = sibling.points
    sibling.factor.save()
    return draft


@pytest.fixture
def program_draft(rules: Path, editor: User) -> ProgramVersion:
    """The Federal Skilled Worker Program without its settlement funds."""
    draft = _draft(ProgramVersion, "fsw", editor)
    Requirement.objects.get(version=draft, key="settlement-funds").delete()
    return draft


def _draft(model: Any, of: str, by: User) -> Any:
    version = model.objects.get(**{model.PARENT: of}, status=Status.PUBLISHED, effective_to=None)
    return NewVersionFrom(version, FIRST_DAY, by, "a-draft").execute()
