"""Fields that several models share."""

import json
from typing import Any

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from programs.packs.schema.common import IDENTIFIER, PARTIAL_DATE

IDENTIFIER_VALIDATOR = RegexValidator(
    IDENTIFIER, _("Use small letters, digits, hyphens and underscores, for example “fsw” or “bc-si-skilled-worker”.")
)
PARTIAL_DATE_VALIDATOR = RegexValidator(PARTIAL_DATE, _("Write a year, a month or a day: 2025, 2025-03 or 2025-03-25."))


class _JSONFormField(forms.JSONField):
    """JSON as people type it: nothing is an empty field, and French keeps its accents."""

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, InvalidJSONInput):
            return value
        return json.dumps(value, ensure_ascii=False)


class AsWrittenJSONField(models.JSONField):
    """JSON kept as text, so that the order in which people wrote its keys survives on every database."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return "text"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        return None if value is None else json.loads(value)

    def formfield(self, *args: Any, **kwargs: Any) -> Any:
        return super().formfield(*args, **{"form_class": _JSONFormField, **kwargs})

    def save_form_data(self, instance: Any, data: Any) -> None:
        """A box that was emptied says what is said where nothing is written."""
        emptied = data is None and not self.null and self.has_default()
        super().save_form_data(instance, self.get_default() if emptied else data)


class WebAddressField(models.CharField):
    """The address of a page on the web."""

    default_validators = [URLValidator(["http", "https"])]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 500)
        super().__init__(*args, **kwargs)


def identifier(verbose_name: Any, **options: Any) -> "models.CharField[str, str]":
    """The stable name by which packs, addresses and other rules call something."""
    return models.CharField(verbose_name, max_length=100, validators=[IDENTIFIER_VALIDATOR], **options)
