"""A place in a document, in words: “Requirement “You are 18 or over.”, route 2, condition 1”."""

from collections.abc import Mapping

Location = tuple[str | int, ...]
# What one of the things in a list of a document is called. What is not named here is told by its place.
_ONE: Mapping[str, str] = {
    "versions": "version",
    "conversions": "conversion",
    "requirements": "requirement",
    "factors": "factor",
    "children": "factor",
    "cases": "case",
    "any_of": "route",
    "applies_when": "when it applies, route",
    "examples": "worked example",
    "entries": "entry",
    "rows": "row",
    "sources": "source",
    "intakes": "intake",
    "readings": "other reading",
}
_KEYS: Mapping[str, str] = {
    "op": "comparison",
    "value": "value",
    "other_fact": "other answer",
    "list_figure": "list",
    "in_list": "list",
    "not_in_list": "list",
    "occupation_list": "list",
    "cap_when": "other cap",
    "any_of": "routes",
    "applies_when": "when it applies",
}
_KINDS: Mapping[str, str] = {
    "program": "Program",
    "grid": "Points grid",
    "occupation_list": "Occupation list",
    "reference_table": "Reference table",
    "language_test": "Language test",
}
# Beyond this a requirement's sentence is cut: its beginning says which one it is.
_LONGEST = 60


def document_words(document: object) -> str:
    """What a document is, and what it is called."""
    kind, identifier = str(getattr(document, "kind", "")), str(getattr(document, "id", ""))
    called = _english(getattr(document, "name", None)) or identifier
    return f"{_KINDS.get(kind, _plain(kind))} “{called}”"


def place_words(document: object, location: Location) -> list[str]:
    """The steps of the way to a place, each in words; where a thing has a name or a text, by that."""
    steps: list[str] = []
    part: object = document
    listed = ""
    for step in location:
        part = _inside(part, step)
        if isinstance(step, int):
            steps.append(_counted(listed, step, part))
            # A route is a list of conditions, which has no name of its own.
            listed = "condition" if listed in ("any_of", "applies_when") else ""
        else:
            if listed and listed != "condition":
                steps.append(_KEYS.get(listed, _plain(listed)))
            listed = step
    if listed and listed != "condition":
        steps.append(_KEYS.get(listed, _plain(listed)))
    return steps


def _counted(listed: str, step: int, part: object) -> str:
    name = _called(part)
    said = _ONE.get(listed, listed if listed == "condition" else _plain(listed))
    return f"{said} “{name}”" if name else f"{said} {step + 1}".strip()


def _called(part: object) -> str:
    for key in ("name", "text", "version", "label", "id"):
        text = _english(getattr(part, key, None))
        if text:
            return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]}…"
    return ""


def _english(value: object) -> str:
    return value if isinstance(value, str) else str(getattr(value, "en", "") or "")


def _inside(part: object, step: str | int) -> object:
    if isinstance(step, int):
        return part[step] if isinstance(part, tuple | list) and step < len(part) else None
    if isinstance(part, dict):
        return part.get(step)
    return getattr(part, step, None) or getattr(part, f"{step}_", None)


def _plain(key: str) -> str:
    return key.replace("_", " ")
