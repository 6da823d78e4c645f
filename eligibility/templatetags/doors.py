"""What a page says of a door, worked out at the door's own place in the page."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from eligibility.results.doors import Door
from eligibility.results.nomination import Nominated
from eligibility.results.presentation import Page
from eligibility.results.reasons import Reasons

register = template.Library()

_BRIEF_DOOR = """<li class="nb-door" id="program-{}">
<div class="nb-door__line">
<a class="nb-door__name"
href="{}{}/"
data-door>{}</a>
<p class="nb-door__who">
{}
</p>
</div>
</li>"""


@register.simple_tag
def brief_doors(doors: Iterable[Door], here: str) -> SafeString:
    """Doors that are far, a line each. There are well over a hundred of them, too many for a template's loop."""
    return format_html_join(
        "\n",
        _BRIEF_DOOR,
        ((door.program.id, here, door.program.id, door.program.name, " · ".join(_who(door))) for door in doors),
    )


def _who(door: Door) -> Iterable[str]:
    return filter(None, (door.authority, door.brief))


@register.filter
def reasons(door: Door, page: Page) -> Reasons:
    """The reasons behind a door."""
    return page.reasons(door)


@register.filter
def nominated(door: Door, page: Page) -> Nominated | None:
    """What a nomination through a door would make of the score."""
    return page.nominated_by(door)
