"""What a row holds as a list or a map, typed as lines: ids of other things, unit groups, reasons by their kind."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.admin.editor.search import OccupationsField, occupation_lines


def numbered(text: str) -> Iterator[tuple[int, str]]:
    r"""The lines that say something, with their numbers.

    >>> list(numbered("fsw\n\n cec "))
    [(1, 'fsw'), (3, 'cec')]
    """
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line.strip()


class LinesField(forms.CharField):
    """A list or a map that is shown and typed as lines."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "cols": 60}))
        super().__init__(**kwargs)

    def lines_of(self, value: Any) -> str:
        """The value as lines."""
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        """The value as lines; what was typed as it was typed."""
        return value if isinstance(value, str) or value is None else self.lines_of(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other lines were typed."""
        before, after = (
            [line for _number, line in numbered(text)] for text in (self.lines_of(initial or ()), str(data or ""))
        )
        return before != after


class IdsField(LinesField):
    """Things of some kinds by their ids, one a line. Their whole names do as well."""

    def __init__(self, *kinds: type[models.Model], **kwargs: Any) -> None:
        """`kinds` are the models whose rows can be named; each has `name_en` and `name_fr`."""
        self.kinds = kinds
        kwargs.setdefault("help_text", gettext_lazy("One a line: the id, or the whole name. For example: fsw"))
        super().__init__(**kwargs)

    def _names(self) -> dict[str, tuple[str, str]]:
        rows = (row for kind in self.kinds for row in kind._default_manager.values_list("pk", "name_en", "name_fr"))
        return {key: (english, french) for key, english, french in rows}

    def lines_of(self, value: Any) -> str:
        """Each id with its name."""
        names = self._names()
        return "\n".join(f"{key} {names[key][0]}" if key in names else str(key) for key in value)

    def clean(self, value: Any) -> Any:
        """Read the ids, each once."""
        names, wrong = self._names(), []
        by_name = {name.casefold(): key for key, both in names.items() for name in both if name}
        found: dict[str, None] = {}
        for number, line in numbered(super().clean(value)):
            first = line.split()[0].strip(",;")
            key = first if first in names else by_name.get(line.casefold())
            if key is None:
                wrong.append(self._wrong(number, line, names))
            else:
                found[key] = None
        if wrong:
            raise forms.ValidationError(wrong)
        return list(found)

    @staticmethod
    def _wrong(number: int, line: str, names: Mapping[str, tuple[str, str]]) -> str:
        offered = [*names, *(english for english, _french in names.values())]
        near = difflib.get_close_matches(line, offered, n=1)
        said = (
            _("Line %(number)d, “%(line)s”: nothing has this id or name. Did you mean “%(near)s”?")
            if near
            else _("Line %(number)d, “%(line)s”: nothing has this id or name. Copy the id from its own page.")
        )
        return said % {"number": number, "line": line, "near": near[0] if near else ""}


class OccupationLinesField(OccupationsField):
    """Unit groups that a row holds as a list of codes."""

    def prepare_value(self, value: Any) -> Any:
        """The codes with their titles, one a line; what was typed as it was typed."""
        return value if isinstance(value, str) or value is None else occupation_lines(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other lines were typed."""
        before, after = (
            [line for _number, line in numbered(text)] for text in (occupation_lines(initial or ()), str(data or ""))
        )
        return before != after


class ReasonsField(LinesField):
    """Why a worked example is missing: one reason a line, behind what the example would be of."""

    def __init__(self, *kinds: str, **kwargs: Any) -> None:
        """`kinds` are those that there are; without any, an id may stand in their place."""
        self.kinds = kinds
        super().__init__(**kwargs)

    def lines_of(self, value: Any) -> str:
        """Each kind with its reason."""
        return "\n".join(f"{kind}: {' '.join(why.split())}" for kind, why in dict(value).items())

    def clean(self, value: Any) -> Any:
        """Read the reasons by their kinds."""
        found, wrong = {}, []
        for number, line in numbered(super().clean(value)):
            kind, _colon, why = (part.strip() for part in line.partition(":"))
            if not kind or not why or (self.kinds and kind not in self.kinds):
                wrong.append(self._wrong(number, line))
            found[kind] = why
        if wrong:
            raise forms.ValidationError(wrong)
        return found

    def _wrong(self, number: int, line: str) -> str:
        shown = {"number": number, "line": line, "kinds": ", ".join(self.kinds)}
        if self.kinds:
            return _("Line %(number)d, “%(line)s”: begin with one of %(kinds)s, then a colon and why.") % shown
        return _("Line %(number)d, “%(line)s”: write what it would be an example of, a colon and why.") % shown
