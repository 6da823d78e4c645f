"""Small maps of figures, typed one a line: what a list says of an occupation, the lowest score for each level."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class FiguresField(forms.CharField):
    """Figures by their names, one a line: `hourly floor: 38.50`. With `levels` the names are levels: `CLB 7: 6.0`."""

    def __init__(self, *, levels: bool = False, **kwargs: Any) -> None:
        self.levels = levels
        usual = gettext_lazy("One a line: CLB 7: 6.0") if levels else gettext_lazy("One a line: hourly floor: 38.50")
        kwargs.setdefault("help_text", usual)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 9 if levels else 1, "cols": 22}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The figures as lines."""
        if not isinstance(value, Mapping):
            return value
        pairs = ((f"CLB {name}" if self.levels else str(name).replace("_", " "), each) for name, each in value.items())
        return "\n".join(f"{name}: {each:g}" for name, each in pairs)

    def clean(self, value: Any) -> Any:
        """Read the lines."""
        found: dict[str, float] = {}
        for number, line in enumerate(super().clean(value).splitlines(), start=1):
            if line.strip():
                name, figure = self._read(number, line)
                found[name] = figure
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other figures were typed."""
        return bool(self.prepare_value(initial or {}) != (data or "").replace("\r\n", "\n").strip())

    def _read(self, number: int, line: str) -> tuple[str, float]:
        name, _colon, figure = line.rpartition(":")
        name = name.strip().lower().replace(" ", "_")
        if self.levels:
            name = name.removeprefix("clb_").removeprefix("nclc_")
        try:
            read = float(figure.strip().lstrip("$").replace(",", ""))
        except ValueError:
            name = ""
            read = 0.0
        if not name or (self.levels and not name.isdecimal()):
            wanted = "CLB 7: 6.0" if self.levels else "hourly floor: 38.50"
            raise forms.ValidationError(
                _("Line %(number)d, “%(line)s”: write a name, a colon and a figure, for example “%(wanted)s”.")
                % {"number": number, "line": line.strip(), "wanted": wanted}
            )
        return name, int(read) if read.is_integer() else read
