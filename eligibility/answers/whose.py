"""Whose answers a page of the questionnaire works on: a person's own, or those of one of their scenarios.

It is a part of the address, so that the questionnaire's pages and the links between them are the same for both.
"""

from dataclasses import dataclass

from django.urls.converters import StringConverter


@dataclass(frozen=True, slots=True)
class Whose:
    """The secret of a link, and the number of a scenario under it.

    >>> str(Whose("3vGk9")), str(Whose("3vGk9", 2))
    ('3vGk9', '3vGk9/what-if/2')
    """

    secret: str
    scenario: int | None = None

    def __str__(self) -> str:
        return self.secret if self.scenario is None else f"{self.secret}/what-if/{self.scenario}"


class WhoseConverter(StringConverter):
    """Reads and writes that part of an address. A secret alone is written as it is."""

    regex = r"[^/]+(?:/what-if/[1-9][0-9]{0,8})?"

    def to_python(self, value: str) -> Whose:  # type: ignore[override]
        """Read it."""
        secret, _slash, number = value.partition("/what-if/")
        return Whose(secret, int(number) if number else None)

    def to_url(self, value: object) -> str:
        """Write it."""
        return str(value)
