"""A page's answers as they are read again. There are many, too many for a template's loop."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from config.escaping import as_html
from eligibility.wizard.views.reading import CheckedPage

register = template.Library()

_CHANGE = (
    '<p class="nb-list__actions">\n<a href="%(address)s?return=check">%(change)s'
    '<span class="nb-unseen">: %(title)s</span></a></p>\n'
)


@register.simple_tag
def checked(page: CheckedPage, below: str) -> SafeString:
    """What was answered on a page, and the way to change it; `below` is where the addresses of all pages begin."""
    title = as_html(page.title)
    is_bare = not (page.rows or page.lines)
    change = _CHANGE % {
        "address": as_html(f"{below}{page.slug}/"),
        "change": as_html(gettext("Answer") if is_bare and page.status == "open" else gettext("Change")),
        "title": title,
    }
    return mark_safe(_answers(page) + change)  # noqa: S308 (each part was escaped)


def _answers(page: CheckedPage) -> str:
    if page.lines:
        lines = "".join(f"<li>{as_html(line)}</li>\n" for line in page.lines)
        return f'<ul class="nb-list">\n{lines}</ul>\n'
    if page.rows:
        rows = "".join(
            f"<div>\n<dt>{as_html(label)}</dt>\n<dd>\n{as_html(value)}\n</dd>\n</div>\n" for label, value in page.rows
        )
        return f'<dl class="nb-list">\n{rows}</dl>\n'
    return f'<p class="nb-soft">{as_html(gettext("Not answered yet"))}</p>\n'
