"""Staff pages that others add: the app that evaluates people has pages about drafts, and the rules may not know it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern

# Wraps a view so that only staff who are wholly signed in get to it.
Guard = Callable[[Callable[..., Any]], Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to such a page: its words and its address."""

    words: Any
    address: str


@dataclass(frozen=True, slots=True)
class FurtherPages:
    """What an app adds: pages, links that belong on the first page, and links that belong on a draft's page."""

    urls: Callable[[Guard], list[URLPattern]]
    links: Callable[[Any], list[Link]]
    links_of_draft: Callable[[Any, Any], list[Link]]


_added: list[FurtherPages] = []


def register(pages: FurtherPages) -> None:
    """Add pages below /staff/."""
    if pages not in _added:
        _added.append(pages)


def urls(guard: Guard) -> list[URLPattern]:
    """The addresses of all pages that were added."""
    return [pattern for pages in _added for pattern in pages.urls(guard)]


def links(person: Any) -> list[Link]:
    """What belongs on the first page of this person."""
    return [link for pages in _added for link in pages.links(person)]


def links_of_draft(version: Any, person: Any) -> list[Link]:
    """What belongs on the page of a draft, for this person."""
    return [link for pages in _added for link in pages.links_of_draft(version, person)]
