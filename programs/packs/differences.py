"""How two documents differ, place by place, in words that staff can read. No Django here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from programs.packs.schema.common import Text
from programs.packs.sentences import condition_sentence

_ROUTES = frozenset({"any_of", "applies_when", "cap_when"})
_NAMES = ("id", "version", "noc", "url", "name", "at")
# Beyond this a value is cut: the rules themselves are one click away.
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two documents differ. What is not there is empty."""

    where: str
    before: str
    after: str


def differences(before: Any, after: Any, leaving_out: Sequence[str] = ()) -> list[Difference]:
    """Where two documents, or parts of them, differ, in the order of the document.

    Args:
        before: a document, or None where there was none.
        after: a document of the same kind, or None where there is none any more.
        leaving_out: keys of the document's own that are not looked at.

    """
    return list(_compared(before, after, (), frozenset(leaving_out)))


def _compared(
    before: Any, after: Any, place: tuple[str, ...], leaving_out: frozenset[str] = frozenset()
) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, BaseModel) and type(before) is type(after) and not isinstance(before, Text):
        for name in type(before).model_fields:
            if name not in leaving_out:
                yield from _member(name, getattr(before, name), getattr(after, name), place)
    elif isinstance(before, tuple | list) and isinstance(after, tuple | list) and _are_parts((*before, *after)):
        yield from _listed(before, after, place)
    else:
        yield Difference(" › ".join(place), said(before), said(after))


def _member(name: str, before: Any, after: Any, place: tuple[str, ...]) -> Iterator[Difference]:
    here = (*place, name.rstrip("_").replace("_", " "))
    if name in _ROUTES and before != after:
        yield Difference(" › ".join(here), _routes(before), _routes(after))
    else:
        yield from _compared(before, after, here)


def _listed(before: Sequence[Any], after: Sequence[Any], place: tuple[str, ...]) -> Iterator[Difference]:
    """Parts of a list, told apart by their names where they have some that are used once."""
    old, new = _by_name(before), _by_name(after)
    for name in dict.fromkeys((*old, *new)):
        yield from _compared(old.get(name), new.get(name), (*place, name))


def _by_name(parts: Sequence[Any]) -> dict[str, Any]:
    names = [_name(part) for part in parts]
    if len(set(names)) < len(names) or "" in names:
        names = [str(number) for number in range(1, len(parts) + 1)]
    return dict(zip(names, parts, strict=True))


def _name(part: Any) -> str:
    given = next((getattr(part, name) for name in _NAMES if getattr(part, name, None) is not None), "")
    return str(given)


def _are_parts(items: Sequence[Any]) -> bool:
    return all(isinstance(item, BaseModel) and not isinstance(item, Text) for item in items)


def _routes(routes: Any) -> str:
    return " — or — ".join(
        "; and ".join(condition_sentence(condition) for condition in route) for route in routes or ()
    )


def said(value: Any) -> str:
    """A value as staff read it; nothing as nothing."""
    if value is None or value in ((), ""):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Text):
        return f"{value.en} / {value.fr}" if value.fr else value.en
    if isinstance(value, BaseModel):
        shown = (
            f"{name.rstrip('_').replace('_', ' ')}: {_routes(part) if name in _ROUTES else said(part)}"
            for name in type(value).model_fields
            if (part := getattr(value, name)) not in (None, (), "")
        )
        return _cut("; ".join(shown))
    if isinstance(value, tuple | list):
        return _cut(", ".join(said(item) for item in value))
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
