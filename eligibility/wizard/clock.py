"""What day it is. Only the web layer asks."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_instead: ContextVar[dt.date | None] = ContextVar("day_instead", default=None)


@contextmanager
def instead(day: dt.date) -> Iterator[None]:
    """Take `day` for today inside the block: staff look at a draft on the day it comes into force."""
    token = _instead.set(day)
    try:
        yield
    finally:
        _instead.reset(token)


def today() -> dt.date:
    """Today, where the site is."""
    return _instead.get() or timezone.localdate()
