"""How the fields of documents and the columns of models correspond.

Both use the same names, so most of it is found by looking: a text has two columns (`name_en`, `name_fr`), a
source is pointed to, an absent text is an empty column. What differs by name is listed here; what differs in
form (conditions, tables, rows) has functions of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from django.db import models
from pydantic import BaseModel

from programs.models import Source
from programs.packs.schema.common import Cited, Text

_RENAMED = {"version": "label", "from_": "starts_on", "to": "ends_on"}
# What a document says in rows of their own, or in columns that need a function of their own.
_ELSEWHERE = (
    {"kind", "versions", "conversions", "examples", "requirements", "any_of", "applies_when", "entries", "noc"}
    | {"intake", "outlook", "facts", "next_steps", "grids", "sources"}
    | {"factors", "children", "table", "cases", "cap_when", "rows", "at", "abilities"}
)


@cache
def _fields(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    return {field.name: field for field in model._meta.concrete_fields}


def column_name(model: type[models.Model], name: str) -> str:
    """The column that holds a document's field: an `id` is a key or a label where rows are numbered."""
    if name != "id":
        return _RENAMED.get(name, name)
    return next((column for column in ("key", "label") if column in _fields(model)), "id")


def columns(document: BaseModel, model: type[models.Model], sources: Mapping[str, int]) -> dict[str, Any]:
    """The columns of `model` that say what `document` says. What is nested has rows of its own.

    Raises:
        LookupError: if the document has a field for which there is no place: nothing is ever dropped silently.

    """
    result: dict[str, Any] = {}
    for name in type(document).model_fields:
        column, value = column_name(model, name), getattr(document, name)
        if f"{column}_en" in _fields(model):
            result[f"{column}_en"], result[f"{column}_fr"] = (value.en, value.fr) if value else ("", "")
        elif column == "source" and isinstance(document, Cited):
            result["source_id"] = sources[value]
        elif column in _fields(model):
            field = _fields(model)[column]
            result[field.attname] = _stored(value, field)
        elif name not in _ELSEWHERE:
            raise LookupError(f"{model.__name__} has no column for “{name}”; add one, and a migration")
    return result


def _stored(value: Any, field: "models.Field[Any, Any]") -> Any:
    if value is None:
        return None if field.null else ""
    return list(value) if isinstance(value, tuple) else value


def values(row: models.Model, schema: type[BaseModel]) -> dict[str, Any]:
    """What a row says, by the keys that a pack uses; the reverse of `columns`."""
    model = type(row)
    result: dict[str, Any] = {}
    for name, field in schema.model_fields.items():
        column, key = column_name(model, name), field.alias or name
        if f"{column}_en" in _fields(model):
            result[key] = text_value(row, column)
        elif column == "source" and issubclass(schema, Cited):
            result[key] = row.source.url  # type: ignore[attr-defined]
        elif column in _fields(model):
            value = getattr(row, _fields(model)[column].attname)
            result[key] = None if value == "" and not field.is_required() else value
    return result


def text_value(row: models.Model, column: str) -> dict[str, str] | None:
    """A text in two languages, or none."""
    english = getattr(row, f"{column}_en")
    return {"en": english, "fr": getattr(row, f"{column}_fr")} if english else None


def text_columns(column: str, text: Text | None) -> dict[str, str]:
    """The two columns of a text."""
    return {f"{column}_en": text.en if text else "", f"{column}_fr": text.fr if text else ""}


def plain_part(part: BaseModel) -> Any:
    """A part of a document as JSON, as a pack would write it."""
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def cited_urls(part: Any) -> Iterator[str]:
    """The addresses of every source that a document cites, at any depth."""
    if isinstance(part, Cited):
        yield part.source
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from cited_urls(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from cited_urls(item)


def source_ids(documents: Iterable[BaseModel]) -> dict[str, int]:
    """The rows of all sources that the documents cite, by address; new ones are made on the way."""
    urls = {url for document in documents for url in cited_urls(document)}
    known = dict(Source.objects.values_list("url", "pk"))
    missing = sorted(urls - known.keys())
    if missing:
        Source.objects.bulk_create([Source(url=url) for url in missing])
        known = dict(Source.objects.values_list("url", "pk"))
    return known
