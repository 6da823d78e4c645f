"""A person's own pages that rest on their answers, as the navigation of each of them names them."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

OWN_PAGES = (
    ("eligibility:results", _("Results")),
    ("eligibility:plan", _("What to do")),
    ("eligibility:timeline", _("Timeline")),
    ("eligibility:what_if", _("What if")),
    ("eligibility:two_of_us", _("The two of you")),
    ("eligibility:clock", _("Your dates")),
    ("eligibility:my_plan", _("My plan")),
)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of this person, and whether the reader is at it or below it."""

    address: str
    label: Any
    is_here: bool


def own_pages(secret: str, path: str) -> list[OwnPage]:
    """The pages behind a secret link, in the order in which they are read."""
    addresses = [(reverse(name, args=[secret]), label) for name, label in OWN_PAGES]
    return [OwnPage(address, label, path.startswith(address)) for address, label in addresses]
