"""Words and figures of the public catalogue in templates."""

from collections.abc import Sequence

from django import template

from eligibility.catalogue.conditions import Sentence
from eligibility.results import words

register = template.Library()


@register.filter
def grouped(value: float) -> str:
    """A number with its thousands told apart: 67,250."""
    return words.number(value)


@register.filter
def are_short(routes: Sequence[Sequence[Sentence]]) -> bool:
    """Whether each way of meeting something is one sentence."""
    return all(len(route) == 1 for route in routes)
