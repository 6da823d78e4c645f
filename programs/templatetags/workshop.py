"""What the admin's first page says about how fresh the rules are."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.admin.action_pages import change_url
from programs.freshness.endings import Ending
from programs.freshness.overview import SHOWN, Overview, overview
from programs.models import Version, WaitingChange

register = template.Library()

_WHAT_ENDS = {"intake": _("intake ends"), "rules": _("rules end"), "list": _("occupation list ends")}


@dataclass(frozen=True, slots=True)
class Count:
    """One number of the first page: what it counts, and where the list behind it is."""

    number: int | None
    words: Any
    address: str


@register.simple_tag
def freshness() -> Overview:
    """How fresh the rules are today."""
    return overview()


@register.simple_tag
def counts(state: Overview, perms: Any) -> list[Count]:
    """The numbers of the first page that this person may look behind."""
    rules = perms["programs"]
    found = [
        (rules["view_notice"], len(state.notices), _("open notices"), "#open-notices"),
        (rules["view_programversion"], len(state.drafts), _("drafts waiting"), "#waiting-drafts"),
        (rules["view_programversion"], len(state.arrived), _("drafts that came with a release"), "#arrived"),
        (rules["view_programversion"], len(state.scheduled), _("published for a day to come"), "#scheduled"),
        (rules["view_source"], len(state.stale), _("sources to check"), reverse("admin:freshness_sources")),
        (
            rules["view_program"],
            len(state.unconfirmed),
            _("programs with something unconfirmed"),
            f"{reverse('admin:programs_program_report')}?flag=to_be_checked",
        ),
        (rules["view_program"], len(state.endings), _("things that end soon"), "#endings"),
        (
            rules["view_program"],
            None if state.failing is None else len(state.failing),
            _("failing worked examples"),
            reverse("admin:freshness_examples"),
        ),
    ]
    return [Count(number, words, address) for may, number, words, address in found if may]


@register.simple_tag
def waiting_changes() -> list[WaitingChange]:
    """What files said beside versions and nobody has decided on."""
    return list(WaitingChange.objects.filter(state=WaitingChange.State.WAITING))


@register.filter
def first_shown(rows: list[Any]) -> list[Any]:
    """As many as the first page has room for."""
    return rows[:SHOWN]


@register.filter
def not_shown(rows: list[Any]) -> int:
    """How many more there are."""
    return max(0, len(rows) - SHOWN)


@register.filter
def address_of(version: Version) -> str:
    """The admin page of a version."""
    return change_url(version)


@register.filter
def differences_of(version: Version) -> str:
    """The page that says what a version changes."""
    return reverse(f"admin:programs_{version._meta.model_name}_differences", args=[version.pk])


@register.filter
def page_of(ending: Ending) -> str:
    """The admin page of what ends."""
    return reverse(f"admin:programs_{ending.kind.replace('_', '')}_change", args=[ending.id])


@register.filter
def what_ends(ending: Ending) -> Any:
    """What of it ends, in words."""
    return _WHAT_ENDS[ending.what]
