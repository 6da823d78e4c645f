"""Unit groups and job titles, from the tables that come with the program.

`occupations/noc-2021.csv` holds a classification's unit groups, `occupations/noc-2021-titles.csv` the job titles
by which people find them; another classification is two files more. `occupations/abbreviations.csv` holds words of
job titles as people shorten them.
"""

import re

from programs.loading.files import RuleFile, RuleFiles, csv_rows
from programs.models import Abbreviation, Classification, JobTitle, Occupation, Origin
from programs.models.occupations import normalised
from programs.packs.errors import PackError, PackErrors

FOLDER = "occupations"
_UNIT_GROUPS = re.compile(r"^[a-z]+-\d{4}$")
_GROUP_COLUMNS = ("code", "title_en", "title_fr", "teer")
_TITLE_COLUMNS = ("title", "language", "noc", "kind")
_WORD_COLUMNS = ("word", "stands_for")
_GROUPS = ("broad_category", "major_group", "sub_major_group", "minor_group")
_BATCH = 5000


def load_occupations(files: RuleFiles) -> list[str]:
    """Load what has changed, and say so.

    Raises:
        PackErrors: naming the lines that cannot be read.

    """
    said: list[str] = []
    for path in sorted((files.root / FOLDER).glob("*.csv")):
        if not _UNIT_GROUPS.match(path.stem):
            continue
        groups, titles = files.file(path), files.existing(f"{FOLDER}/{path.stem}-titles.csv")
        if groups.has_changed:
            said.append(_load_groups(groups, path.stem))
        stale = [table for table in titles if table.has_changed or groups.has_changed]
        said += [_load_titles(table, path.stem) for table in stale]
    words = files.existing(f"{FOLDER}/abbreviations.csv")
    return said + [_load_abbreviations(table) for table in words if table.has_changed]


def _load_groups(file: RuleFile, classification: str) -> str:
    name = classification.replace("-", " ").upper()
    french = name.replace("NOC", "CNP")
    Classification.objects.get_or_create(pk=classification, defaults={"name_en": name, "name_fr": french})
    rows: list[Occupation] = []
    errors: list[PackError] = []
    for line, row in csv_rows(file.path, _GROUP_COLUMNS):
        if row["teer"] not in {"0", "1", "2", "3", "4", "5"} or not _is_number(row["code"]):
            message = f"code and TEER must be digits, TEER from 0 to 5 (given: {row['code']!r}, {row['teer']!r})"
            errors.append(PackError(file.name, line, "teer", message))
            continue
        rows.append(
            Occupation(
                classification_id=classification,
                code=row["code"],
                title_en=row["title_en"],
                title_fr=row["title_fr"],
                teer=int(row["teer"]),
                **{group: row.get(group) or "" for group in _GROUPS},
            )
        )
    if errors:
        raise PackErrors(errors)
    Occupation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["classification", "code"],
        update_fields=["title_en", "title_fr", "teer", *_GROUPS],
    )
    file.remember()
    return f"{file.name}: {len(rows)} unit groups"


def _load_titles(file: RuleFile, classification: str) -> str:
    """Replace the titles that came from the table. Staff's own titles have a kind of their own, and stay."""
    groups = dict(Occupation.objects.filter(classification=classification).values_list("code", "pk"))
    rows: list[JobTitle] = []
    errors: list[PackError] = []
    for line, row in csv_rows(file.path, _TITLE_COLUMNS):
        if row["noc"] not in groups:
            errors.append(PackError(file.name, line, "noc", f"there is no unit group {row['noc']!r}"))
            continue
        rank = row.get("rank") or ""
        rows.append(
            JobTitle(
                title=row["title"],
                language=row["language"],
                occupation_id=groups[row["noc"]],
                kind=row["kind"],
                rank=int(rank) if _is_number(rank) else None,
                normalised=normalised(row["title"]),
            )
        )
    if errors:
        raise PackErrors(errors)
    kinds = {row.kind for row in rows}
    JobTitle.objects.filter(occupation__classification=classification, kind__in=kinds).delete()
    JobTitle.objects.bulk_create(rows, batch_size=_BATCH)
    file.remember()
    return f"{file.name}: {len(rows)} job titles"


def _load_abbreviations(file: RuleFile) -> str:
    """Replace the words that came from the table. Staff's own stay."""
    rows: list[Abbreviation] = []
    errors: list[PackError] = []
    for line, row in csv_rows(file.path, _WORD_COLUMNS):
        word = normalised(row["word"])
        if not word or " " in word:
            errors.append(PackError(file.name, line, "word", f"this must be one word (given: {row['word']!r})"))
            continue
        rows.append(Abbreviation(word=word, stands_for=row["stands_for"], origin=Origin.PACK))
    if errors:
        raise PackErrors(errors)
    Abbreviation.objects.filter(origin=Origin.PACK).delete()
    kept = set(Abbreviation.objects.values_list("word", "stands_for"))
    fresh = [row for row in rows if (row.word, row.stands_for) not in kept]
    Abbreviation.objects.bulk_create(fresh)
    file.remember()
    return f"{file.name}: {len(fresh)} abbreviations"


def _is_number(cell: str) -> bool:
    """Whether these are ordinary digits; others, as superscripts, are digits to Python and no numbers."""
    return cell.isascii() and cell.isdigit()
