"""Problems: what checks find."""

from dataclasses import dataclass
from typing import Literal

Location = tuple[str | int, ...]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a document. An error keeps it from being published, a warning asks for a second look.

    `where` says it to people (`program fsw › versions › 2 › …`); `location` is the way to it inside the document.
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
    where = " › ".join([f"{kind} {identifier}", *(str(step) for step in readable(document, location))])
    return Problem(severity, where, message, kind, identifier, location, expectation, found)


def readable(document: object, location: Location) -> list[str]:
    """A location in the words of the document: `fsw-2015`, `language` instead of places in lists."""
    steps: list[str] = []
    part = document
    for step in location:
        part = _inside(part, step)
        name = getattr(part, "id", None) or getattr(part, "version", None)
        steps.append(str(name) if isinstance(step, int) and isinstance(name, str) else _counted(step))
    return steps


def _inside(part: object, step: str | int) -> object:
    if isinstance(step, int):
        return part[step] if isinstance(part, tuple | list) and step < len(part) else None
    if isinstance(part, dict):
        return part.get(step)
    return getattr(part, step, None) or getattr(part, f"{step}_", None)


def _counted(step: str | int) -> str:
    return f"number {step + 1}" if isinstance(step, int) else step
