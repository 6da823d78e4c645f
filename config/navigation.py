"""The site's public pages as the header of every public page names them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
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
    """The pages with their addresses; the one that the reader is at, or below, is marked."""
    addresses = [(reverse(name), label) for name, label in PAGES]
    return {
        "navigation": [
            {"address": address, "label": label, "is_here": request.path.startswith(address)}
            for address, label in addresses
        ]
    }
