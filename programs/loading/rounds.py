"""Rounds of invitations, from the table that comes with the program."""

import datetime as dt
from collections.abc import Mapping

from programs.loading.files import RuleFile, RuleFiles, csv_rows
from programs.models import Confidence, Origin, Round
from programs.packs.errors import PackError, PackErrors

FILE = "rounds/express-entry-rounds.csv"
_COLUMNS = ("round_number", "date", "invitations", "crs_cutoff", "source", "name", "kind", "round_type")


def load_rounds(files: RuleFiles) -> list[str]:
    """Load the table if it has changed, and say so. A round that staff entered or changed stays as they left it.

    Raises:
        PackErrors: naming the lines that cannot be read.

    """
    return [_load(file) for file in files.existing(FILE) if file.has_changed]


def _load(file: RuleFile) -> str:
    rows: list[Round] = []
    errors: list[PackError] = []
    for line, row in csv_rows(file.path, _COLUMNS):
        try:
            rows.append(_round(row))
        except ValueError as error:
            errors.append(PackError(file.name, line, "", f"this round cannot be read: {error}"))
    if errors:
        raise PackErrors(errors)
    kept = set(Round.objects.filter(origin=Origin.STAFF).values_list("number", flat=True))
    fresh = [row for row in rows if row.number not in kept]
    columns = [field.name for field in Round._meta.concrete_fields if field.name not in {"id", "number"}]
    Round.objects.bulk_create(fresh, update_conflicts=True, unique_fields=["number"], update_fields=columns)
    file.remember()
    said = f"{file.name}: {len(fresh)} rounds"
    return f"{said}; {len(rows) - len(fresh)} kept as staff entered them" if len(rows) > len(fresh) else said


def _round(row: Mapping[str, str]) -> Round:
    return Round(
        number=row["round_number"],
        date=dt.date.fromisoformat(row["date"]),
        time_utc=_moment(row.get("time_utc")),
        name=row["name"],
        kind=row["kind"],
        round_type=Round.RoundType(row["round_type"]),
        invitations=int(row["invitations"]),
        cutoff=int(row["crs_cutoff"]) if row["crs_cutoff"] else None,
        tie_break=_moment(row.get("tie_break_utc")),
        includes_nomination_points=row.get("includes_nomination_points") == "true",
        source=row["source"],
        confidence=Confidence(row.get("confidence") or "confirmed"),
        note=row.get("note") or "",
        origin=Origin.PACK,
    )


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
