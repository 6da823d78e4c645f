"""One source in place of another, or a new day of its text, wherever chosen drafts cite it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.actions.base import name_of, record
from programs.admin.editor.search import found_source, suggesting
from programs.models import (
    LOCKED,
    Change,
    Conversion,
    Factor,
    GridVersion,
    OccupationListVersion,
    ProgramVersion,
    ReferenceTableVersion,
    Requirement,
    Source,
    Version,
)
from programs.models.fields import PARTIAL_DATE_VALIDATOR

_VERSIONS: tuple[type[Version], ...] = (
    ProgramVersion,
    GridVersion,
    OccupationListVersion,
    ReferenceTableVersion,
    Conversion,
)
# What cites a source below a version.
_PARTS: dict[type[Version], Any] = {ProgramVersion: Requirement, GridVersion: Factor}


class SourceForm(forms.Form):
    """Which source, what instead, and in which drafts."""

    old = forms.ModelChoiceField(label=gettext_lazy("Source that is cited now"), queryset=Source.objects.none())
    new = forms.CharField(
        label=gettext_lazy("Put this one in its place"),
        required=False,
        widget=suggesting("sources", **{"class": "rule-wide"}),
        help_text=gettext_lazy("Its address, or words of its title. Left empty, the source stays."),
    )
    as_of = forms.CharField(
        label=gettext_lazy("New day of the text"),
        required=False,
        max_length=10,
        validators=[PARTIAL_DATE_VALIDATOR],
        help_text=gettext_lazy("Year, month or day of the text that was read: 2026-03-25. Left empty, it stays."),
    )
    drafts = forms.MultipleChoiceField(
        label=gettext_lazy("In these drafts"), widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, *args: Any, version: ProgramVersion, by: Any, **kwargs: Any) -> None:
        """Offer the drafts that `by` may change, `version` chosen, and the sources that they cite."""
        super().__init__(*args, **kwargs)
        self.offered = {name_of(draft): draft for draft in _drafts(by)}
        drafts: Any = self.fields["drafts"]
        drafts.choices = [(name, str(draft)) for name, draft in self.offered.items()]
        drafts.initial = [name_of(version)]
        cited = {row.source_id for draft in self.offered.values() for row in _citing(draft)}
        old: Any = self.fields["old"]
        old.queryset = Source.objects.filter(pk__in=cited)

    def clean_new(self) -> Source | None:
        """The source that is meant."""
        typed = str(self.cleaned_data["new"]).strip()
        return found_source(typed) if typed else None

    def clean(self) -> dict[str, Any]:
        """Something has to change."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and data.get("new") is None and not data.get("as_of"):
            raise forms.ValidationError(_("Choose another source, or give a new day of the text."))
        return data

    def chosen(self) -> list[Version]:
        """The chosen drafts."""
        return [self.offered[name] for name in self.cleaned_data["drafts"]]


def _drafts(by: Any) -> Iterator[Version]:
    for model in _VERSIONS:
        if by.has_perm(f"programs.change_{model._meta.model_name}"):
            yield from model.objects.exclude(status__in=LOCKED).select_related(model.PARENT)


def _citing(draft: Version) -> list[Any]:
    """A draft and its parts that cite sources."""
    part = _PARTS.get(type(draft))
    return [draft, *(part.objects.filter(version=draft).order_by("position", "pk") if part else ())]


def places_of(source: Source, drafts: Iterable[Version]) -> list[Any]:
    """Where drafts cite a source."""
    return [row for draft in drafts for row in _citing(draft) if row.source_id == source.pk]


def put_source(places: Iterable[Any], new: Source | None, as_of: str, by: Any) -> None:
    """Change the source or the day of its text, each place on record. To be called inside a transaction."""
    for row in places:
        before = {"source": str(row.source.url), "as_of": row.as_of}
        row.source, row.as_of = new or row.source, as_of or row.as_of
        row.save(update_fields=["source", "as_of"])
        record(Change.What.CHANGED, row, by, before=before, after={"source": row.source.url, "as_of": row.as_of})
