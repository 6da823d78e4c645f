"""What day it is. Only the web layer asks."""

import datetime as dt

from django.utils import timezone


def today() -> dt.date:
    """Today, where the site is."""
    return timezone.localdate()
