"""The site's public pages as the header of every public page names them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

PAGES = (
    ("eligibility:programs", _("All programs")),
    ("eligibility:rounds", _("Rounds")),
    ("eligibility:occupations:index", _("Occupations")),
    ("eligibility:h1b_clock", _("H-1B clock")),
    ("eligibility:case_status", _("Receipt numbers")),
    ("eligibility:context", _("Figures")),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The pages with their addresses, looked up only where a page shows them."""
    return {"navigation": SimpleLazyObject(lambda: _pages(request.path))}


def _pages(here: str) -> list[dict[str, Any]]:
    """The pages; the one that the reader is at, or below, is marked."""
    addresses = [(reverse(name), label) for name, label in PAGES]
    return [{"address": address, "label": label, "is_here": here.startswith(address)} for address, label in addresses]
