"""What files said beside versions, put in force by a publisher or turned down.

Names, intake, facts, notices and sources have no versions: they hold from the moment they are written. A file must not
change the public site by itself, so whoever puts it in force has the right to publish and, under the rule of two
persons, is another than who brought it in.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils.translation import gettext_lazy as _

from programs import store
from programs.actions.base import ActionRefused, AlreadyDone, User, one_at_a_time, record, require_permission
from programs.actions.two_persons import NeedsAnotherPerson
from programs.checks.documents import check_document, names_of
from programs.loading.drafts import PlannedPack, make_drafts, plan_of
from programs.models import Change, ProgramVersion, Version, WaitingChange
from programs.packs.from_database import read_document
from programs.packs.kinds import KINDS
from programs.packs.schema import PACK, Pack
from programs.packs.to_database import save_attached, save_parents
from programs.packs.yaml_files import plain

State = WaitingChange.State


def planned(change: WaitingChange) -> PlannedPack:
    """What would come of a change that waits, against what is here now."""
    return plan_of(PACK.validate_python(change.document), change.file)


def fingerprint(plan: PlannedPack) -> str:
    """What names the changes that someone was shown."""
    return hashlib.sha256(repr((plan.is_new, plan.beside)).encode()).hexdigest()[:32]


def may_put_in_force(person: User) -> bool:
    """Whether someone may put in force what files said beside versions."""
    return bool(person.has_perm("programs.publish_programversion"))


class PutInForce:
    """Write what a file said beside versions. Of something new, the versions arrive as drafts."""

    def __init__(self, change: WaitingChange, by: User, shown: str) -> None:
        """`by` needs the right to publish; `shown` is the fingerprint of what they were shown."""
        self.change = change
        self.by = by
        self.shown = shown

    @transaction.atomic
    def execute(self) -> list[Version]:
        """Put it in force, and return the drafts that came of it.

        Raises:
            PermissionDenied: if `by` may not publish.
            AlreadyDone: if it was decided on before.
            NeedsAnotherPerson: if `by` brought it in and the rule of two persons is on.
            ActionRefused: if something moved since it was shown, or the rules would not hold together.

        """
        require_permission(self.by, "publish", ProgramVersion)
        one_at_a_time()
        change = _still_waiting(self.change)
        if settings.TWO_PERSON_RULE and change.by_name == self.by.get_username():
            raise NeedsAnotherPerson(_("You brought this in, so another person has to put it in force."))
        plan = planned(change)
        if fingerprint(plan) != self.shown:
            raise ActionRefused(_("Something changed since this was shown. Look again before you put it in force."))
        document, kind = plan.document, KINDS[plan.document.kind]
        stored = read_document(document.kind, document.id)
        if kind.version is not None:
            # Its versions are none of this change's business.
            document = document.model_copy(update={kind.versions: getattr(stored, kind.versions, ())})
        _refuse_problems(document, stored)
        try:
            with transaction.atomic():
                save_parents([document])
                save_attached([document])
        except DatabaseError as error:
            raise ActionRefused(
                _("It does not fit into its place: %(why)s") % {"why": str(error).splitlines()[0]}
            ) from error
        row = kind.model._default_manager.get(pk=document.id)
        why = str(_("Brought in by %(who)s from the file %(file)s.") % {"who": change.by_name, "file": change.file})
        before = _beside(stored, kind.versions) if stored is not None else None
        record(Change.What.IMPORTED, row, self.by, why, before=before, after=_beside(document, kind.versions))
        change.state = State.IN_FORCE
        change.save(update_fields=["state"])
        if not plan.is_new or kind.version is None:
            return []
        return make_drafts(plan_of(plan.document, change.file), change.by or self.by)


class TurnDown:
    """Take away what a file said, unused. For those who may put it in force, and for who brought it in."""

    def __init__(self, change: WaitingChange, by: User) -> None:
        self.change = change
        self.by = by

    @transaction.atomic
    def execute(self) -> None:
        """Turn it down.

        Raises:
            PermissionDenied: if `by` neither brought it in nor may publish.
            AlreadyDone: if it was decided on before.

        """
        if self.change.by_name != self.by.get_username():
            require_permission(self.by, "publish", ProgramVersion)
        one_at_a_time()
        change = _still_waiting(self.change)
        change.state = State.TURNED_DOWN
        change.save(update_fields=["state"])


def _still_waiting(change: WaitingChange) -> WaitingChange:
    found = WaitingChange.objects.select_for_update().get(pk=change.pk)
    if found.state != State.WAITING:
        raise AlreadyDone(_("This is already decided: %(state)s.") % {"state": found.get_state_display()})
    return found


def _beside(document: Pack, versions: str) -> dict[str, Any]:
    return {key: item for key, item in plain(document).items() if key != versions}


def _refuse_problems(document: Pack, stored: Pack | None) -> None:
    """Refuse errors that the change would bring. Those that stand already hinder nobody."""
    names = names_of([*store.documents(), document], store.occupations())

    def errors(of: Pack) -> Sequence[str]:
        return [str(problem) for problem in check_document(of, names) if problem.severity == "error"]

    standing = errors(stored) if stored is not None else ()
    found = [error for error in errors(document) if error not in standing]
    if found:
        raise ActionRefused("\n".join(found))
