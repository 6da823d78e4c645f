"""How a question is drawn: its label, what is said about it, and what one types into or chooses.

Written in Python, because a page has dozens of inputs and hundreds of options, and a template for each of them took
longer than the rest of the page together. Every value is escaped on its way in.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, cast

from django import template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.dates import MONTHS
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from config.escaping import as_html
from eligibility.templatetags.choices import options_of
from eligibility.wizard.forms.base import QuestionBoundField

register = template.Library()
_MONTHS = frozenset(map(str, MONTHS))


@register.simple_tag
def question(field: QuestionBoundField) -> SafeString:
    """A question as it stands on a page."""
    inside = _fieldset(field) if field.use_fieldset else _labelled(field)
    return mark_safe(inside)  # noqa: S308 (each part was escaped)


def _fieldset(field: QuestionBoundField) -> str:
    # A question that is alone on its page is the page's heading.
    legend = "" if field.is_sole else _told("legend", "nb-label", "", field.label)
    heading = "heading" if field.is_sole else ""
    return (
        f'<fieldset class="nb-field{" nb-field--error" if field.errors else ""}" id="question-{field.name}"'
        f"{_attribute('aria-describedby', field.aria_describedby)}{_attribute('aria-labelledby', heading)}>\n{legend}"
        f"{_about(field)}{_date(field) if _kind(field) == 'date' else _choices(field)}{_unknown(field)}</fieldset>\n"
    )


def _labelled(field: QuestionBoundField) -> str:
    return (
        f'<div class="nb-field{" nb-field--error" if field.errors else ""}" id="question-{field.name}">\n'
        f'<label class="nb-label" for="{field.auto_id}">{as_html(field.label)}</label>\n{_about(field)}'
        f"{_select(field) if _kind(field) == 'select' else field.as_widget()}\n"
        f"{_ways_to_find(get_language()) if getattr(field.field, 'finds_occupations', False) else ''}"
        f"{_unknown(field)}</div>\n"
    )


def _kind(field: BoundField) -> str:
    return cast(str, getattr(field.field, "kind", ""))


def _attribute(name: str, value: object) -> str:
    return f' {name}="{as_html(value)}"' if value else ""


def _told(element: str, kind: str, identifier: str, text: object) -> str:
    return f'<{element} class="{kind}"{_attribute("id", identifier)}>{as_html(text)}</{element}>\n'


def _about(field: QuestionBoundField) -> str:
    """The hint, the reason for asking, and what is wrong."""
    parts = []
    if field.help_text:
        parts.append(_told("span", "nb-hint", f"{field.auto_id}_helptext", field.help_text))
    if why := getattr(field.field, "why", ""):
        parts.append(_told("span", "nb-hint nb-why", f"{field.auto_id}_why", why))
    if errors := field.errors:
        parts.append(_told("span", "nb-error", f"{field.auto_id}_error", errors[0]))
    return "".join(parts)


def _choices(field: QuestionBoundField) -> str:
    """Radios or boxes, each with its label and what stands below it."""
    hints = getattr(field.field, "hints", {})
    widget = cast(Any, field.field.widget)
    chosen = widget.format_value(field.value())
    start = f'<input type="{widget.input_type}" name="{field.html_name}" value="'
    invalid = _invalid(field)
    rows = []
    for index, (value, label) in enumerate(widget.choices):
        hint = hints.get(value, "")
        below = f'<span class="nb-hint">{as_html(hint)}</span>' if hint else ""
        checked = " checked" if str(value) in chosen else ""
        identifier = f"{field.auto_id}_{index}"
        rows.append(
            f'<label for="{identifier}">\n{start}{as_html(value)}" id="{identifier}"{invalid}{checked}>\n'
            f"<span>{as_html(label)}{below}</span>\n</label>\n"
        )
    return f'<div class="nb-radios">\n{"".join(rows)}</div>\n'


def _invalid(field: BoundField) -> str:
    return ' aria-invalid="true"' if field.errors else ""


def _date(field: QuestionBoundField) -> str:
    """Day, name of the month and year."""
    value = field.value()
    day, month, year = value if isinstance(value, list) else cast(Any, field.field.widget).decompress(value)
    months = (
        f'<select class="nb-select" name="{field.html_name}_month" id="{field.auto_id}_1"{_remembered(field, "month")}'
        f"{_invalid(field)}>\n{_months(get_language(), _month(month))}</select>\n"
    )
    parts = (
        _part(field, 0, gettext("Day"), _typed(field, 0, "day", day)),
        _part(field, 1, gettext("Month"), months),
        _part(field, 2, gettext("Year"), _typed(field, 2, "year", year)),
    )
    return f'<div class="nb-date">\n{"".join(parts)}</div>\n'


def _part(field: BoundField, index: int, label: str, drawn: str) -> str:
    return (
        f'<div class="nb-field">\n<label class="nb-label" for="{field.auto_id}_{index}">{as_html(label)}'
        f"</label>\n{drawn}</div>\n"
    )


def _typed(field: BoundField, index: int, name: str, value: object) -> str:
    return (
        f'<input class="nb-input" type="text" inputmode="numeric" maxlength="10" name="{field.html_name}_{name}"'
        f' id="{field.auto_id}_{index}" value="{as_html(value or "")}"{_remembered(field, name)}'
        f"{_invalid(field)}>\n"
    )


def _remembered(field: BoundField, part: str) -> str:
    """What the browser may fill in by itself."""
    known = getattr(field.field, "autocomplete", "")
    return _attribute("autocomplete", f"{known}-{part}" if known else "off")


def _month(typed: Any) -> str:
    """The month that is chosen; none where something else was typed."""
    return str(typed) if str(typed) in _MONTHS else ""


# Two languages, twelve months and none.
@lru_cache(maxsize=64)
def _months(_language: str | None, chosen: str) -> SafeString:
    return options_of([("", gettext("Month")), *((str(each), name) for each, name in MONTHS.items())], chosen)


def _select(field: QuestionBoundField) -> str:
    choices = cast(Iterable[tuple[object, object]], getattr(field.field, "choices", ()))
    described = field.aria_describedby
    return (
        f'<select class="nb-select" name="{field.html_name}" id="{field.auto_id}"'
        f"{_attribute('autocomplete', getattr(field.field, 'autocomplete', '') or 'off')}"
        f"{_attribute('aria-describedby', described)}{_invalid(field)}>\n{options_of(choices, field.chosen)}</select>"
    )


@lru_cache(maxsize=8)
def _ways_to_find(_language: str | None) -> str:
    return render_to_string("northbound/find.html")


def _unknown(field: QuestionBoundField) -> str:
    """The box below a question that may honestly be unknown; read aloud, it says of which."""
    box = field.companion
    if box is None:
        return ""
    checked = " checked" if box.value() else ""
    return (
        f'<label class="nb-check" for="{box.auto_id}">\n<input type="checkbox" name="{box.html_name}"'
        f' id="{box.auto_id}"{checked}>\n<span>{as_html(box.label)}'
        f'<span class="nb-unseen"> ({as_html(field.label)})</span></span>\n</label>\n'
    )
