"""The form of a document that is kept whole: a field for each of its texts, figures and dates, and parts more or less.

No rule points into such a document, so its form is made from what it holds. A part is added like one that is there,
and then edited.
"""

import copy
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from programs.models import Confidence

Path = tuple[str | int, ...]
SEPARATOR = "__"
LONG = 60
LANGUAGES = {"en": _("English"), "fr": _("French")}
# What names a part or points elsewhere: changing it alone would break the document.
FIXED = frozenset({"id", "ask", "fills", "answer", "counted_from", "not_after", "h1b_status", "needs", "last_day"})
# What stands in the place of a part that is taken out, until all places are told.
_GONE = object()


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, str | int | float | bool]]:
    """Every text, figure and yes or no in a document, with the way to it.

    >>> list(leaves({"days": 60, "text": {"en": "Sixty days."}}))
    [(('days',), 60), (('text', 'en'), 'Sixty days.')]
    """
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in FIXED:
                yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    elif value is not None:
        yield path, value


def parts(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Everything in a document of which there can be one more or one less: the things of its lists.

    >>> [path for path, _part in parts({"links": [{"id": "a", "tags": ["x"]}]})]
    [('links', 0), ('links', 0, 'tags', 0)]
    """
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in FIXED:
                yield from parts(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield (*path, index), item
            yield from parts(item, (*path, index))


def placed(value: Any, path: Path, leaf: Any) -> Any:
    """The document with another leaf in that place."""
    if not path:
        return leaf
    key, rest = path[0], path[1:]
    if isinstance(value, list):
        return [placed(item, rest, leaf) if index == key else item for index, item in enumerate(value)]
    return {name: placed(item, rest, leaf) if name == key else item for name, item in value.items()}


def at(value: Any, path: Path) -> Any:
    """What stands in a place of a document."""
    for key in path:
        value = value[key]
    return value


def _inserted(content: Any, like: Path, made: Any) -> Any:
    """The document with a part more, behind the one that it was made like."""
    things = at(content, like[:-1])
    place = int(like[-1]) + 1
    return placed(content, like[:-1], [*things[:place], made, *things[place:]])


def _without_gone(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_gone(item) for item in value if item is not _GONE]
    return {key: _without_gone(item) for key, item in value.items()} if isinstance(value, dict) else value


def name_of(path: Path) -> str:
    """What the field of a leaf is called in its form."""
    return SEPARATOR.join(map(str, path))


def _way(content: Any, path: Path) -> list[str]:
    """The way to a place in words: a part of a list goes by its id, or else by its number."""
    words, value = [], content
    for key in path:
        value = value[key]
        if isinstance(key, int):
            named = value.get("id") or value.get("prefix") if isinstance(value, dict) else None
            words.append(str(named or key + 1))
        else:
            words.append(str(LANGUAGES.get(key, key)))
    return [word.replace("_", " ") for word in words]


def _field(path: Path, leaf: Any, label: str) -> forms.Field:
    shared: dict[str, Any] = {"label": label, "initial": leaf}
    if isinstance(leaf, bool):
        return forms.BooleanField(required=False, **shared)
    if isinstance(leaf, int):
        return forms.IntegerField(**shared)
    if isinstance(leaf, float):
        return forms.FloatField(**shared)
    if path[-1] == "confidence":
        return forms.ChoiceField(choices=Confidence.choices, **shared)
    wide = {"class": "vLargeTextField", "rows": 3} if len(str(leaf)) > LONG else {"class": "vTextField"}
    widget = forms.Textarea(wide) if "rows" in wide else forms.TextInput(wide)
    return forms.CharField(widget=widget, required=path[-1] != "fr", **shared)


class DocumentForm(forms.ModelForm):
    """A document, leaf by leaf.

    Attributes:
        headings: the parts of the document whose name is told by a heading above their fields.

    """

    headings: Any = frozenset()

    made_like = forms.ChoiceField(required=False, label=_("Add a part made like"))
    made_id = forms.CharField(
        required=False,
        label=_("Its id, if that one has an id"),
        help_text=_("Small letters, figures and hyphens. Its texts and figures are edited here once it is saved."),
    )
    taken_out = forms.ChoiceField(required=False, label=_("Take out"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paths: dict[str, Path] = {}
        content = self.instance.content if self.instance.pk else {}
        for path, leaf in leaves(content):
            self.paths[name_of(path)] = path
            self.fields[name_of(path)] = _field(path, leaf, self._label(content, path))
        self.parts = {name_of(path): path for path, _part in self.parts_of(content)}
        choices = [("", "–"), *((name, self._part_label(content, path)) for name, path in self.parts.items())]
        self.fields["made_like"].choices = choices  # type: ignore[attr-defined]
        self.fields["taken_out"].choices = choices  # type: ignore[attr-defined]

    def parts_of(self, content: Any) -> Iterator[tuple[Path, Any]]:
        """The parts that can be added to and taken out."""
        return parts(content)

    def _label(self, content: Any, path: Path) -> str:
        """What a leaf's field is called: the way to it, without what the heading above says."""
        way = _way(content, path)
        return " › ".join(way[1:] if path[0] in self.headings else way)

    @staticmethod
    def _part_label(content: Any, path: Path) -> str:
        """The way to a part in words, with what it says where it has no id."""
        part, way = at(content, path), " › ".join(_way(content, path))
        said = part.get("en", "") if isinstance(part, dict) else str(part)
        return f"{way}: {Truncator(said).chars(LONG)}" if said else way

    def clean(self) -> dict[str, Any]:
        """Put the changed leaves into the document, then a part more or less; refuse changes in both places at once."""
        cleaned = super().clean() or {}
        changed = [name for name in self.changed_data if name in self.paths]
        moved = [name for name in ("made_like", "made_id", "taken_out") if cleaned.get(name)]
        if (changed or moved) and "content" in self.changed_data:
            raise ValidationError(
                _("You changed single fields and the whole text below. Change one of the two, so that nothing is lost.")
            )
        if "content" not in cleaned:
            return cleaned
        for name in changed:
            if name in cleaned:
                cleaned["content"] = placed(cleaned["content"], self.paths[name], cleaned[name])
        if moved:
            cleaned["content"] = self._rearranged(cleaned["content"], cleaned)
        return cleaned

    def _rearranged(self, content: Any, cleaned: dict[str, Any]) -> Any:
        """The document with a part more, and one less. As it was where what is asked for does not fit together."""
        like, out = (self.parts.get(cleaned.get(name) or "") for name in ("made_like", "taken_out"))
        made: Any = copy.deepcopy(at(content, like)) if like else None
        key = cleaned.get("made_id") or ""
        has_id = isinstance(made, dict) and "id" in made
        if has_id != bool(key):
            problem = (
                _("Write an id for the new part: the one that it is made like has an id.")
                if has_id
                else _("Choose a part that has an id to make the new one like, or leave the id empty.")
            )
            self.add_error("made_id" if has_id else "made_like", problem)
            return content
        if like and out and like != out and like[: len(out)] == out:
            problem = _("The new part would stand in the one that you take out. Do one after the other.")
            self.add_error("taken_out", problem)
            return content
        if has_id:
            made["id"] = key
        if out:
            content = placed(content, out, _GONE)
        if like:
            content = _inserted(content, like, made)
        return _without_gone(content)

    def _update_errors(self, errors: ValidationError) -> None:
        """Tell what is wrong with a leaf beside its field, and not below the whole text."""
        told = getattr(errors, "error_dict", {})
        for each in told.pop("content", []):
            self.add_error(self._field_of(each.messages[0]), each)
        if told or not hasattr(errors, "error_dict"):
            super()._update_errors(errors)  # type: ignore[misc]

    def _field_of(self, message: str) -> str:
        """The field that a message of the schema is about: its way stands at the beginning."""
        way = message.partition(": ")[0].split(".")
        # In a part of one of several kinds, the way of the schema also names the kind.
        ways = [way, *([*way[:place], *way[place + 1 :]] for place in range(len(way)))]
        return next((name for name in map(SEPARATOR.join, ways) if name in self.paths), "content")
