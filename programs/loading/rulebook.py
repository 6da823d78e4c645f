"""Everything that comes with the program, loaded in one go or not at all."""

from pathlib import Path

from django.db import DatabaseError, transaction

from programs.loading.correspondences import load_correspondences
from programs.loading.files import RuleFiles
from programs.loading.occupation_guide import load_guide
from programs.loading.occupations import load_occupations
from programs.loading.packs import load_packs
from programs.loading.records import load_records
from programs.loading.vocabulary import load_vocabulary
from programs.packs.errors import PackError, PackErrors
from programs.rulebook.vocabulary import VOCABULARY_FILE

RULE_PACKS = Path(__file__).resolve().parent.parent / "rulepacks"


def load_rulebook(root: Path = RULE_PACKS) -> list[str]:
    """Load the vocabulary, occupations, packs, rounds, pool and draws that have changed, and say what was done.

    Raises:
        PackErrors: with everything that is wrong; nothing at all is loaded then.

    """
    try:
        with transaction.atomic():
            return _load(root)
    except DatabaseError as error:
        # A row that reads well and that the database refuses: one that is there twice, or too long.
        message = f"the database refuses a row: {str(error).splitlines()[0]}"
        raise PackErrors([PackError(str(root), 1, "", message)]) from error


def _load(root: Path) -> list[str]:
    said: list[str] = []
    words = RuleFiles(VOCABULARY_FILE.parent).file(VOCABULARY_FILE)
    if words.has_changed:
        load_vocabulary()
        words.remember()
        said.append(f"{words.name}: the facts that rules may use")
    files = RuleFiles(root)
    said += load_occupations(files)
    said += load_correspondences(files)
    said += load_guide(files)
    said += load_packs(files)
    said += load_records(files)
    return said
