"""Profiles with any of their fields, made from the form that a profile has: a field that is new is made too."""

import datetime as dt
from functools import cache
from random import Random
from typing import Any

from eligibility.profile.model import Profile
from tests.profiles import AS_OF, NOCS

TESTS = ("ielts_gt", "celpip_g", "pte_core", "tef_canada", "tcf_canada", "clb")
ABILITIES = ("listening", "reading", "writing", "speaking")
COUNTRIES = ("US", "IN", "CA", "CN", "AU", "ON", "BC")
_FIRST_DAY = dt.date(1960, 1, 1).toordinal()
_LAST_DAY = AS_OF.toordinal()


@cache
def _form() -> dict[str, Any]:
    return Profile.model_json_schema()


def profile(pick: Random) -> dict[str, Any]:
    """A profile in which more or less is known; most can be judged."""
    made = _object(pick, _form(), known=pick.choice((0.2, 0.6, 0.9, 1.0)))
    return made | {"as_of": AS_OF.isoformat() if pick.random() < 0.9 else _day(pick), "id": pick.randint(0, 10**9)}


def _object(pick: Random, form: dict[str, Any], known: float) -> dict[str, Any]:
    made = {name: _made(pick, name, of, known) for name, of in form["properties"].items() if pick.random() < known}
    if made.get("start") and made.get("end"):
        made["start"], made["end"] = sorted((made["start"], made["end"]))
    if made.get("test") in TESTS and made["test"] != "tef_canada":
        # The other tests have one scale.
        made.pop("scale", None)
    return made


def _made(pick: Random, name: str, form: dict[str, Any], known: float) -> Any:
    if "$ref" in form:
        return _made(pick, name, _form()["$defs"][form["$ref"].rsplit("/", 1)[1]], known)
    if choices := form.get("anyOf") or form.get("oneOf"):
        # "Unknown" is one of two for most fields, and seldom meant.
        told = [each for each in choices if each.get("type") != "null"]
        return _made(pick, name, pick.choice(told), known) if pick.random() < 0.95 else None
    if "const" in form:
        return form["const"]
    if "enum" in form:
        return pick.choice(form["enum"])
    match form.get("type"):
        case "object":
            return _object(pick, form, known)
        case "array":
            return [_made(pick, name, form["items"], known) for _ in range(pick.choice((0, 1, 1, 2, 3)))]
        case "boolean":
            return pick.random() < 0.5
        case "integer" | "number":
            # Most tests can give these; a score that a test cannot give is refused.
            return pick.randint(4, 9) if name in ABILITIES else _number(pick, form)
        case "string":
            return _text(pick, name, form)
        case _:
            return None


def _number(pick: Random, form: dict[str, Any]) -> float:
    least = form.get("minimum", form.get("exclusiveMinimum", 0))
    most = min(form.get("maximum", 12), pick.choice((12, 40, 1_000, 150_000)))
    whole = pick.randint(int(least) + ("exclusiveMinimum" in form), max(int(most), int(least) + 1))
    return whole if form["type"] == "integer" else whole + pick.choice((0, 0, 0.5)) * (whole < most)


def _text(pick: Random, name: str, form: dict[str, Any]) -> str:
    if form.get("format") == "date":
        return _day(pick)
    match form.get("pattern"):
        case r"^\d{5}$":
            return pick.choice(NOCS)
        case r"^[A-Z]{2}$":
            return pick.choice(COUNTRIES)
        case r"^\d{2,6}$":
            return pick.choice(("54", "5415", "541514"))
    return pick.choice(TESTS) if name == "test" else pick.choice(("", "x", "metro_vancouver", "aip"))


def _day(pick: Random) -> str:
    return dt.date.fromordinal(pick.randint(_FIRST_DAY, _LAST_DAY)).isoformat()
