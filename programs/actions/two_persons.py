"""The rule of two persons: who wrote a draft does not publish it."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from programs.actions.base import ActionRefused, User, name_of
from programs.models import Change, Version
from programs.roles.roles import PUBLISHER, people_with


class NeedsAnotherPerson(ActionRefused):
    """Whoever wrote a draft cannot publish it; the message says who can."""


def writers(version: Version) -> set[str]:
    """The names of everyone who made or changed a draft, or the draft it was copied from."""
    names = {version.author.get_username()} if version.author else set()
    seen: set[str] = set()
    waiting = [name_of(version)]
    while waiting:
        draft = waiting.pop()
        seen.add(draft)
        for change in Change.objects.filter(in_version=draft).exclude(
            what__in=(Change.What.PUBLISHED, Change.What.WITHDRAWN)
        ):
            names.add(change.by_name)
            copied = (change.after or {}).get("copied_from_draft") if isinstance(change.after, dict) else None
            if copied and copied not in seen:
                waiting.append(copied)
    return names - {""}


def who_can_publish(version: Version) -> list[str]:
    """The names of the people who may publish this draft under the rule."""
    may = people_with(PUBLISHER).exclude(username__in=writers(version)).order_by("username")
    return [person.get_full_name() or person.get_username() for person in may]


def require_another_person(version: Version, by: User) -> None:
    """Refuse to let someone publish what they wrote, if the rule is on.

    Raises:
        NeedsAnotherPerson: saying who can publish it.

    """
    if not settings.TWO_PERSON_RULE or by.get_username() not in writers(version):
        return
    others = who_can_publish(version)
    if others:
        message = _("You made or changed this draft, so another person has to publish it: %(people)s.")
        raise NeedsAnotherPerson(message % {"people": ", ".join(others)})
    raise NeedsAnotherPerson(
        _(
            "You made or changed this draft, so another person has to publish it, and nobody else may yet. "
            "Ask an administrator to give someone the role of publisher."
        )
    )
