"""Draws a form's single inputs without a template each; everything else as Django's templates do.

A page of questions has dozens of inputs. Django draws each with three templates inside one another, which took longer
than the rest of the page together.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from config.escaping import as_html

# What Django's templates of these names come to: https://github.com/django/django/tree/stable/5.2.x/django/forms
_INPUTS = frozenset(f"django/forms/widgets/{name}.html" for name in ("text", "number", "hidden", "checkbox"))
_OPTIONS = frozenset(f"django/forms/widgets/{name}.html" for name in ("radio_option", "checkbox_option"))


class InputsWithoutTemplates(DjangoTemplates):
    """Django's own renderer, with a short way for inputs."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        """Draw a form, a field or an input."""
        if template_name in _INPUTS or (template_name in _OPTIONS and not context["widget"].get("wrap_label")):
            return _input(context["widget"])
        return super().render(template_name, context, request)


def _input(widget: dict[str, Any]) -> SafeString:
    parts = [f'<input type="{as_html(widget["type"])}" name="{as_html(widget["name"])}"']
    if widget["value"] is not None:
        parts.append(f' value="{as_html(widget["value"])}"')
    for name, value in widget["attrs"].items():
        if value is True:
            parts.append(f" {as_html(name)}")
        elif value is not False:
            parts.append(f' {as_html(name)}="{as_html(value)}"')
    return mark_safe(f"{''.join(parts)}>")  # noqa: S308 (each part was escaped)
