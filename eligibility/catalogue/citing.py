"""What statements of the catalogue rest on: the citation beside each, and all sources of a page in one table."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from eligibility.wizard.rules import in_words
from programs.packs.schema import Sources
from programs.packs.schema.common import Cited
from programs.packs.schema.tables import TitledSource
from programs.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A page that statements rest on. `checked` is the day a person last looked at it, where that is recorded."""

    url: str
    title: str
    provisions: tuple[str, ...]
    read: str
    checked: dt.date | None


def _cited(value: Any) -> Iterator[Cited]:
    """Everything inside a document that rests on a source."""
    if isinstance(value, Cited):
        yield value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _cited(getattr(value, name))
    elif isinstance(value, tuple):
        for each in value:
            yield from _cited(each)


def sources(rulebook: Rulebook, documents: Iterable[Any]) -> tuple[SourceRow, ...]:
    """The sources of some documents, or of parts of them: each once, those most leaned on first."""
    titled = titled_sources(rulebook)
    found: dict[str, list[Cited]] = {}
    for document in documents:
        for cited in _cited(document):
            found.setdefault(cited.source, []).append(cited)
    ordered = sorted(found.items(), key=lambda pair: -len(pair[1]))
    return tuple(_row(url, statements, titled.get(url)) for url, statements in ordered)


def titled_sources(rulebook: Rulebook) -> dict[str, TitledSource]:
    """The pages whose title is recorded, by address; of a page recorded twice, the later look counts."""
    every = [source for document in rulebook.of_kind(Sources) for source in document.sources]
    return {source.url: source for source in sorted(every, key=lambda source: source.checked_on)}


def _row(url: str, statements: list[Cited], titled: TitledSource | None) -> SourceRow:
    provisions = dict.fromkeys(one.provision for one in statements if one.provision)
    return SourceRow(
        url=url,
        title=in_words(titled.title) if titled else "",
        provisions=tuple(provisions),
        read=max(one.as_of for one in statements),
        checked=titled.checked_on if titled else None,
    )
