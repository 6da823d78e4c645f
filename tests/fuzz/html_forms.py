"""The forms of a page as a browser would send them: every field with the value that stands in it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_BUTTONS = frozenset({"submit", "button", "image", "reset"})


@dataclass
class Form:
    """One form. `fields` holds what is sent if nobody touches it; `names` also what is not chosen now."""

    method: str = "get"
    action: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    offered: dict[str, list[str]] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._area = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("method", "get").lower(), given.get("action", ""))
            self.forms.append(self._form)
            return
        form, name = self._form, given.get("name", "")
        if form is None:
            return
        if tag == "select":
            self._select = name
        elif tag == "textarea" and name:
            self._area, self._text = name, []
        elif tag == "option" and self._select:
            form.offered.setdefault(self._select, []).append(given.get("value", ""))
            form.names.add(self._select)
            if "selected" in given:
                form.fields.append((self._select, given.get("value", "")))
        elif tag in ("input", "button") and name:
            self._input(form, tag, name, given)

    def _input(self, form: Form, tag: str, name: str, given: dict[str, str]) -> None:
        form.names.add(name)
        kind = given.get("type", "text" if tag == "input" else "submit").lower()
        value = given.get("value", "")
        if kind == "file":
            form.files.add(name)
        elif kind in _BUTTONS:
            form.offered.setdefault(name, []).append(value)
        elif kind in ("radio", "checkbox"):
            form.offered.setdefault(name, []).append(value or "on")
            if "checked" in given:
                form.fields.append((name, value or "on"))
        else:
            form.fields.append((name, value))
            if kind != "hidden":
                form.typed[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area and self._form:
            text = "".join(self._text).removeprefix("\n")
            self._form.fields.append((self._area, text))
            self._form.typed[self._area] = text
            self._form.names.add(self._area)
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)


def forms_of(page: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.forms
