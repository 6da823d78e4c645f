"""Which files of rules have changed since they were last loaded."""

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from programs.models import LoadedFile
from programs.packs.errors import PackError, PackErrors


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A file as it is now. `name` is its path below the folder of rules; `loaded` is how it was last loaded."""

    path: Path
    name: str
    content_hash: str
    loaded: LoadedFile | None

    @property
    def has_changed(self) -> bool:
        """Whether it differs from what was last loaded."""
        return self.loaded is None or self.loaded.content_hash != self.content_hash

    def remember(self, **pack: Any) -> None:
        """Note that the file has been loaded as it is now."""
        LoadedFile.objects.update_or_create(path=self.name, defaults={"content_hash": self.content_hash, **pack})


class RuleFiles:
    """The files below a folder, seen against what was loaded before (read in one query)."""

    def __init__(self, root: Path) -> None:
        """Remember what was loaded, without the documents: an unchanged rulebook is passed over fast."""
        self.root = root
        self._loaded = {row.path: row for row in LoadedFile.objects.defer("document")}

    def file(self, path: Path) -> RuleFile:
        """One file as it is now."""
        name = path.relative_to(self.root).as_posix()
        return RuleFile(path, name, hashlib.sha256(path.read_bytes()).hexdigest(), self._loaded.get(name))

    def existing(self, *names: str) -> list[RuleFile]:
        """Those of the named files that are there."""
        return [self.file(self.root / name) for name in names if (self.root / name).is_file()]


def csv_rows(path: Path, required: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table with their line numbers.

    Raises:
        PackErrors: if the file is not a table in UTF-8, a column that is needed is missing, or a row has more or fewer
            cells than the first line.

    """
    reader = csv.DictReader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        missing = [name for name in required if name not in (reader.fieldnames or ())]
        if missing:
            message = f"the table needs the columns {', '.join(required)}; missing: {', '.join(missing)}"
            raise PackErrors([PackError(str(path), 1, "", message)])
        for row in reader:
            if None in row or None in row.values():
                message = "this row has more or fewer cells than the first line; put texts with commas in quotes"
                raise PackErrors([PackError(str(path), reader.line_num, "", message)])
            yield reader.line_num, row
    except csv.Error as error:
        raise PackErrors([PackError(str(path), reader.line_num, "", f"this is not CSV: {error}")]) from error


def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise PackErrors([PackError(str(path), 1, "", f"this file is not UTF-8 text ({error.reason})")]) from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise PackErrors([PackError(str(path), line, "", "this text holds a character that no text has (NUL)")])
    return text
