"""Reading a profile: JSON in, a checked profile out, or an error that names the field."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from eligibility.profile.errors import ProfileError, field_path, together
from eligibility.profile.model import Education, Profile, Work

_TAGS = frozenset({"given", "none"})
_MESSAGES = {
    "extra_forbidden": "this key is not part of a profile; remove it or check its spelling",
    "missing": "this is needed: give it",
    "string_pattern_mismatch": "this is not in the expected form",
    "date_from_datetime_parsing": "write the date as YYYY-MM-DD, for example 2026-11-21",
    "date_parsing": "write the date as YYYY-MM-DD, for example 2026-11-21",
    "date_type": "write the date as YYYY-MM-DD, for example 2026-11-21",
    "date_from_datetime_inexact": "write the date alone, as YYYY-MM-DD",
    "bool_type": "write true, false or null",
    "tuple_type": "write a list, or null if it is not known",
    "model_type": "write an object, or null if it is not known",
    "finite_number": "write an ordinary number",
}
_PATTERNS = {
    r"^\d{5}$": 'write a NOC 2021 code of five digits, for example "21231"',
    r"^[A-Z]{2}$": 'write a code of two capital letters, for example "IN" or "ON"',
}
CANADIAN_REGIONS = frozenset(["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"])


def _explain(error: Any) -> ProfileError:
    location = [part for part in error["loc"] if part not in _TAGS]
    kind = error["type"]
    message = _MESSAGES.get(kind, error["msg"][:1].lower() + error["msg"][1:])
    if kind == "string_pattern_mismatch":
        message = _PATTERNS.get(error["ctx"]["pattern"], message)
    if kind == "literal_error":
        message = f"write one of {error['ctx']['expected']}"
    return ProfileError(field_path(location) or "profile", message)


def _not_after(day: dt.date | None, limit: dt.date, field: str, what: str) -> Iterator[ProfileError]:
    if day is not None and day > limit:
        yield ProfileError(field, f"{what} cannot be after the day of assessment ({limit}); {day} is")


def _check_education(items: tuple[Education, ...] | None, path: str, as_of: dt.date) -> Iterator[ProfileError]:
    for index, item in enumerate(items or ()):
        here = f"{path}[{index}]"
        yield from _not_after(item.completed, as_of, f"{here}.completed", "a credential's date of completion")
        yield from _not_after(item.eca_date, as_of, f"{here}.eca_date", "an assessment's date")
        yield from _check_region(item.country, item.province, f"{here}.province")


def _check_region(country: str | None, province: str | None, field: str) -> Iterator[ProfileError]:
    if country == "CA" and province is not None and province not in CANADIAN_REGIONS:
        yield ProfileError(field, f"{province!r} is not a Canadian province or territory")


def _check_work(items: tuple[Work, ...] | None, path: str, as_of: dt.date) -> Iterator[ProfileError]:
    for index, job in enumerate(items or ()):
        here = f"{path}[{index}]"
        yield from _not_after(job.start, as_of, f"{here}.start", "a job's start")
        if job.start and job.end and job.end < job.start:
            yield ProfileError(f"{here}.end", f"the job ends ({job.end}) before it starts ({job.start})")
        yield from _not_after(job.end, as_of, f"{here}.end", "a job's end (leave it out if the job goes on)")
        yield from _check_region(job.country, job.province, f"{here}.province")


def _check_dates(profile: Profile) -> Iterator[ProfileError]:
    as_of = profile.as_of
    yield from _not_after(profile.birth_date, as_of, "birth_date", "a birth date")
    for index, child in enumerate(profile.children or ()):
        yield from _not_after(child.birth_date, as_of, f"children[{index}].birth_date", "a birth date")
    people: list[tuple[str, Any]] = [("", profile)]
    if profile.partner is not None:
        yield from _not_after(profile.partner.birth_date, as_of, "partner.birth_date", "a birth date")
        people.append(("partner.", profile.partner))
    for prefix, person in people:
        yield from _check_education(person.education, f"{prefix}education", as_of)
        yield from _check_work(person.work, f"{prefix}work", as_of)
        for index, test in enumerate(person.language_tests or ()):
            field = f"{prefix}language_tests[{index}].date"
            yield from _not_after(test.date, as_of, field, "a test's date")


def read_profile(source: str | bytes | dict[str, Any]) -> Profile:
    """Read one profile from JSON text or from parsed JSON.

    Raises:
        ProfileError: naming the field, what is wrong and what would be right; it knows everything else that is wrong.

    """
    text = json.dumps(source) if isinstance(source, dict) else source
    profile_id = writable(source.get("id")) if isinstance(source, dict) else None
    try:
        profile = Profile.model_validate_json(text)
    except ValidationError as failure:
        errors = [_explain(error) for error in failure.errors(include_url=False, include_input=False)]
        profile_id = profile_id if profile_id is not None else _id_of(text)
    else:
        errors, profile_id = list(_check_dates(profile)), writable(profile.id)
        if profile_id is None and profile.id is not None:
            errors.append(ProfileError("id", "this cannot be told back in JSON; write a text or an ordinary number"))
        if not errors:
            return profile
    for error in errors:
        error.profile_id = profile_id
    raise together(errors) from None


def _id_of(text: str | bytes) -> object:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return writable(parsed.get("id")) if isinstance(parsed, dict) else None


def writable(profile_id: object) -> object:
    """An id that can be told back in JSON and UTF-8; None for one that cannot, as infinity or half a character.

    >>> writable(7), writable(float("inf"))
    (7, None)
    """
    try:
        json.dumps(profile_id, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, TypeError, RecursionError):
        return None
    return profile_id


def walk_answers(profile: Profile) -> Iterator[tuple[str, object]]:
    """Every answer given, with its path, nested ones included."""
    yield from _walk("", profile.model_dump(mode="json", exclude_none=True))


def _walk(path: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(f"{path}[{index}]", inner)
    else:
        yield path, value
