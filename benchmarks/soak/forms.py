"""Reads the forms of a page as a browser without JavaScript does: what they hold goes back, with what one answers."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Pairs = list[tuple[str, str]]


@dataclass
class Form:
    """A form that is posted: where to, what it holds already, and which names it asks for."""

    action: str
    pairs: Pairs = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def filled(self, typed: dict[str, str | list[str]]) -> Pairs:
        """What is sent when these of its questions are answered; the others stay as they are."""
        given = {name: value for name, value in typed.items() if name in self.names}
        pairs = [(name, value) for name, value in self.pairs if name not in given]
        for name, value in given.items():
            pairs += [(name, each) for each in (value if isinstance(value, list) else [value])]
        return pairs


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._chosen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(given.get("action", ""))
            if given.get("method", "").lower() == "post":
                self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "input":
            self._input(self._form, given)
        elif tag == "select":
            self._select, self._chosen = given.get("name", ""), None
            self._form.names.add(self._select)
        elif tag == "option" and self._select and (self._chosen is None or "selected" in given):
            self._chosen = given.get("value", "")

    def _input(self, form: Form, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        form.names.add(name)
        if name and (kind not in ("radio", "checkbox") or "checked" in given):
            form.pairs.append((name, given.get("value", "on" if kind == "checkbox" else "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select" and self._form is not None:
            self._form.pairs.append((self._select, self._chosen or ""))
            self._select = ""


def forms_of(page: str) -> list[Form]:
    """The forms of a page that are posted."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms
