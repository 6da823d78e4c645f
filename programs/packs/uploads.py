"""Packs as someone hands them in: one YAML file, or a zip of them. Whatever it holds, reading it never fails oddly.

A file of our own making uses little of YAML. What only a hostile or a mistaken one uses (aliases, which can stand for
gigabytes; tags, which name types; deep nesting, which crashes parsers) is refused before it is read as a whole.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from django.utils.translation import gettext as _

from programs.packs.errors import PackError, PackErrors
from programs.packs.yaml_files import PackFile, parse_pack

MAX_BYTES = 5_000_000
# The largest pack that comes with the program has about 300 kB.
MAX_PACK_BYTES = 1_000_000
MAX_PACKS = 1_000
MAX_UNPACKED_BYTES = 20_000_000
_DEEPEST = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOO_LONG_A_NUMBER = re.compile(r"^-?[0-9]{16,}(\.[0-9]+)?$")


class UploadRefused(Exception):  # noqa: N818 (a sentence says more)
    """The file as a whole cannot be read; the message says why, and what would be right."""


@dataclass(frozen=True, slots=True)
class Upload:
    """What was handed in: the packs' texts by name, and the names of files that are no packs."""

    texts: dict[str, str]
    others: tuple[str, ...] = ()


def unpacked(content: bytes, name: str) -> Upload:
    """The texts in a YAML file, or in a zip of them.

    Raises:
        UploadRefused: if it is too large, or neither.

    """
    _refuse_large(len(content), MAX_BYTES)
    if content.startswith(b"PK"):
        return _unzipped(content)
    if not content.strip():
        raise UploadRefused(_("The file is empty."))
    _refuse_large(len(content), MAX_PACK_BYTES)
    return Upload({name: _text(content, name)})


def read_upload(texts: dict[str, str]) -> tuple[list[PackFile], list[PackError]]:
    """The documents in the texts, and everything that is wrong in them by file, line and key."""
    packs: list[PackFile] = []
    errors: list[PackError] = []
    seen: dict[tuple[str, str], str] = {}
    for name, text in sorted(texts.items()):
        try:
            refuse_hostile(text, name)
            pack = parse_pack(text, name)
        except PackErrors as failure:
            errors += failure.errors
            continue
        key = (pack.document.kind, pack.document.id)
        if key in seen:
            message = _("the %(kind)s “%(id)s” is already in %(file)s")
            said = message % {"kind": key[0].replace("_", " "), "id": key[1], "file": seen[key]}
            errors.append(pack.error_at(("id",), said))
        seen.setdefault(key, name)
        packs.append(pack)
    return packs, errors


def refuse_hostile(text: str, name: str) -> None:
    """Refuse what packs never use, while the text is read event by event.

    Raises:
        PackErrors: naming the line.

    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            line = event.start_mark.line + 1 if event.start_mark else 1
            for said in _hostile(event):
                raise PackErrors([PackError(name, line, "", said)])
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                depth += 1
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
            if depth > _DEEPEST:
                raise PackErrors([PackError(name, line, "", _("this is nested too deeply to be a pack"))])
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = _("this is not well-formed YAML: %(why)s") % {"why": getattr(error, "problem", None) or error}
        raise PackErrors([PackError(name, mark.line + 1 if mark else 1, "", message)]) from error


def _hostile(event: yaml.Event) -> Iterator[str]:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        yield _("aliases and anchors (* and &) are not used in packs; write it out")
    if getattr(event, "tag", None):
        yield _("tags (!) are not used in packs; write the value alone")
    if isinstance(event, yaml.ScalarEvent):
        if "\0" in event.value:
            yield _("this text holds a character that no text has (NUL)")
        if event.style in (None, "") and _TOO_LONG_A_NUMBER.match(event.value):
            yield _("this number is too long; put it in quotes if it is a code")


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UploadRefused(_("“%(name)s” is neither text in UTF-8 nor a zip file.") % {"name": name}) from None


def _refuse_large(size: int, most: int) -> None:
    if size > most:
        message = _("The file has %(size)d kB; at most %(most)d kB can be read.")
        raise UploadRefused(message % {"size": size // 1000, "most": most // 1000})


def _unzipped(content: bytes) -> Upload:
    texts: dict[str, str] = {}
    others: list[str] = []
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            if len(members) > MAX_PACKS:
                raise UploadRefused(_("The zip file has more than %(most)d files.") % {"most": MAX_PACKS})
            for info in members:
                if not info.filename.endswith((".yaml", ".yml")):
                    others.append(info.filename)
                    continue
                # The size that the zip file names may be a lie, so what is read is counted.
                with archive.open(info) as member:
                    data = member.read(MAX_PACK_BYTES + 1)
                total += len(data)
                if len(data) > MAX_PACK_BYTES or total > MAX_UNPACKED_BYTES:
                    raise UploadRefused(_("“%(name)s” is too large for a pack.") % {"name": info.filename})
                texts[info.filename] = _text(data, info.filename)
    except (zipfile.BadZipFile, zlib.error, ValueError, RuntimeError, EOFError, OSError) as error:
        raise UploadRefused(_("The zip file cannot be opened: %(why)s.") % {"why": error}) from error
    if not texts:
        raise UploadRefused(_("There is no YAML file in the zip file."))
    return Upload(texts, tuple(others))
