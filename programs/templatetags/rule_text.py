"""Rules told in templates."""

from django import template
from django.utils.safestring import SafeString

from programs.admin.programs import said_by
from programs.models import Case, Factor, Requirement

register = template.Library()


@register.filter
def asks(owner: Requirement | Factor | Case) -> SafeString:
    """The conditions of a requirement, a factor or a case as sentences."""
    return said_by(owner.conditions.all())
