"""A rule's text in the reader's language."""

from django import template

from eligibility.wizard import rules
from programs.packs.schema.common import Text

register = template.Library()


@register.filter
def rule_text(text: Text) -> str:
    """The text in the language of the page; English where no French was written."""
    return rules.in_words(text)
