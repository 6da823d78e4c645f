"""Whether people in this person's place were invited lately: apart from every verdict."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from eligibility.engine.assessment import OutlookState
from eligibility.profile import Profile
from eligibility.results import words
from eligibility.results.doors import Door
from eligibility.results.told_once import concerns

# Of whom outlooks are written.
OUTLOOKS_SPEAK_OF = "US"


@dataclass(frozen=True, slots=True)
class Invited:
    """An outlook, in a word, and the programs that share it."""

    outlook: OutlookState
    word: str
    concerns: str


def poorest_first(doors: Iterable[Door]) -> tuple[Door, ...]:
    """Doors through which people are invited, the poorest chances first: they are what hope hides."""
    chosen = [door for door in doors if door.program.express_entry_linked and door.program.outlook is not None]
    return tuple(
        sorted(
            chosen,
            key=lambda door: (-door.closeness[0], -len(door.program.met), len(door.program.to_confirm)),
        )
    )


def outlooks_of(near: tuple[Door, ...]) -> tuple[Invited, ...]:
    """The outlooks of the nearest programs, each text once, the programs that share it named together."""
    texts: dict[str, OutlookState] = {}
    names: dict[str, list[str]] = {}
    for door in near:
        outlook = door.program.outlook
        if outlook is not None:
            texts.setdefault(outlook.text, outlook)
            names.setdefault(outlook.text, []).append(door.program.name)
    return tuple(
        Invited(outlook, str(words.OUTLOOKS[outlook.realistic]), concerns(names[text]))
        for text, outlook in texts.items()
    )


def premise_for(profile: Profile) -> str:
    """Of whom outlooks speak, where that is not known to be this person; else nothing."""
    if profile.residence == OUTLOOKS_SPEAK_OF or (profile.h1b and profile.h1b.lives_in_us):
        return ""
    if profile.residence is None:
        return gettext(
            "This is judged for someone who lives in the United States. You have not told us where you live."
        )
    return gettext(
        "This is judged for someone who lives in the United States. From where you live it may be otherwise."
    )
