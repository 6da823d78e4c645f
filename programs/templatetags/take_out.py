"""The way from the page of a thing to its file."""

from typing import Any

from django import template
from django.urls import reverse

from programs.packs.kinds import KIND_OF_MODEL

register = template.Library()


@register.simple_tag
def file_address(row: Any) -> str:
    """Where what is published of a row can be taken out as a pack; empty for what is no pack of its own."""
    kind = KIND_OF_MODEL.get(type(row))
    return reverse("admin:files_export", args=[kind.name, row.pk]) if kind is not None else ""
