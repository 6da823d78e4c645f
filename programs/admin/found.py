"""A row by what an address or a form says of it. Whatever that is, a row that is not there is a page that is not."""

from typing import Any, TypeVar

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

Row = TypeVar("Row", bound=models.Model)


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
