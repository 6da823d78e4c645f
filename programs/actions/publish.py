"""Publishing a version, and taking one out of force."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaError

from programs import store
from programs.actions.accept import accept_new_figures
from programs.actions.base import (
    ActionRefused,
    AlreadyDone,
    User,
    name_of,
    one_at_a_time,
    record,
    require_permission,
    require_reason,
)
from programs.actions.two_persons import require_another_person
from programs.checks.documents import check_documents, check_one
from programs.checks.holds import holding_problems
from programs.checks.periods import period_problems
from programs.checks.problems import Problem
from programs.models import LOCKED, Change, RulebookRevision, Status, Version, rules_unlocked
from programs.packs.columns import plain_part
from programs.packs.from_database import read_document, read_version
from programs.packs.kinds import kind_of
from programs.packs.preview import documents_with, documents_without, own_document_with
from programs.packs.schema import Pack
from programs.rulebook import vocabulary
from programs.rulebook.touched import Key, touched_documents

# A draft that cannot be read says so often enough.
_MOST = 5
ONE_DAY = dt.timedelta(days=1)


class CannotPublish(ActionRefused):
    """The rules would not hold together; `problems` says what is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in problems))


class PublishVersion:
    """Put a draft in force from its first day on.

    The version before it ends the day before, if it had no end. Everything is checked as it will be, worked
    examples included; nothing is changed if there is an error.
    """

    def __init__(
        self,
        version: Version,
        by: User,
        why: str,
        *,
        accept: Collection[str] = (),
        because: str = "",
        was_agreed_on: bool = False,
        despite: str = "",
    ) -> None:
        """`by` needs the right to publish; `why` stays on record.

        `despite` says why it may be published although the checks warn of something in it; it stays on record too.

        `accept` names worked examples (`Problem.example`) that may come out differently from now on, `because` of
        what: it stays on record with each of them. `was_agreed_on`: two persons agreed on these very rules before.
        """
        self.version = version
        self.by = by
        self.why = why
        self.accept = frozenset(accept)
        self.because = because
        self.was_agreed_on = was_agreed_on
        self.despite = despite

    @transaction.atomic
    def execute(self) -> Version:
        """Publish, and return the version as it is now.

        Raises:
            PermissionDenied: if `by` may not publish.
            AlreadyDone: if it is published or withdrawn already.
            NeedsAnotherPerson: if `by` wrote the draft and the rule of two persons is on.
            ActionRefused: if no reason is given, or none for what the checks warn of, or its period meets another's.
            CannotPublish: with the problems that stand in the way.

        """
        require_permission(self.by, "publish", type(self.version))
        why = require_reason(self.why)
        one_at_a_time()
        version = type(self.version).objects.select_for_update().get(pk=self.version.pk)
        if version.status in LOCKED:
            raise _already(version)
        if not self.was_agreed_on:
            require_another_person(version, self.by)
        version.full_clean()
        _refuse_overlaps(version)
        try:
            documents = documents_with(version)
        except SchemaError as error:
            raise CannotPublish(_unfinished(version, error)) from error
        own = read_document(kind_of(version).name, str(version.parent.pk))
        accepted = _refuse_problems(version, documents, own, self.accept)
        warned = warnings_of(version)
        if warned and not self.despite.strip():
            raise ActionRefused(_("The checks warn of something in this version. Say why it may be published so."))
        if accepted:
            accept_new_figures(accepted, self.by, require_reason(self.because))
        with rules_unlocked():
            self._close_predecessor(version)
            version.status = Status.PUBLISHED
            version.publisher = self.by
            version.published_at = timezone.now()
            version.save()
        although = {"warned_of": warned, "published_because": self.despite.strip()} if warned else None
        record(Change.What.PUBLISHED, version, self.by, why, before=although, after=plain_part(read_version(version)))
        RulebookRevision.move(kind_of(version).name, str(version.parent.pk))
        return version

    def _close_predecessor(self, version: Version) -> None:
        earlier = version.siblings().filter(status=Status.PUBLISHED, effective_to__isnull=True)
        predecessor = earlier.filter(effective_from__lt=version.effective_from).first()
        if predecessor is None:
            return
        predecessor.effective_to = version.effective_from - ONE_DAY
        predecessor.save(update_fields=["effective_to"])
        ends = {"effective_to": predecessor.effective_to.isoformat()}
        record(Change.What.CHANGED, predecessor, self.by, self.why, before={"effective_to": None}, after=ends)


