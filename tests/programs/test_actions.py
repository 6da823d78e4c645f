"""Publishing, withdrawing, copying and resolving: checked, on record, seen by every process."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied

from programs import store
from programs.actions import (
    ActionRefused,
    CannotPublish,
    NewVersionFrom,
    PublishVersion,
    ResolveNotice,
    WithdrawVersion,
)
from programs.actions.publish import problems_if_published
from programs.checks import registry
from programs.checks.problems import problem
from programs.models import (
    Change,
    Condition,
    Conversion,
    GridVersion,
    Notice,
    OccupationListVersion,
    PointsTable,
    ProgramVersion,
    ReferenceTableVersion,
    RulebookRevision,
    Status,
    Version,
)
from programs.packs.from_database import read_document, read_version

pytestmark = pytest.mark.django_db

JULY = dt.date(2026, 7, 1)
VERSIONS = (ProgramVersion, GridVersion, OccupationListVersion, ReferenceTableVersion, Conversion)


def in_force(model: type[Version]) -> Version:
    return model.objects.filter(status=Status.PUBLISHED, effective_to=None).get()


@pytest.mark.parametrize("model", VERSIONS, ids=lambda model: model.__name__)
def test_a_new_version_copies_the_whole_tree(rules: Path, omar: User, model: type[Version]) -> None:
    draft = NewVersionFrom(in_force(model), JULY, omar).execute()
    copied, former = read_version(draft), read_version(in_force(model))
    label = {"id": former.id} if model is Conversion else {"version": former.version}
    assert copied.model_copy(update={**label, "effective_from": former.effective_from}) == former
    assert (draft.status, draft.author, draft.origin, draft.label) == ("draft", omar, "staff", "2026-07-01")


@pytest.mark.parametrize("model", VERSIONS, ids=lambda model: model.__name__)
def test_publishing_closes_the_predecessor_and_moves_the_revision(
    rules: Path, omar: User, model: type[Version]
) -> None:
    former = in_force(model)
    draft = NewVersionFrom(former, JULY, omar).execute()
    number = RulebookRevision.current_number()
    published = PublishVersion(draft, omar, "The law changed.").execute()
    former.refresh_from_db()
    assert former.effective_to == dt.date(2026, 6, 30)
    assert (published.status, published.publisher) == (Status.PUBLISHED, omar)
    assert RulebookRevision.current_number() > number
    assert Change.objects.filter(what=Change.What.PUBLISHED, why="The law changed.", by=omar).count() == 1
    assert Change.objects.get(what=Change.What.CHANGED).after == {"effective_to": "2026-06-30"}


def test_a_version_is_published_once(rules: Path, omar: User) -> None:
    draft = NewVersionFrom(in_force(ProgramVersion), JULY, omar).execute()
    PublishVersion(draft, omar, "Why.").execute()
    with pytest.raises(ActionRefused, match="already published"):
        PublishVersion(draft, omar, "Why.").execute()


def test_publishing_needs_the_right_and_a_reason(rules: Path, mei: User, omar: User, zoe: User) -> None:
    draft = NewVersionFrom(in_force(ProgramVersion), JULY, mei).execute()
    with pytest.raises(PermissionDenied):
        PublishVersion(draft, mei, "Why.").execute()
    with pytest.raises(ActionRefused, match="Say why"):
        PublishVersion(draft, omar, "  ").execute()
    with pytest.raises(PermissionDenied):
        NewVersionFrom(draft, JULY, zoe).execute()
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_a_version_for_a_time_that_is_taken_is_refused(rules: Path, omar: User) -> None:
    former = in_force(ProgramVersion)
    same_day = NewVersionFrom(former, former.effective_from, omar, "same-day").execute()
    with pytest.raises(ActionRefused, match="withdraw it first"):
        PublishVersion(same_day, omar, "Why.").execute()
    before = NewVersionFrom(former, dt.date(2023, 1, 1), omar).execute()
    with pytest.raises(ActionRefused, match="End this version before"):
        PublishVersion(before, omar, "Why.").execute()


def test_a_label_is_given_once(rules: Path, omar: User) -> None:
    with pytest.raises(ActionRefused, match="another name"):
        NewVersionFrom(in_force(ProgramVersion), JULY, omar, "worker-2024").execute()


def test_errors_stand_in_the_way_and_nothing_is_changed(rules: Path, omar: User) -> None:
    former = in_force(GridVersion)
    draft = NewVersionFrom(former, JULY, omar).execute()
    table = PointsTable.objects.get(factor__version=draft, factor__key="age")
    table.rows_bands = [{"max": 17}, {"min": 19, "max": 35}, {"min": 36}]
    table.save()
    assert [each.message for each in problems_if_published(draft) if each.severity == "error"] == ["no band covers 18"]
    number = RulebookRevision.current_number()
    with pytest.raises(CannotPublish, match="no band covers 18"):
        PublishVersion(draft, omar, "Why.").execute()
    former.refresh_from_db()
    assert former.effective_to is None
    assert RulebookRevision.current_number() == number


def test_a_failing_example_stands_in_the_way_and_older_errors_elsewhere_do_not(rules: Path, omar: User) -> None:
    def check(documents: Any, only: Any = None) -> Any:
        for document in documents:
            if document.kind == "notice" or (document.kind == "program" and len(document.versions) > 2):
                yield problem("error", document, ("examples", 0), "it comes out otherwise")

    registry.register(check)
    grid = NewVersionFrom(in_force(GridVersion), JULY, omar).execute()
    PublishVersion(grid, omar, "Why.").execute()
    draft = NewVersionFrom(in_force(ProgramVersion), JULY, omar).execute()
    with pytest.raises(CannotPublish, match="comes out otherwise"):
        PublishVersion(draft, omar, "Why.").execute()


def test_withdrawing_takes_rules_out_of_force_and_keeps_them(rules: Path, omar: User, mei: User) -> None:
    version = in_force(ProgramVersion)
    with pytest.raises(PermissionDenied):
        WithdrawVersion(version, mei, "Why.").execute()
    WithdrawVersion(version, omar, "It was never the law.").execute()
    document: Any = read_document("program", "worker")
    assert [each.version for each in document.versions] == ["worker-2024"]
    assert version.requirements.count() == 2  # type: ignore[attr-defined]
    with pytest.raises(ActionRefused, match="already withdrawn"):
        WithdrawVersion(version, omar, "Why.").execute()


def test_what_was_closed_to_make_room_goes_on_when_that_is_withdrawn(rules: Path, omar: User) -> None:
    before = in_force(ProgramVersion)
    later = NewVersionFrom(before, JULY, omar).execute()
    PublishVersion(later, omar, "Why.").execute()
    before.refresh_from_db()
    assert before.effective_to == JULY - dt.timedelta(days=1)
    WithdrawVersion(later, omar, "It was never the law.").execute()
    before.refresh_from_db()
    assert before.effective_to is None
    assert {"effective_to": None} in [change.after for change in Change.objects.filter(what="changed")]


def test_an_end_that_the_rules_gave_stays_when_what_follows_is_withdrawn(rules: Path, omar: User) -> None:
    WithdrawVersion(in_force(ProgramVersion), omar, "It was never the law.").execute()
    assert ProgramVersion.objects.get(label="worker-2024").effective_to is not None


def test_what_other_rules_point_to_is_not_withdrawn(rules: Path, omar: User) -> None:
    with pytest.raises(CannotPublish, match="there is no points grid “points”"):
        WithdrawVersion(in_force(GridVersion), omar, "Why.").execute()


def test_a_notice_is_resolved_once(rules: Path, omar: User, mei: User) -> None:
    notice = Notice.objects.get()
    with pytest.raises(PermissionDenied):
        ResolveNotice(notice, mei, "Done.", JULY).execute()
    with pytest.raises(ActionRefused, match="cannot be resolved before"):
        ResolveNotice(notice, omar, "Done.", JULY).execute()
    ResolveNotice(notice, omar, "It is law now.", dt.date(2026, 11, 4)).execute()
    assert store.current().on(dt.date(2026, 11, 3)).notices
    assert not store.current().on(dt.date(2026, 11, 4)).notices
    with pytest.raises(ActionRefused, match="was resolved"):
        ResolveNotice(notice, omar, "Again.", dt.date(2026, 11, 5)).execute()


def test_staff_enter_a_reported_grid_and_resolve_its_notice_without_a_developer(rules: Path, omar: User) -> None:
    """All figures here are made up."""
    draft = NewVersionFrom(in_force(GridVersion), dt.date(2026, 11, 3), omar, "high-wage").execute()
    table = PointsTable.objects.get(factor__version=draft, factor__key="age")
    table.points = [[0, 0], [31, 26], [11, 6]]
    table.save()
    Condition.objects.filter(factor__version=draft).update(value=False)
    PublishVersion(draft, omar, "Official text seen.").execute()
    ResolveNotice(Notice.objects.get(), omar, "In force.", dt.date(2026, 11, 3)).execute()
    book = store.current()
    before, after = (book.on(dt.date(2026, 11, day)).grids["points"].version for day in (2, 3))
    assert before.factors[0].children[0].table.points[1] == (30, 25)  # type: ignore[union-attr]
    assert after.factors[0].children[0].table.points[1] == (31, 26)  # type: ignore[union-attr]
    assert not book.on(dt.date(2026, 11, 3)).notices


def outcome(expectation: str, found: str, *, of: str = "program") -> Any:
    """A check by which the first example of the rules comes out differently, as long as it expects something else."""

    def check(documents: Any, only: Any = None) -> Any:
        for document in documents:
            if document.kind == of and document.examples and len(document.versions) > 1:
                expected = document.examples[0].expect.get(expectation)
                if json.dumps(expected) != found:
                    said = f"{expectation} should be {expected!r} and is {found}"
                    yield problem("error", document, ("examples", 0), said, expectation=expectation, found=found)

    return check


def draft_that_changes_an_example(omar: User) -> tuple[Version, str]:
    """A draft by which the example of the made-up program no longer expects what comes out, and the example's name."""
    registry.register(outcome("verdict", '"not_eligible"'))
    draft = NewVersionFrom(in_force(ProgramVersion), JULY, omar).execute()
    with pytest.raises(CannotPublish) as refused:
        PublishVersion(draft, omar, "Why.").execute()
    [found] = refused.value.problems
    return draft, found.example


