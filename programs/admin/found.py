"""A row by what an address or a form says of it. Whatever that is, a row that is not there is a page that is not."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

Row = TypeVar("Row", bound=models.Model)
# A number of more digits is no row's, and databases refuse it.
_MOST_DIGITS = 18


def found_or_404(rows: type[Row] | models.QuerySet[Row], pk: Any) -> Row:
    """The row of this key.

    Raises:
        Http404: if there is none, also where this cannot be anything's key (a word for a number, a NUL for a text).

    """
    if "\0" in str(pk):
        raise Http404
    try:
        return get_object_or_404(rows, pk=pk)
    except ValueError:
        raise Http404 from None


def may_be_a_key(field: "models.Field[Any, Any]", sent: str) -> bool:
    """Whether a text could be the key that a field holds. Databases refuse to look for some that could not."""
    if "\0" in sent or (isinstance(field, models.IntegerField) and len(sent) > _MOST_DIGITS):
        return False
    try:
        field.clean(sent, None)
    except ValidationError:
        return False
    return True


def numbers(texts: Iterable[str]) -> list[int]:
    """The numbers among what a form sent that a row can have.

    >>> numbers(["7", "seven", "-7", "9" * 5000])
    [7]
    """
    return [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS]
