"""The bands of a table's rows and columns as fields: where each begins and ends, and what it is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError as SchemaError

from programs.models import PointsTable
from programs.packs.schema.grids import Band

AXES = ("rows", "columns")


@dataclass(frozen=True, slots=True)
class BandRow:
    """A band as it is shown: the words for it, and its fields."""

    axis: Any
    label: str
    fields: list[Any]


def band_fields(table: PointsTable) -> dict[str, forms.Field]:
    """The fields of all bands of a table, by name. Named values stay as they are; only what they are called changes."""
    fields: dict[str, forms.Field] = {}
    for axis in AXES:
        for number, band in enumerate(getattr(table, f"{axis}_bands") or ()):
            start = f"band-{table.pk}-{axis}-{number}"
            if not band.get("values"):
                for key, label in (("min", gettext_lazy("from")), ("max", gettext_lazy("to"))):
                    fields[f"{start}-{key}"] = forms.IntegerField(
                        label=label,
                        required=False,
                        initial=band.get(key),
                        widget=forms.TextInput(attrs={"class": "points-cell", "inputmode": "numeric"}),
                    )
            text = band.get("label") or ""
            said = text if isinstance(text, dict) else {"en": text, "fr": ""}
            for key, label in (("en", gettext_lazy("name (English)")), ("fr", gettext_lazy("name (French)"))):
                fields[f"{start}-{key}"] = forms.CharField(
                    label=label, required=False, initial=said.get(key, ""), widget=forms.TextInput(attrs={"size": 16})
                )
    return fields


def band_rows(table: PointsTable, form: Any, labels: Mapping[str, list[str]]) -> list[BandRow]:
    """The bands with the form's fields; `labels` are the words for them by axis."""
    named = {"rows": _("row"), "columns": _("column")}
    names = band_fields(table)
    return [
        BandRow(
            named[axis], label, [form[name] for name in names if name.startswith(f"band-{table.pk}-{axis}-{number}-")]
        )
        for axis in AXES
        for number, label in enumerate(labels.get(axis, ()))
    ]


def read_bands(table: PointsTable, data: Mapping[str, Any]) -> tuple[dict[str, list[dict[str, Any]]], dict[str, str]]:
    """The bands as they were typed, by axis, and what is wrong with them, by field."""
    found: dict[str, list[dict[str, Any]]] = {}
    wrong: dict[str, str] = {}
    for axis in AXES:
        bands = []
        for number, band in enumerate(getattr(table, f"{axis}_bands") or ()):
            start = f"band-{table.pk}-{axis}-{number}"
            bands.append(_typed(band, start, data))
            try:
                Band.model_validate(bands[-1])
            except SchemaError as error:
                field = f"{start}-en" if band.get("values") else f"{start}-min"
                wrong[field] = error.errors()[0]["msg"].removeprefix("Value error, ")
        if bands:
            found[axis] = bands
    return found, wrong


def _typed(band: dict[str, Any], start: str, data: Mapping[str, Any]) -> dict[str, Any]:
    ends = {key: data.get(f"{start}-{key}") for key in ("min", "max")}
    made = {key: value for key, value in band.items() if key == "values"}
    if not band.get("values"):
        made |= {key: value for key, value in ends.items() if value is not None}
    english, french = data.get(f"{start}-en") or "", data.get(f"{start}-fr") or ""
    if english and french:
        made["label"] = {"en": english, "fr": french}
    elif english:
        made["label"] = english
    return made
