"""What pages say in the words of schema.org. Addresses of this site begin with a slash; pages make them whole."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from eligibility.results import words
from programs.packs.schema import Program

Data = Mapping[str, Any]


def breadcrumbs(*steps: tuple[str, str]) -> Data:
    """The way to a page, from the first page of the site: names and addresses."""
    home = (gettext("Northbound"), reverse("eligibility:landing"))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate((home, *steps), start=1)
        ],
    }


def program_list(programs: Iterable[Program], language: str) -> Data:
    """All programs, in the order of the page."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "url": reverse("eligibility:program", args=[program.id]),
            "name": program.name.in_language(language),
        }
        for position, program in enumerate(programs, start=1)
    ]
    return {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}


def government_service(program: Program, language: str) -> Data:
    """A program as the service of the government that decides it. We only describe it, so the address is theirs."""
    named = {"name": program.name.in_language(language)}
    if program.name.fr and program.name.fr != program.name.en:
        named["alternateName"] = program.name.en if language == "fr" else program.name.fr
    return {
        "@type": "GovernmentService",
        **named,
        "description": program.summary.in_language(language),
        "serviceType": str(words.CATEGORIES[program.category]),
        "url": program.official_url,
        "areaServed": {"@type": "Country", "name": "Canada"},
        "provider": {"@type": "GovernmentOrganization", "name": words.authority_name(program.authority)},
    }
