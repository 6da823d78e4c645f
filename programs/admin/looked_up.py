"""Rows that staff look up by typing: what was sent may be no row's key, and the form comes back all the same."""

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest

from programs.admin.found import may_be_a_key


def _keys(field: Any, sent: Sequence[str]) -> list[str]:
    """What could be keys. Django asks the database for what is chosen by whatever was sent, a word for a number too."""
    return [each for each in sent if may_be_a_key(field.target_field, each)]


class _One(AutocompleteSelect):
    """A row that is looked up."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        """The row that is chosen, if it can be one."""
        return super().optgroups(name, _keys(self.field, value), attr)


class _Several(AutocompleteSelectMultiple):
    """Several rows that are looked up."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        """The rows that are chosen, of those that can be."""
        return super().optgroups(name, _keys(self.field, value), attr)


class _Rows(ModelMultipleChoiceField):
    """Several rows. What is no row's key is said to be none, as it is where one row is chosen."""

    def clean(self, value: Any) -> Any:
        """The rows."""
        rows: Any = self.queryset
        for each in value or ():
            if not may_be_a_key(rows.model._meta.pk, str(each)):
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": each})
        return super().clean(value)


class LooksRowsUp:
    """An admin, or rows inside its page, with `autocomplete_fields`."""

    admin_site: Any

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Look one row up."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", _One(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Look several rows up."""
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", _Several(db_field, self.admin_site))
            kwargs.setdefault("form_class", _Rows)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]
