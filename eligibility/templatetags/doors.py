"""What a page says of a door, worked out at the door's own place in the page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from eligibility.results.doors import Door
from eligibility.results.nomination import Nominated
from eligibility.results.presentation import Page
from eligibility.results.reasons import Reasons

register = template.Library()

_BRIEF_DOOR = """<li class="nb-door" id="program-{program}">
<div class="nb-door__line">
<a class="nb-door__name"
href="{here}{program}/"
data-door>{name}</a>
<p class="nb-door__who">
{who}
</p>
</div>
</li>"""


@register.simple_tag
def brief_door(door: Door, here: str) -> SafeString:
    """A door that is far, as one line. There are well over a hundred of them, too many for a template each."""
    who = " · ".join(filter(None, (str(door.authority), door.brief)))
    return format_html(_BRIEF_DOOR, program=door.program.id, here=here, name=door.program.name, who=who)


@register.filter
def reasons(door: Door, page: Page) -> Reasons:
    """The reasons behind a door."""
    return page.reasons(door)


@register.filter
def nominated(door: Door, page: Page) -> Nominated | None:
    """What a nomination through a door would make of the score."""
    return page.nominated_by(door)
