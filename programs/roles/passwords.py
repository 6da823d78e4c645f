"""Passwords that everyone who knows this place would try first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The list of context-specific words that the OWASP standard asks for (docs/security.md, V6.1.2).
WORDS = ("northbound", "immigration", "express entry", "expressentry", "publisher", "administrator", "rulebook")
# What is left beside such a word has to be a password of its own.
LETTERS_BESIDE = 8


class NotOfThisPlace:
    """Refuses passwords that are little more than a word of this place."""

    def validate(self, password: str, user: Any = None) -> None:
        """Take the words out, and see what is left.

        Raises:
            ValidationError: if little is left.

        """
        rest = password.casefold()
        for word in WORDS:
            rest = rest.replace(word, "")
        if rest != password.casefold() and len(rest) < LETTERS_BESIDE:
            raise ValidationError(self.get_help_text(), code="password_of_this_place")

    def get_help_text(self) -> str:
        """What is asked."""
        return _("Your password can’t be little more than a word of this site, such as its name or a role.")
