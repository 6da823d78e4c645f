"""Going through a document, part by part."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from programs.checks.problems import Location
from programs.packs.schema.common import Document

Part = tuple[Location, Document]


def parts(document: Any, location: Location = ()) -> Iterator[Part]:
    """Every part of a document with the way to it, by the keys that a pack uses; the document itself first."""
    if isinstance(document, Document):
        yield location, document
        for name, field in type(document).model_fields.items():
            yield from parts(getattr(document, name), (*location, field.alias or name))
    elif isinstance(document, tuple):
        for index, item in enumerate(document):
            if isinstance(item, BaseModel | tuple):
                yield from parts(item, (*location, index))
    elif isinstance(document, dict):
        for key, item in document.items():
            if isinstance(item, BaseModel):
                yield from parts(item, (*location, key))
