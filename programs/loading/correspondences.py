"""Correspondences between classifications, from the tables that come with the program.

A table's name says what it joins: `occupations/soc-2018-to-noc-2021.csv`. Codes of a classification whose unit groups
are loaded must exist in it; codes of the others are known from these tables alone.
"""

import re
from collections.abc import Mapping

from programs.loading.files import RuleFile, RuleFiles, csv_rows
from programs.models import Classification, Confidence, Correspondence, Occupation, Origin
from programs.packs.errors import PackError, PackErrors

FOLDER = "occupations"
_TABLE = re.compile(r"^([a-z]+-\d{4})-to-([a-z]+-\d{4})$")
_COLUMNS = ("from_code", "from_title_en", "to_code", "rank", "match", "confidence")
_MATCHES = frozenset({"", *Correspondence.Match.values})


def load_correspondences(files: RuleFiles) -> list[str]:
    """Load the tables that have changed, and say so. What staff entered or changed stays as they left it.

    Raises:
        PackErrors: naming the lines that cannot be read.

    """
    said: list[str] = []
    for path in sorted((files.root / FOLDER).glob("*-to-*.csv")):
        joined = _TABLE.match(path.stem)
        file = files.file(path)
        if joined and file.has_changed:
            said.append(_load(file, *joined.groups()))
    return said


def _load(file: RuleFile, from_id: str, to_id: str) -> str:
    for identifier in (from_id, to_id):
        name = identifier.replace("-", " ").upper()
        Classification.objects.get_or_create(
            pk=identifier, defaults={"name_en": name, "name_fr": name.replace("NOC", "CNP")}
        )
    codes = set(Occupation.objects.filter(classification=to_id).values_list("code", flat=True))
    rows: list[Correspondence] = []
    errors: list[PackError] = []
    for line, row in csv_rows(file.path, _COLUMNS):
        wrong = _wrong(row, codes, to_id)
        if wrong:
            errors.append(PackError(file.name, line, *wrong))
        else:
            rows.append(_row(row, from_id, to_id))
    if errors:
        raise PackErrors(errors)
    standing = Correspondence.objects.filter(from_classification=from_id, to_classification=to_id)
    standing.filter(origin=Origin.PACK).delete()
    kept = set(standing.values_list("from_code", "to_code"))
    fresh = [row for row in rows if (row.from_code, row.to_code) not in kept]
    Correspondence.objects.bulk_create(fresh)
    file.remember()
    return f"{file.name}: {len(fresh)} correspondences"


def _wrong(row: Mapping[str, str], codes: set[str], to_id: str) -> tuple[str, str] | None:
    if not row["from_code"] or not row["to_code"]:
        return "from_code", "a correspondence needs both codes"
    if codes and row["to_code"] not in codes:
        return "to_code", f"there is no unit group {row['to_code']!r} in {to_id}"
    if not row["rank"].isdigit():
        return "rank", f"the rank must be a number, 1 first (given: {row['rank']!r})"
    if row["match"] not in _MATCHES:
        return "match", f"the match must be exact, close, partial or empty (given: {row['match']!r})"
    if row["confidence"] not in Confidence.values:
        return "confidence", f"the confidence must be one of {', '.join(Confidence.values)}"
    return None


def _row(row: Mapping[str, str], from_id: str, to_id: str) -> Correspondence:
    return Correspondence(
        from_classification_id=from_id,
        from_code=row["from_code"],
        from_title_en=row["from_title_en"],
        from_title_fr=row.get("from_title_fr") or "",
        to_classification_id=to_id,
        to_code=row["to_code"],
        rank=int(row["rank"]),
        match=row["match"],
        basis=row.get("basis") or "",
        confidence=row["confidence"],
        note_en=row.get("note_en") or "",
        note_fr=row.get("note_fr") or "",
        origin=Origin.PACK,
    )
