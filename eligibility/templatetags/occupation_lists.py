"""Looking things up by their key in templates about occupations."""

from collections.abc import Mapping
from typing import Any

from django import template

from eligibility.occupations.lists import Listing, Use

register = template.Library()


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """What a mapping holds for a key; None if nothing."""
    return mapping.get(key)


@register.filter
def of_list(uses: Mapping[str, tuple[Use, ...]], listing: Listing) -> dict[str, list[Any]]:
    """The programs that look at the list: those that ask for it, and those that leave its occupations out."""
    found = uses.get(listing.document.id, ())
    return {
        "asking": [use.program for use in found if not use.leaves_out],
        "leaving_out": [use.program for use in found if use.leaves_out],
    }
