"""What is wrong with a profile, named by field."""

from collections.abc import Sequence


class ProfileError(ValueError):
    """A profile that cannot be read.

    Attributes:
        field: the place in the profile, written as people write it: ``language_tests[0].reading``.
        message: what is wrong and what would be right.
        others: what else is wrong in the same profile.

    """

    def __init__(self, field: str, message: str, profile_id: object = None) -> None:
        """Name the field and say what would be right."""
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message
        self.profile_id = profile_id
        # The others in the same profile, where it was read on past the first.
        self.others: tuple[ProfileError, ...] = ()

    @property
    def all(self) -> tuple["ProfileError", ...]:
        """Everything that is wrong, this first."""
        return (self, *self.others)

    def as_json(self) -> dict[str, object]:
        """The error in the form of the contract."""
        return {"id": self.profile_id, "error": {"field": self.field, "message": self.message}}


def together(errors: Sequence[ProfileError]) -> ProfileError:
    """One error for all of these: the first, which knows the others."""
    first, *others = errors
    first.others = tuple(others)
    return first


def field_path(location: Sequence[str | int]) -> str:
    """Write a location as a path.

    >>> field_path(("language_tests", 0, "reading"))
    'language_tests[0].reading'
    """
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{part}" if path else part
    return path
