"""A verdict, or whether applications are taken: a shape and a word beside it."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from eligibility.results.words import Mark

register = template.Library()

_MARK = (
    '<span class="nb-mark nb-mark--{0}">'
    '<svg class="nb-shape" width="20" height="20" aria-hidden="true" focusable="false">'
    '<use href="#shape-{0}" /></svg><span>{1}</span></span>'
)


@register.simple_tag
def marked(mark: Mark) -> SafeString:
    """A mark with its shape, which `shapes.html` has drawn."""
    return _drawn(mark)


# So few marks there are that each is drawn once.
@lru_cache(maxsize=256)
def _drawn(mark: Mark) -> SafeString:
    return format_html(_MARK, mark.shape, mark.word)
