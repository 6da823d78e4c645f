"""What a page says of a door, worked out at the door's own place in the page."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from eligibility.results.doors import Door
from eligibility.results.nomination import Nominated
from eligibility.results.presentation import Page
from eligibility.results.reasons import Reasons
from eligibility.templatetags.marks import marked

register = template.Library()

# Without a line's end between elements: the browser would make a node of each.
_BRIEF_DOOR = (
    '<li class="nb-door" id="program-%(id)s"><div class="nb-door__line">'
    '<a class="nb-door__name" href="%(here)s%(id)s/" data-door>%(name)s</a>'
    '<p class="nb-door__who">%(who)s</p></div></li>'
)
_NEAR_DOOR = (
    '<li class="nb-door" id="program-%(id)s"><div class="nb-door__line">'
    '<a class="nb-door__name" href="%(here)s%(id)s/" data-door>%(name)s</a>'
    '<div class="nb-door__states">%(mark)s%(intake)s</div><p class="nb-door__deciding">%(deciding)s</p>%(nominated)s'
    '<p class="nb-door__who">%(who)s</p></div></li>'
)
_NOMINATED = '<p class="nb-door__nominated nb-number">%s</p>'


@register.simple_tag
def brief_doors(doors: Iterable[Door], here: str) -> SafeString:
    """Doors that are far, a line each. There are well over a hundred of them, too many for a template's loop."""
    return _lines(_BRIEF_DOOR % _named(door, here, (door.authority, door.brief)) for door in doors)


@register.simple_tag
def near_doors(doors: Iterable[Door], here: str, page: Page) -> SafeString:
    """Doors that are near, with their verdict, whether they take applications, and what decides."""
    return _lines(_near(door, here, page.nominated_by(door)) for door in doors)


def _near(door: Door, here: str, nominated: Nominated | None) -> str:
    leads_to = gettext("leads to %(goal)s") % {"goal": door.leads_to} if door.leads_to else ""
    return _NEAR_DOOR % {
        **_named(door, here, (door.authority, leads_to)),
        "mark": marked(door.mark),
        "intake": marked(door.intake),
        "deciding": escape(door.deciding),
        "nominated": _NOMINATED % escape(nominated.line) if nominated else "",
    }


def _named(door: Door, here: str, who: Iterable[str]) -> dict[str, str]:
    return {
        "id": escape(door.program.id),
        "here": escape(here),
        "name": escape(door.program.name),
        "who": escape(" · ".join(filter(None, who))),
    }


def _lines(lines: Iterable[str]) -> SafeString:
    return mark_safe("\n".join(lines))  # noqa: S308 (each part was escaped)


@register.filter
def reasons(door: Door, page: Page) -> Reasons:
    """The reasons behind a door."""
    return page.reasons(door)
