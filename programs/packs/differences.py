"""How two documents differ, place by place, in words that staff can read. No Django here."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from pydantic import BaseModel

from programs.packs.labels import LABELS, PLAIN
from programs.packs.schema.common import Text
from programs.packs.schema.conditions import Compare
from programs.packs.sentences import condition_sentence

_ROUTES = frozenset({"any_of", "applies_when", "cap_when"})
_IDS = ("id", "version", "noc", "url", "name", "at")
# What people call a part, rather than its id.
_NAMES = ("name", "title", "text")
# Beyond this a value is cut: the rules themselves are one click away.
_LONGEST = 400
_LONGEST_NAME = 80
_QUOTED = re.compile(r"“([^“”]+)”")
# Words that belong to the figure after them.
_SCALES = frozenset({"CLB", "NCLC", "TEER"})
_KINDS_IN_RULES = ("occupation_list", "grid", "reference_table", "program")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two documents differ. What is not there is empty."""

    where: str
    before: str
    after: str


@dataclass(frozen=True)
class Names:
    """What programs, lists, grids and tables are called, by id, and occupations by code."""

    documents: Mapping[str, str] = field(default_factory=dict)
    occupations: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[Any], occupations: Mapping[str, Any] | None = None) -> "Names":
        """The names that documents have, and the titles of unit groups."""
        named = {each.id: each.name.en for each in documents if each.kind in _KINDS_IN_RULES}
        return cls(named, {code: group.title.en for code, group in (occupations or {}).items()})

    def put_into(self, sentence: str) -> str:
        """A sentence with names in place of the ids that it quotes."""
        return _QUOTED.sub(lambda found: f"“{self.documents.get(found[1], found[1])}”", sentence)

    def of_id(self, text: str) -> str:
        """The name of what an id alone stands for; anything else as it is."""
        return self.documents.get(text, text)

    def of_occupation(self, code: str) -> str:
        """A unit group's code and title."""
        title = self.occupations.get(code)
        return f"{code} {title}" if title else code


def differences(
    before: Any, after: Any, leaving_out: Sequence[str] = (), names: Names | None = None
) -> list[Difference]:
    """Where two documents, or parts of them, differ, in the order of the document.

    Args:
        before: a document, or None where there was none.
        after: a document of the same kind, or None where there is none any more.
        leaving_out: keys of the document's own that are not looked at.
        names: what is called how; without it, ids stand for themselves.

    """
    return list(_Comparison(names or Names()).of(before, after, (), frozenset(leaving_out)))


def everything_said(document: Any, leaving_out: Sequence[str] = (), names: Names | None = None) -> list[Difference]:
    """All that something new says, place by place, as differences from nothing."""
    reader = _Comparison(names or Names())
    told = ((name, getattr(document, name)) for name in type(document).model_fields if name not in leaving_out)
    return [
        Difference(_where((_label(name),)), "", said)
        for name, value in told
        if (said := reader.said(value, name)) and name not in ("kind", "id")
    ]