def test_new_figures_of_an_example_are_accepted_on_record_with_the_publishing(rules: Path, omar: User) -> None:
    draft, example = draft_that_changes_an_example(omar)
    published = PublishVersion(draft, omar, "Why.", accept=[example], because="The age was raised.").execute()
    assert published.status == Status.PUBLISHED
    row = published.parent.examples.get()
    assert row.expect == {"verdict": "not_eligible"}
    change = Change.objects.get(subject_kind="example")
    assert (change.by, change.why) == (omar, "The age was raised.")
    assert (change.before, change.after) == ({"expect": {"verdict": "eligible"}}, {"expect": row.expect})


def test_new_figures_are_not_accepted_without_a_reason_or_by_another_name(rules: Path, omar: User) -> None:
    draft, example = draft_that_changes_an_example(omar)
    with pytest.raises(ActionRefused, match="Say why"):
        PublishVersion(draft, omar, "Why.", accept=[example]).execute()
    with pytest.raises(CannotPublish):
        PublishVersion(draft, omar, "Why.", accept=["program:worker:7"], because="It is right.").execute()
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert draft.parent.examples.get().expect == {"verdict": "eligible"}
    assert not Change.objects.filter(subject_kind="example").exists()


def test_accepting_one_example_leaves_the_others_in_the_way(rules: Path, omar: User) -> None:
    draft, example = draft_that_changes_an_example(omar)

    def broken(documents: Any, only: Any = None) -> Any:
        yield problem("error", next(each for each in documents if each.kind == "program"), ("versions",), "no")

    registry.register(broken)
    with pytest.raises(CannotPublish) as refused:
        PublishVersion(draft, omar, "Why.", accept=[example], because="It is right.").execute()
    assert {each.message for each in refused.value.problems} >= {"no"}
    assert draft.parent.examples.get().expect == {"verdict": "eligible"}


def test_who_may_not_change_examples_may_not_accept_new_figures(rules: Path, omar: User) -> None:
    draft, example = draft_that_changes_an_example(omar)
    omar.user_permissions.remove(*omar.user_permissions.filter(codename="change_example"))
    publisher = User.objects.get(pk=omar.pk)
    with pytest.raises(PermissionDenied):
        PublishVersion(draft, publisher, "Why.", accept=[example], because="It is right.").execute()
