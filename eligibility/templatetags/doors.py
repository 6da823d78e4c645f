"""What a page says of a door, worked out at the door's own place in the page."""

from django import template

from eligibility.results.doors import Door
from eligibility.results.nomination import Nominated
from eligibility.results.presentation import Page
from eligibility.results.reasons import Reasons

register = template.Library()


@register.filter
def reasons(door: Door, page: Page) -> Reasons:
    """The reasons behind a door."""
    return page.reasons(door)


@register.filter
def nominated(door: Door, page: Page) -> Nominated | None:
    """What a nomination through a door would make of the score."""
    return page.nominated_by(door)
