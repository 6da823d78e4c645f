"""Rule packs as files: read with every error named by line, written in one canonical form.

Maintainers run it by hand: `python -m programs.packs.yaml_files check FILES` says what is wrong, and
`python -m programs.packs.yaml_files format FILES` rewrites packs in the canonical form (comments are not part of
a document, so they are dropped: say it in a `note`).
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from programs.packs.errors import PackError, PackErrors
from programs.packs.schema import PACK, Pack
from programs.packs.yaml_layout import dump_yaml
from programs.packs.yaml_nodes import Lines, Location, dotted, read_yaml

# Occupations belong to no authority; they are tables and a guide, with loaders of their own.
OCCUPATIONS = "occupations"
FOLDERS = {
    "program": "programs",
    "grid": "grids",
    "occupation_list": "occupation_lists",
    "reference_table": "reference_tables",
    "language_test": "language_tests",
    "notice": "notices",
    "sources": "sources",
    "h1b_situations": "",
    "figures": "figures",
    "levers": "",
}
_AS_WRITTEN = frozenset({"profile", "expect"})
_FIRST = ("id", "version")
_CITATION = ("source", "provision", "as_of", "confidence", "caution")
_HELD = frozenset(
    {"requirements", "any_of", "factors", "children", "table", "cases", "readings", "entries", "rows", "abilities"}
)
_WORDS = {"extra_forbidden": "this key is not known here", "missing": "this key is missing"}


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack that was read, with the lines its parts stand on."""

    file: str
    document: Pack
    lines: Lines

    def error_at(self, location: Location, message: str) -> PackError:
        """An error about the part of the document at `location`."""
        return PackError(self.file, self.lines.line_of(location), dotted(location), message)


def parse_pack(text: str, file: str) -> PackFile:
    """The document written in `text`.

    Raises:
        PackErrors: with everything that is wrong, by line and key.

    """
    value, lines, errors = read_yaml(text, file)
    if value is None and errors:
        raise PackErrors(errors)
    try:
        document = PACK.validate_python(value)
    except ValidationError as error:
        errors += _schema_errors(error.errors(include_url=False), file, lines)
    if errors:
        raise PackErrors(sorted(errors, key=lambda error: error.line))
    return PackFile(file, document, lines)


def read_pack(path: Path) -> PackFile:
    """The document in the file at `path`.

    Raises:
        PackErrors: with everything that is wrong, by line and key.

    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise PackErrors([PackError(str(path), 1, "", f"this file is not UTF-8 text ({error.reason})")]) from error
    return parse_pack(text, str(path))


def read_packs(paths: Iterable[Path]) -> list[PackFile]:
    """The documents in the files at `paths`.

    Raises:
        PackErrors: with everything that is wrong in any of them, two packs of one kind and id included.

    """
    packs: list[PackFile] = []
    errors: list[PackError] = []
    seen: dict[tuple[str, str], str] = {}
    for path in sorted(paths):
        try:
            pack = read_pack(path)
        except PackErrors as failure:
            errors += failure.errors
            continue
        packs.append(pack)
        key = (pack.document.kind, pack.document.id)
        if key in seen:
            errors.append(pack.error_at(("id",), f"the {key[0]} “{key[1]}” is already in {seen[key]}"))
        seen.setdefault(key, pack.file)
    if errors:
        raise PackErrors(errors)
    return packs


def pack_paths(root: Path) -> list[Path]:
    """Every pack below `root`, in a fixed order: packs stand under their authority, most of them by kind."""
    found = [*root.glob("*/*.yaml"), *root.glob("*/*/*.yaml")]
    return sorted(path for path in found if path.parent.name != OCCUPATIONS)


def path_of(document: Pack) -> Path:
    """Where a document's file stands below the folder of packs.

    The authority comes first, then the kind: `federal/programs/fsw.yaml`.
    """
    return Path(document.authority) / FOLDERS[document.kind] / f"{document.id}.yaml"


def plain(document: Pack) -> dict[str, Any]:
    """A document as plain values: kind first, then in the schema's order, without what is left at its default."""
    value = document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"kind": document.kind, **_tidy(value)}


def to_yaml(document: Pack) -> str:
    """A document in canonical form; reading it gives the same document back."""
    return dump_yaml(plain(document))


def _tidy(value: Any) -> Any:
    """Whole floats without their `.0`, and citations in their place; profiles stay as they were written."""
    if isinstance(value, dict):
        tidied = {key: item if key in _AS_WRITTEN else _tidy(item) for key, item in value.items()}
        return _citation_after_what_it_is(tidied) if "as_of" in tidied else tidied
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _citation_after_what_it_is(value: dict[str, Any]) -> dict[str, Any]:
    """A cited thing says what it is, then what it rests on, then what it holds."""
    named = [key for key in _FIRST if key in value]
    is_ = [key for key in value if key not in (*_FIRST, *_CITATION, *_HELD)]
    rests_on = [key for key in value if key in _CITATION]
    holds = [key for key in value if key in _HELD]
    return {key: value[key] for key in (*named, *is_, *rests_on, *holds)}


def _schema_errors(details: Sequence[ErrorDetails], file: str, lines: Lines) -> list[PackError]:
    """What the schema refused, one error a key: a value of several possible types is refused once for each."""
    messages: dict[tuple[int, str], list[str]] = {}
    locations = [detail["loc"] for detail in details]
    for detail in details:
        if detail["type"] == "too_short" and any(_below(other, detail["loc"]) for other in locations):
            continue  # What should be in it is there, and refused for a reason of its own.
        found, line = lines.resolve(detail["loc"])
        key = found
        if detail["type"] == "missing":
            key = (*found, detail["loc"][-1])
        message = _message(detail)
        told = messages.setdefault((line, dotted(key)), [])
        if message not in told:
            told.append(message)
    return [PackError(file, line, key, "; or ".join(told)) for (line, key), told in messages.items()]


def _below(location: Location, other: Location) -> bool:
    return len(location) > len(other) and location[: len(other)] == other


def _message(detail: ErrorDetails) -> str:
    if detail["type"] in _WORDS:
        return _WORDS[detail["type"]]
    message = detail["msg"].removeprefix("Value error, ")
    given = detail["input"]
    return f"{message} (given: {given!r})" if isinstance(given, str | int | float | bool | None) else message


def _check(paths: Iterable[Path]) -> list[PackError]:
    try:
        read_packs(paths)
    except PackErrors as failure:
        return failure.errors
    return []


def _format(paths: Iterable[Path]) -> list[PackError]:
    errors: list[PackError] = []
    for path in paths:
        try:
            text = to_yaml(read_pack(path).document)
        except PackErrors as failure:
            errors += failure.errors
            continue
        if text != path.read_text(encoding="utf-8"):
            path.write_text(text, encoding="utf-8")
    return errors


def main(arguments: Sequence[str] | None = None) -> int:
    """Check or reformat packs from the command line."""
    parser = argparse.ArgumentParser(prog="python -m programs.packs.yaml_files", description=__doc__)
    parser.add_argument("what", choices=["check", "format"])
    parser.add_argument("files", nargs="+", type=Path)
    options = parser.parse_args(arguments)
    errors = _check(options.files) if options.what == "check" else _format(options.files)
    for error in errors:
        print(error, file=sys.stderr)  # noqa: T201 (a command's answer)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
