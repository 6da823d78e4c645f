"""The lines that a score is made of."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

from config.escaping import as_html
from eligibility.results.scores import TableRow
from eligibility.templatetags.citations import cited

register = template.Library()

_ROW = (
    '<tr role="row" class="nb-table__row nb-table__row--%(depth)d"><th scope="row" role="rowheader">%(name)s</th>'
    '<td role="cell" class="nb-table__yours">%(yours)s</td><td role="cell" class="nb-table__points">%(points)s</td>'
    '<td role="cell" class="nb-table__of">%(of)s</td><td role="cell" class="nb-table__source">%(source)s</td></tr>\n'
)


@register.simple_tag
def score_rows(rows: Iterable[TableRow]) -> SafeString:
    """The lines of a score's table. A page has scores of them, too many for a template's loop."""
    return mark_safe("".join(map(_drawn, rows)))  # noqa: S308 (each part was escaped)


def _drawn(row: TableRow) -> str:
    line = row.line
    return _ROW % {
        "depth": row.depth,
        "name": as_html(line.name),
        "yours": "" if row.is_heading else _yours(line.yours, line.note),
        "points": as_html(row.points),
        "of": "–" if line.cap is None else line.cap,
        "source": cited(line.citation) if row.shows_source else "",
    }


def _yours(said: str, note: str | None) -> str:
    if not note:
        return as_html(said)
    return f'{as_html(said)} <span class="nb-small nb-soft">{as_html(note)}</span>'