class WithdrawVersion:
    """Take a version out: a draft that is not wanted, or published rules that should never have been in force.

    What was closed to make room for it goes on, as long as nothing else begins.
    """

    def __init__(self, version: Version, by: User, why: str) -> None:
        """`by` needs the right to publish; `why` stays on record."""
        self.version = version
        self.by = by
        self.why = why

    @transaction.atomic
    def execute(self) -> Version:
        """Withdraw, and return the version as it is now.

        Raises:
            PermissionDenied: if `by` may not publish.
            AlreadyDone: if it is withdrawn already.
            ActionRefused: if no reason is given.
            CannotPublish: if the rest of the rules would not hold together without it.

        """
        require_permission(self.by, "publish", type(self.version))
        why = require_reason(self.why)
        one_at_a_time()
        version = type(self.version).objects.select_for_update().get(pk=self.version.pk)
        if version.status == Status.WITHDRAWN:
            raise _already(version)
        said = plain_part(read_version(version))
        key = kind_of(version).name, str(version.parent.pk)
        standing = read_document(*key) if version.status == Status.PUBLISHED else None
        with rules_unlocked():
            version.status = Status.WITHDRAWN
            version.save(update_fields=["status"])
            if standing is not None:
                self._let_go_on(version)
        if standing is not None:
            _refuse_problems(version, documents_without(version), standing)
            RulebookRevision.move(*key)
        record(Change.What.WITHDRAWN, version, self.by, why, before=said)
        return version

    def _let_go_on(self, version: Version) -> None:
        ended = version.effective_from - ONE_DAY
        before = version.siblings().filter(status=Status.PUBLISHED, effective_to=ended).first()
        # An end that a rule pack gave is the rules' own; one on record was made by publishing what came next.
        closed = {"effective_to": ended.isoformat()}
        if before is None:
            return
        changes = Change.objects.filter(in_version=name_of(before), what=Change.What.CHANGED)
        if closed not in [change.after for change in changes]:
            return
        before.effective_to = version.effective_to
        before.save(update_fields=["effective_to"])
        goes_on = {"effective_to": before.effective_to.isoformat() if before.effective_to else None}
        record(Change.What.CHANGED, before, self.by, self.why, before=closed, after=goes_on)


def _already(version: Version) -> AlreadyDone:
    """What to say to someone who comes second, or twice: who did it, and when."""
    last = Change.objects.filter(in_version=name_of(version), what=version.status).first()
    words = {"status": version.get_status_display()}
    if last is None:
        return AlreadyDone(_("This version is already %(status)s.") % words)
    when = date_format(timezone.localtime(last.at), "DATETIME_FORMAT")
    said = _("This version is already %(status)s, by %(who)s at %(when)s.")
    return AlreadyDone(said % {**words, "who": last.by_name or _("a rule pack"), "when": when})


def problems_if_published(version: Version) -> list[Problem]:
    """What the checks would say of the version's own document if it were published now. Nothing is changed.

    It is for looking at: only the version's own document is read from the database, the rest is the rulebook that this
    process answers with, which is at most some seconds old. Publishing itself reads everything.
    """
    try:
        documents = documents_with(version, store.current().documents)
    except SchemaError as error:
        return _unfinished(version, error)
    own = next(each for each in documents if (each.kind, each.id) == (kind_of(version).name, str(version.parent.pk)))
    found = check_one(documents, own, store.occupations())
    return [problem for problem in found if _is_about(problem, version)]


def _unfinished(version: Version, error: SchemaError) -> list[Problem]:
    """What to say of a draft in which something is missing, so that it cannot be read as a whole."""
    whole, name, identifier = str(version), kind_of(version).name, str(version.parent.pk)
    messages = [each["msg"].removeprefix("Value error, ") for each in error.errors()[:_MOST]]
    return [Problem("error", whole, message, name, identifier, inside=whole) for message in messages]


def warnings_of(version: Version) -> list[str]:
    """What the checks warn of inside the version itself, were it published. Older rules are not its business."""
    try:
        own: Any = own_document_with(version)
    except SchemaError:
        return []  # What is not finished is an error, and told as such.
    versions = kind_of(version).versions
    place = (versions, len(getattr(own, versions)) - 1)
    found = [*period_problems(own), *holding_problems(own, vocabulary())]
    return [message for severity, location, message in found if severity == "warning" and location[:2] == place]


def _refuse_overlaps(version: Version) -> None:
    # A version that started earlier and has no end will be closed the day before.
    closing = Q(effective_to__isnull=True, effective_from__lt=version.effective_from)
    other = version.overlapping(version.effective_from, version.effective_to).exclude(closing).first()
    if other is None:
        return
    words = {
        "other": other.label,
        "from": other.effective_from,
        "to": other.effective_to or _("until further notice"),
    }
    if other.effective_from <= version.effective_from:
        raise ActionRefused(
            _("“%(other)s” is published for %(from)s to %(to)s. Start after that, or withdraw it first.") % words
        )
    raise ActionRefused(_("“%(other)s” is published from %(from)s. End this version before that day.") % words)


def _errors(documents: Sequence[Pack], examples_of: Collection[Key]) -> set[Problem]:
    found = check_documents(documents, store.occupations(), examples_of)
    return {problem for problem in found if problem.severity == "error"}


def _is_about(problem: Problem, version: Version) -> bool:
    return (problem.kind, problem.identifier) == (kind_of(version).name, str(version.parent.pk))


def _refuse_problems(
    version: Version, documents: Sequence[Pack], own: Pack | None, accept: frozenset[str] = frozenset()
) -> list[Problem]:
    """Refuse errors that the change would bring, and errors of its own document. Older ones hinder nobody.

    `own` is the version's document as it stood before the change, if it stood at all.

    Returns the errors that stand in nobody's way because the new figures of their examples are accepted.
    """
    key = kind_of(version).name, str(version.parent.pk)
    # All others are as they were: none has to be read again.
    standing_documents = [each for each in documents if (each.kind, each.id) != key] + ([own] if own else [])
    # The examples of other rules come out as before, so they are not run.
    examples_of = touched_documents(standing_documents, documents)
    found = _errors(documents, examples_of)
    if any(not _is_about(problem, version) for problem in found):
        standing = _errors(standing_documents, examples_of)
        found = {problem for problem in found if problem not in standing or _is_about(problem, version)}
    accepted = {problem for problem in found if problem.example and problem.example in accept}
    if found - accepted:
        raise CannotPublish(sorted(found, key=str))
    return sorted(accepted, key=str)
