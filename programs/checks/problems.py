"""Problems: what checks find."""

from dataclasses import dataclass
from typing import Literal

from programs.checks.places import document_words, place_words

Location = tuple[str | int, ...]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a document. An error keeps it from being published, a warning asks for a second look.

    `where` says it to people, the document first; `inside` does where the version is known already, in plain words;
    `location` is the way to it inside the document.
    Where a worked example comes out differently, `expectation` is the place in what it expects (`factors.age`) and
    `found` what came instead, as JSON: staff may accept it.
    """

    severity: Severity
    where: str
    message: str
    kind: str = ""
    identifier: str = ""
    location: Location = ()
    expectation: str = ""
    found: str = ""
    inside: str = ""

    @property
    def example(self) -> str:
        """What names the worked example whose new figures could be accepted; empty where there is none."""
        return f"{self.kind}:{self.identifier}:{self.location[1]}" if self.expectation else ""

    def __str__(self) -> str:
        return f"{self.severity}: {self.where}: {self.message}"


def problem(
    severity: Severity, document: object, location: Location, message: str, *, expectation: str = "", found: str = ""
) -> Problem:
    """A problem at a place in a document."""
    kind, identifier = getattr(document, "kind", ""), getattr(document, "id", "")
    steps = place_words(document, location)
    where = ", ".join([document_words(document), *steps])
    # What a draft's page says of its own version begins below it.
    below = steps[1:] if location[:1] in (("versions",), ("conversions",)) and len(location) > 2 else steps
    inside = ", ".join(below)
    return Problem(
        severity,
        where,
        message,
        kind,
        identifier,
        location,
        expectation,
        found,
        f"{inside[:1].upper()}{inside[1:]}",
    )
