"""The four roles. Each is a group whose rights follow from the models, so that a new model is never forgotten."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What the program writes by itself. Staff look at it; nobody has a right to change it.
KEPT_BY_THE_PROGRAM = frozenset({"change", "editing", "fact", "loadedfile", "rulebookrevision"})
_EDITING = frozenset({"add", "change", "delete"})


@dataclass(frozen=True, slots=True)
class Role:
    """A role: the group's name, what its people may do in words, and the step at which a right comes in."""

    name: str
    title: "str | Promise"
    may: "str | Promise"


VIEWER = Role("Viewer", _("Viewer"), _("Sees every rule, draft, source and the history. Changes nothing."))
EDITOR = Role(
    "Editor",
    _("Editor"),
    _("Also makes and changes drafts, notices, sources, rounds, intakes and what is said of programs."),
)
PUBLISHER = Role("Publisher", _("Publisher"), _("Also publishes and withdraws versions, and resolves notices."))
ADMINISTRATOR = Role(
    "Administrator",
    _("Administrator"),
    _("Also makes accounts, gives roles, and unlocks people who cannot sign in. Nobody can erase the history."),
)
# Each may do what those before it may.
ROLES = (VIEWER, EDITOR, PUBLISHER, ADMINISTRATOR)


def role_needed_for(right: Permission) -> Role | None:
    """The first role that has a right; None for rights that no role has.

    Rights on the rules: looking comes with the first role, editing with the second, every other one (publishing,
    resolving) with the third. Rights on accounts come with the last.
    """
    app, model = right.content_type.app_label, right.content_type.model
    action = right.codename.partition("_")[0]
    if app == "auth":
        of_account = model == "user" or (model == "group" and action == "view")
        return ADMINISTRATOR if of_account else None
    if app != "programs" or (model in KEPT_BY_THE_PROGRAM and action != "view"):
        return None
    if action == "view":
        return VIEWER
    return EDITOR if action in _EDITING else PUBLISHER


def ensure_roles() -> None:
    """Make the groups, and give them exactly the rights of their role. Safe to do again at any time."""
    needed = {right: role_needed_for(right) for right in Permission.objects.select_related("content_type")}
    for step, role in enumerate(ROLES):
        group, _made = Group.objects.get_or_create(name=role.name)
        group.permissions.set(right for right, first in needed.items() if first and ROLES.index(first) <= step)


def on_post_migrate(**_signal: Any) -> None:
    """Receive the signal that the accounts' app is migrated: make the rights that are still to come, then the roles."""
    for label in ("programs", "auth"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    ensure_roles()


def role_of(person: User) -> Role | None:
    """The highest role of a person; the first account, which has every right, counts as an administrator."""
    if person.is_superuser:
        return ADMINISTRATOR
    names = {group.name for group in person.groups.all()}
    return next((role for role in reversed(ROLES) if role.name in names), None)


def people_with(role: Role) -> QuerySet[User]:
    """Active accounts with this role or a higher one."""
    enough = [each.name for each in ROLES[ROLES.index(role) :]]
    return User.objects.filter(
        Q(groups__name__in=enough) | Q(is_superuser=True), is_active=True, is_staff=True
    ).distinct()
