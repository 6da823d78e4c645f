"""The forms of the actions on versions and notices."""

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.translation import gettext_lazy as _

from programs.models import Version


class NewVersionForm(forms.Form):
    """From which day the new version is to hold."""

    effective_from = forms.DateField(label=_("In force from"), widget=AdminDateWidget())
    label = forms.CharField(
        label=_("Name"), max_length=100, required=False, help_text=_("Left empty, it is named by its first day.")
    )

    def __init__(self, *args: Any, version: Version | None = None, **kwargs: Any) -> None:
        """`version` is the one to start from."""
        self.version = version
        super().__init__(*args, **kwargs)

    def clean_effective_from(self) -> Any:
        """Refuse the day on which the version it is made from starts itself."""
        day = self.cleaned_data["effective_from"]
        if self.version is not None and day == self.version.effective_from:
            raise forms.ValidationError(
                _("That is the day on which the version you start from takes effect. Take another.")
            )
        return day


class ReasonForm(forms.Form):
    """Why something is done; it stays on record."""

    why = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=_("For example: “Ministerial Instructions of 2026-11-03, published today”. It stays on record."),
    )


class ListedField(forms.Field):
    """Values that stand beside what they are about, not in a box of the form."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[str]:
        """The values, as they were sent."""
        return list(value or ())


class PublishForm(ReasonForm):
    """Why rules are published, and which worked examples may come out differently by them."""

    accept = ListedField(required=False)
    because = forms.CharField(
        label=_("Why the new figures are right"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text=_("Only where you accept new figures of worked examples. It stays on record with each of them."),
    )
    despite = forms.CharField(
        label=_("Why it may be published although the checks warn"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80}),
        help_text=_("It stays on record with what they warn of."),
    )

    def __init__(self, *args: Any, warned: bool = False, **kwargs: Any) -> None:
        """`warned`: the checks warn of something in the version."""
        super().__init__(*args, **kwargs)
        if not warned:
            del self.fields["despite"]

    def clean(self) -> dict[str, Any]:
        """New figures are accepted, and warnings passed over, for a reason."""
        data: dict[str, Any] = super().clean() or {}
        if "despite" in self.fields and not data.get("despite", "").strip():
            self.add_error("despite", _("Say why: the checks warn of something in this version."))
        if data.get("accept") and not data.get("because", "").strip():
            self.add_error("because", _("Say why the new figures are right: you accepted some."))
        return data


class ResolveForm(forms.Form):
    """What came of a notice."""

    resolution = forms.CharField(
        label=_("What came of it (English)"), widget=forms.Textarea(attrs={"rows": 3, "cols": 80})
    )
    resolution_fr = forms.CharField(
        label=_("What came of it (French)"), required=False, widget=forms.Textarea(attrs={"rows": 3, "cols": 80})
    )
    on = forms.DateField(label=_("Resolved on"), widget=AdminDateWidget())
