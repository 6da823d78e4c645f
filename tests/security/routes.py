"""Every route of the site with an address that can be asked for, derived from the resolver itself.

A new route needs nothing here as long as its parameters have a known name or a converter of Django's own, and, for a
page of a model in admin, the rows that the rules bring. Otherwise `address_of` says what is missing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

# What stands for a parameter: first by the route's name and the parameter's, then by the parameter's name alone.
SAMPLES: dict[str, Any] = {
    "eligibility:program identifier": "fsw",
    "eligibility:points identifier": "crs",
    "eligibility:occupation_list identifier": "fst-trades",
    "eligibility:add slug": "work",
    "eligibility:item slug": "work",
    "eligibility:remove slug": "work",
    "eligibility:item_find slug": "work",
    "eligibility:page_find slug": "job-offer",
    "eligibility:page slug": "you",
    "eligibility:door program": "fsw",
    "admin:files_export kind": "program",
    "admin:files_export pk": "worker",
    "admin:freshness_program pk": "worker",
    "admin:guide_page name": "roles",
    "admin:guide_picture name": "nothing.png",
    "admin:app_list app_label": "programs",
    "code": "21231",
    "kind": "program",
    "person": "0",
    "identifier": "fsw",
    "program": "fsw",
    "slug": "work",
    "url": "nothing-here",
}
OF_CONVERTERS: dict[str, Any] = {
    "IntConverter": 1,
    "StringConverter": "1",
    "SlugConverter": "one",
    "PathConverter": "1",
    "UUIDConverter": "00000000-0000-4000-8000-000000000000",
}


@dataclass(frozen=True, slots=True)
class Route:
    """A route: its name with namespaces, the pattern that leads to it, what answers, and its parameters."""

    name: str
    pattern: str
    view: Any
    parts: tuple[Any, ...]

    @property
    def is_private(self) -> bool:
        return self.pattern.startswith("a/")

    @property
    def is_staff(self) -> bool:
        return self.pattern.startswith("staff/")

    @property
    def page(self) -> str:
        """Which page it is: in admin the same one for each model that has it."""
        return re.sub(r"^staff/(programs|auth)/\w+/", "staff/model/", self.pattern)

    @property
    def takes(self) -> dict[str, Any]:
        """Its parameters, each with its converter; of a regular expression, with None."""
        found: dict[str, Any] = {}
        for part in self.parts:
            found |= part.converters
            if isinstance(part, RegexPattern):
                found |= dict.fromkeys(part.regex.groupindex)
        return found

    def address(self, secret: str) -> str:
        """An address that this route answers."""
        values = {name: self._sample(name, converter, secret) for name, converter in self.takes.items()}
        return "/" + "".join(_filled(part, values) for part in self.parts)

    def _sample(self, name: str, converter: Any, secret: str) -> Any:
        if name in ("secret", "whose"):
            return secret
        if name in ("object_id", "id"):
            return _row(self.name)
        if name == "pk" and f"{self.name} pk" not in SAMPLES:
            return 1
        for key in (f"{self.name} {name}", name):
            if key in SAMPLES:
                return SAMPLES[key]
        kind = type(converter).__name__
        assert kind in OF_CONVERTERS, f"Give “{name}” of {self.pattern} a value in tests/security/routes.py."
        return OF_CONVERTERS[kind]


def every_route() -> list[Route]:
    return list(_walk(get_resolver(), (), ""))


def _walk(resolver: URLResolver, parts: tuple[Any, ...], names: str) -> Iterator[Route]:
    for each in resolver.url_patterns:
        inside = (*parts, each.pattern)
        if isinstance(each, URLPattern):
            yield Route(f"{names}{each.name or ''}", "".join(map(str, inside)), each.callback, inside)
        else:
            yield from _walk(each, inside, f"{names}{each.namespace}:" if each.namespace else names)


def _filled(part: Any, values: dict[str, Any]) -> str:
    text = str(part)
    if isinstance(part, RoutePattern):
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), text)
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: str(values[found[1]]), text).strip("^$")


def _row(name: str) -> Any:
    """The key of a row for a page of a model in admin; one that is not there, where the rules bring none."""
    for model in admin.site._registry:
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            row = model._default_manager.order_by("pk").first()
            return 1 if row is None else row.pk
    return 1