class _Comparison:
    """Compares two documents, with names for what they speak of."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def of(
        self, before: Any, after: Any, place: tuple[str, ...], leaving_out: frozenset[str] = frozenset(), key: str = ""
    ) -> Iterator[Difference]:
        """The differences of one part."""
        if before == after:
            return
        if isinstance(before, BaseModel) and type(before) is type(after) and not isinstance(before, Text):
            for name in type(before).model_fields:
                if name not in leaving_out:
                    yield from self._member(name, getattr(before, name), getattr(after, name), place)
        elif _are_lists(before, after) and _are_parts((*before, *after)):
            yield from self._listed(before, after, place)
        elif isinstance(before, Mapping) and isinstance(after, Mapping):
            for name in dict.fromkeys((*before, *after)):
                yield from self.of(before.get(name), after.get(name), (*place, _plain(str(name))), key=key)
        else:
            yield Difference(_where(place), self.said(before, key), self.said(after, key))

    def _member(self, name: str, before: Any, after: Any, place: tuple[str, ...]) -> Iterator[Difference]:
        here = (*place, _label(name))
        if name in _ROUTES and before != after:
            yield from self._routes_differ(before, after, place, here)
        else:
            yield from self.of(before, after, here, key=name)

    def _routes_differ(
        self, before: Any, after: Any, place: tuple[str, ...], here: tuple[str, ...]
    ) -> Iterator[Difference]:
        """Where nothing but the values compared with differ, these alone are told."""
        pairs = list(_values_that_differ(before or (), after or ()))
        if pairs:
            for pair in pairs:
                asked, old, new = _told_apart(*(self._names.put_into(condition_sentence(each)) for each in pair))
                yield Difference(_where((*place, asked)), old, new)
        else:
            yield Difference(_where(here), self._routes(before), self._routes(after))

    def _listed(self, before: Sequence[Any], after: Sequence[Any], place: tuple[str, ...]) -> Iterator[Difference]:
        """Parts of a list, told apart by their ids where they have some that are used once."""
        old, new = _by_id(before), _by_id(after)
        for key in dict.fromkeys((*old, *new)):
            part = new.get(key) or old[key]
            yield from self.of(old.get(key), new.get(key), (*place, self._called(part, key)))

    def _called(self, part: Any, key: str) -> str:
        if getattr(part, "noc", None) is not None:
            return self._names.of_occupation(part.noc)
        for name in _NAMES:
            text = getattr(part, name, None)
            if text:
                words = text.en if isinstance(text, Text) else str(text)
                return f"“{_cut(words, _LONGEST_NAME)}”"
        begins = getattr(part, "from_", None) or getattr(part, "effective_from", None)
        return f"from {self.said(begins)}" if begins and key.isdigit() else key

    def _routes(self, routes: Any) -> str:
        sentences = ("; and ".join(condition_sentence(condition) for condition in route) for route in routes or ())
        return self._names.put_into(" — or — ".join(sentences))

    def said(self, value: Any, key: str = "") -> str:
        """A value as staff read it; nothing as nothing. `key` is what the document calls it."""
        if value is None or value in ((), "", {}):
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, dt.date):
            return f"{value.day} {value:%B %Y}"
        if isinstance(value, Text):
            return f"{value.en} / {value.fr}" if value.fr else value.en
        if isinstance(value, BaseModel):
            shown = (
                f"{_label(name)}: {self._routes(part) if name in _ROUTES else self.said(part, name)}"
                for name in type(value).model_fields
                if (part := getattr(value, name)) not in (None, (), "", {})
            )
            return _cut("; ".join(shown))
        if isinstance(value, Mapping):
            return _cut("; ".join(f"{_plain(str(name))}: {self.said(item, key)}" for name, item in value.items()))
        if isinstance(value, tuple | list):
            return _cut(", ".join(self.said(item, key) for item in value))
        return _cut(_plain(str(value)) if key in PLAIN else self._names.of_id(str(value)))


def _values_that_differ(before: Sequence[Any], after: Sequence[Any]) -> Iterator[tuple[Compare, Compare]]:
    """The pairs of conditions that differ in the value they compare with; none if anything else differs."""
    if [len(route) for route in before] != [len(route) for route in after]:
        return
    pairs = [pair for old, new in zip(before, after, strict=True) for pair in zip(old, new, strict=True)]
    differing = [(old, new) for old, new in pairs if old != new]
    if all(_differ_in_value(old, new) for old, new in differing):
        yield from differing


def _told_apart(before: str, after: str) -> tuple[str, str, str]:
    """What two sentences begin with alike, and how each goes on.

    >>> _told_apart("Language is at least CLB 7", "Language is at least CLB 8")
    ('Language is at least', 'CLB 7', 'CLB 8')
    """
    old, new = before.split(), after.split()
    alike = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))
    while alike and old[alike - 1] in _SCALES:
        alike -= 1
    return " ".join(old[:alike]), " ".join(old[alike:]), " ".join(new[alike:])


def _differ_in_value(old: Any, new: Any) -> bool:
    return (
        isinstance(old, Compare)
        and isinstance(new, Compare)
        and old.value is not None
        and new.value is not None
        and not isinstance(old.value, bool)
        and old.model_copy(update={"value": new.value}) == new
    )


def _by_id(parts: Sequence[Any]) -> dict[str, Any]:
    ids = [_id(part) for part in parts]
    if len(set(ids)) < len(ids) or "" in ids:
        ids = [str(number) for number in range(1, len(parts) + 1)]
    return dict(zip(ids, parts, strict=True))


def _id(part: Any) -> str:
    given = next((getattr(part, name) for name in _IDS if getattr(part, name, None) is not None), "")
    return str(given)


def _are_lists(*values: Any) -> bool:
    return all(isinstance(value, tuple | list) for value in values)


def _are_parts(items: Sequence[Any]) -> bool:
    return all(isinstance(item, BaseModel) and not isinstance(item, Text) for item in items)


def _label(key: str) -> str:
    return LABELS.get(key, _plain(key.rstrip("_")))


def _where(place: Sequence[str]) -> str:
    words = " › ".join(place)
    return words[:1].upper() + words[1:]


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _cut(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
