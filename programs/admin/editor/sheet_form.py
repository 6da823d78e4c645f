"""A row's columns in admin, with the sheet of everything below it on the same page."""

from typing import Any, Protocol

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import ModelForm


class Sheet(Protocol):
    """What is edited below a row's own columns."""

    check: bool
    was_rearranged: bool

    def is_valid(self) -> bool:
        """Whether all of it can be saved."""


class SheetForm(ModelForm):
    """A row with a sheet. Neither is saved unless both are right; a page only rearranged is shown again.

    Attributes:
        sheet: what is edited below the columns; None where nothing may be changed.
        told_of_sheet: what is said above the page when something on the sheet is not right.

    """

    sheet: Sheet | None = None
    told_of_sheet: Any

    @property
    def has_wrong_columns(self) -> bool:
        """Whether something is wrong beside the sheet."""
        return self.is_bound and any(name != NON_FIELD_ERRORS for name in self.errors)

    def is_valid(self) -> bool:
        """Whether it can be saved; a page that was only rearranged is shown again."""
        return super().is_valid() and not (self.sheet is not None and self.sheet.was_rearranged)

    def clean(self) -> dict[str, Any]:
        """Refuse a sheet that is not right; what is wrong is told beside its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.sheet is not None and self.sheet.check and not self.sheet.is_valid():
            self.add_error(None, self.told_of_sheet)
        return data
