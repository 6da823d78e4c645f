"""Rules told in templates."""

from django import template
from django.utils.safestring import SafeString

from programs.admin.programs import said_by
from programs.models import Requirement

register = template.Library()


@register.filter
def asks(requirement: Requirement) -> SafeString:
    """A requirement's conditions as sentences."""
    return said_by(requirement.conditions.all())
