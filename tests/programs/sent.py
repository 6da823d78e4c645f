"""What a browser would send back from an admin page."""

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    """What a browser would send back from the large form of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self._select: str | None = None
        self._area: str | None = None
        self._options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name")
        if tag == "select":
            self._select, self._options = name, []
        elif tag == "option" and self._select:
            self._options.append((said.get("value") or "", "selected" in said))
        elif tag == "textarea" and name:
            self._area = name
            self.data[name] = [""]
        elif tag == "input" and name and "disabled" not in said:
            kind = said.get("type")
            if kind == "submit" or (kind in ("checkbox", "radio") and "checked" not in said):
                return
            usual = "on" if kind == "checkbox" else ""
            self.data.setdefault(name, []).append(said.get("value") or usual)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.data[self._area][0] += data.removeprefix("\r\n").removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        if tag == "select" and self._select:
            chosen = [value for value, is_chosen in self._options if is_chosen]
            self.data[self._select] = chosen or [value for value, _ in self._options[:1]]
            self._select = None


def fields(response: Any) -> dict[str, list[str]]:
    parser = _Fields()
    parser.feed(response.content.decode().partition("<main")[2])
    return {name: value for name, value in parser.data.items() if name != "csrfmiddlewaretoken"}


def number_of(data: dict[str, list[str]], key: str) -> int:
    """The place of a requirement on the page, by its id."""
    return next(
        int(name[1:].partition("-")[0]) for name, value in data.items() if name.endswith("-key") and value == [key]
    )
