"""The parts of a profile: what a lever changes and what a goal hangs on are held against each other by these.

A part is an answer's first name, such as `work`; what is the partner's has its own parts, such as `partner.work`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from pydantic import BaseModel

from eligibility.planning.copies import copied
from eligibility.planning.swap import OWN
from eligibility.profile.model import LanguageTest, Partner, Profile
from programs.rulebook import ABILITIES

PARTNER = "partner"
OF_THE_PARTNER = frozenset(f"{PARTNER}.{name}" for name in Partner.model_fields)
# Whether the partner comes along decides which column, which cap and which size of family counts.
COMES_ALONG = "partner.accompanying"


def parts_of(answers: Iterable[str]) -> frozenset[str]:
    """The parts in which answers stand. The partner as a whole is each of the partner's parts.

    >>> sorted(parts_of(["work[0].noc", "partner.work[1].end", "h1b.expires"]))
    ['h1b', 'partner.work', 'work']
    """
    found = frozenset(map(_part, answers))
    return found | OF_THE_PARTNER if PARTNER in found else found


def after_the_swap(parts: Iterable[str]) -> frozenset[str]:
    """Where these parts stand once the two people changed places.

    >>> sorted(after_the_swap(["work", "partner.education", "partner.accompanying", "children"]))
    ['children', 'education', 'partner.accompanying', 'partner.work']
    """
    return frozenset(map(_exchanged, parts))


def at(profile: Profile, place: str) -> Any:
    """What stands at a place, such as `partner.education`; None where nothing is known there."""
    found: Any = profile
    for name in place.split("."):
        found = None if found is None else getattr(found, name)
    return found


def agreed(values: Sequence[Any]) -> Any:
    """What several answers agree on. Where they differ nothing is known, so that each of them is allowed for."""
    first = values[0]
    if all(value == first for value in values):
        return first
    if isinstance(first, tuple) and all(isinstance(value, tuple) and len(value) == len(first) for value in values):
        items = tuple(agreed(items) for items in zip(*values, strict=True))
        return None if None in items else items
    if isinstance(first, BaseModel) and all(type(value) is type(first) for value in values):
        fields = type(first).model_fields
        return copied(first, **{name: agreed([getattr(value, name) for value in values]) for name in fields})
    return None


def agreed_results(
    values: Sequence[Any], language_of: Callable[[LanguageTest], str | None], *, side_by_side: bool
) -> Any:
    """What several tuples of language results agree on, language by language, since each counts by itself.

    In a language in which they differ by more than by levels, there may be any result and there may be none. Or else
    the results stand `side_by_side`, for who takes the best of them; each must then count.
    """
    first = values[0]
    if all(value == first for value in values):
        return first
    if None in values or any(language_of(test) is None for value in values for test in value):
        return None
    found: list[LanguageTest] = []
    for language in sorted({str(language_of(test)) for value in values for test in value}):
        each = [tuple(test for test in value if language_of(test) == language) for value in values]
        if all(tests == each[0] for tests in each):
            found += each[0]
        elif side_by_side and all(each):
            found += dict.fromkeys([test for tests in each for test in tests])
        elif all(len(tests) == 1 for tests in each) and len({_without_levels(tests[0]) for tests in each}) == 1:
            found.append(agreed([tests[0] for tests in each]))
        else:
            found.append(LanguageTest(language=cast(Any, language)))
    return tuple(found)


def _without_levels(test: LanguageTest) -> LanguageTest:
    return copied(test, **dict.fromkeys(ABILITIES))


def _part(answer: str) -> str:
    first, _, rest = answer.partition("[")[0].partition(".")
    return f"{PARTNER}.{rest.partition('.')[0]}" if first == PARTNER and rest else first


def _exchanged(part: str) -> str:
    first, _, rest = part.partition(".")
    if first == PARTNER:
        return rest if rest in OWN else part
    return f"{PARTNER}.{part}" if part in OWN else part
