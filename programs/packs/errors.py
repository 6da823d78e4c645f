"""What is wrong in a rule pack, told by file, line and key."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackError:
    """One thing wrong in one pack.

    >>> str(PackError("fsw.yaml", 12, "versions.0.effective_to", "is before effective_from"))
    'fsw.yaml:12: versions.0.effective_to: is before effective_from'
    """

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        return (
            f"{self.file}:{self.line}: {self.key}: {self.message}"
            if self.key
            else (f"{self.file}:{self.line}: {self.message}")
        )


class PackErrors(Exception):  # noqa: N818 (there are several)
    """Everything wrong in the packs that were read, so that it can be mended in one go."""

    def __init__(self, errors: Iterable[PackError]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(str(error) for error in self.errors))
