"""What the admin's pages show: the rules grouped by task, and what a change made of what."""

from typing import Any

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs import further_pages
from programs.models import Change

register = template.Library()

TASKS = (
    (
        _("Change the rules"),
        ("Program", "Grid", "OccupationList", "ReferenceTable", "LanguageTest", "H1BSituations", "LeverCollection"),
    ),
    (_("Follow the news"), ("Notice", "Round", "PoolBand", "Draw", "Figures")),
    (
        _("Look at versions"),
        ("ProgramVersion", "GridVersion", "OccupationListVersion", "ReferenceTableVersion", "Conversion"),
    ),
    (_("Keep what rules rest on"), ("Source", "SourceCollection", "Classification", "Fact")),
    (
        _("Help people find their occupation"),
        ("OccupationGuide", "MainDuty", "OccupationRemark", "Occupation", "JobTitle", "Abbreviation", "Correspondence"),
    ),
    (_("See what was done"), ("Change",)),
)
IMPORTED = ("Round", "PoolBand", "Draw")


@register.simple_tag
def further_links(person: Any) -> list[further_pages.Link]:
    """Links to pages that other apps add to the first page."""
    return further_pages.links(person)


@register.simple_tag
def further_links_of(version: Any, person: Any) -> list[further_pages.Link]:
    """Links to pages that other apps add to a draft's page."""
    return further_pages.links_of_draft(version, person) if version and version.is_editable else []


@register.simple_tag
def said_differently(change: Change) -> list[tuple[str, Any, Any]]:
    """What a change made of what: the name of each field, what it said before (None: not known), what it says after."""
    before, after = change.before or {}, change.after or {}
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    try:
        model: Any = apps.get_model("programs", change.subject_kind)
    except LookupError:
        model = None
    return [
        (_label(model, name), before.get(name), after.get(name, "—"))
        for name in dict.fromkeys((*after, *before))
        if name not in before or before[name] != after.get(name)
    ]


def _label(model: Any, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name) if model else name
    except FieldDoesNotExist:
        return name


@register.simple_tag
def by_task(app_list: list[dict[str, Any]]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The models that this person may see, grouped by what they are for; other apps' under their own names."""
    rules = {
        model["object_name"]: model for app in app_list if app["app_label"] == "programs" for model in app["models"]
    }
    for name, model in rules.items():
        if name in IMPORTED and model["perms"]["add"] and model["perms"]["change"]:
            model["import_url"] = reverse(f"admin:programs_{name.lower()}_import")
    groups = [(task, [rules[name] for name in names if name in rules]) for task, names in TASKS]
    others = [(app["name"], app["models"]) for app in app_list if app["app_label"] != "programs"]
    return [(task, models) for task, models in (*groups, *others) if models]
