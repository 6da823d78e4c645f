"""The roles: made by migrating, put right by a command, and shown in words; accounts, and the rule of two persons."""

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from programs.actions import AlreadyDone, NeedsAnotherPerson, NewVersionFrom, PublishVersion
from programs.models import Change, ProgramVersion, Status
from programs.roles.roles import ROLES, role_of
from tests.programs.conftest import PASSWORD, person_of, signed_in
from tests.programs.sent import fields, number_of
from tests.programs.test_admin import form_data, page

pytestmark = pytest.mark.django_db
JULY = dt.date(2026, 7, 1)


def rights(role: str) -> set[str]:
    return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))


def draft_by(person: User, label: str = "worker-2025") -> Any:
    return NewVersionFrom(ProgramVersion.objects.get(label=label), JULY, person).execute()


# The groups ---------------------------------------------------------------------------------


def test_each_role_may_what_the_one_before_it_may_and_more() -> None:
    for lower, higher in itertools.pairwise(ROLES):
        assert rights(lower.name) < rights(higher.name)
    assert all(name.startswith("view_") for name in rights("Viewer"))
    assert rights("Publisher") - rights("Editor") >= {"publish_programversion", "publish_conversion", "resolve_notice"}
    assert rights("Administrator") - rights("Publisher") == {
        "add_user",
        "change_user",
        "delete_user",
        "view_user",
        "view_group",
    }


def test_no_role_may_write_the_history_or_give_itself_other_rights() -> None:
    of_administrators = rights("Administrator")
    assert not {
        name for name in of_administrators if name.endswith(("_change", "_permission")) and name != "view_change"
    }
    assert "change_group" not in of_administrators
    assert not Permission.objects.filter(codename="delete_change").exists()


def test_the_command_puts_the_roles_back_as_they_belong() -> None:
    before = {role.name: rights(role.name) for role in ROLES}
    Group.objects.get(name="Viewer").permissions.add(*Permission.objects.filter(codename__startswith="delete_"))
    Group.objects.get(name="Publisher").delete()
    for _time in range(2):
        call_command("ensure_roles", verbosity=0)
        assert {role.name: rights(role.name) for role in ROLES} == before


# Accounts -----------------------------------------------------------------------------------


def test_who_may_do_what_is_told_in_words(rules: Path) -> None:
    for role in ROLES:
        person_of(role.name)
    person_of(None)
    html = signed_in(User.objects.get(username="administrator")).get("/staff/accounts/").content.decode()
    for role in ROLES:
        assert str(role.may) in html
    assert "May sign in, and see nothing." in html
    assert "Never" in html
    assert signed_in(User.objects.get(username="publisher")).get("/staff/accounts/").status_code == 403


def test_an_account_is_made_and_given_a_role(rules: Path) -> None:
    ada = person_of("Administrator", "ada")
    client = signed_in(ada)
    made = {"username": "mei", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    client.post("/staff/auth/user/add/", made)
    mei = User.objects.get(username="mei")
    assert not mei.is_staff
    address = f"/staff/auth/user/{mei.pk}/change/"
    data = form_data(client.get(address), {}) | {"groups": [Group.objects.get(name="Editor").pk]}
    assert client.post(address, data).status_code == 302
    mei.refresh_from_db()
    assert (mei.is_staff, role_of(mei).name) == (True, "Editor")  # type: ignore[union-attr]
    change = Change.objects.filter(subject_kind="user", what="changed").first()
    assert change is not None
    assert (change.by, change.before["roles"], change.after["roles"]) == (ada, [], ["Editor"])


def test_an_administrator_cannot_become_or_change_a_superuser(rules: Path) -> None:
    ada, root = person_of("Administrator", "ada"), User.objects.create_superuser("root", password=PASSWORD)
    client = signed_in(ada)
    address = f"/staff/auth/user/{ada.pk}/change/"
    client.post(address, {"username": "ada", "is_active": "on", "is_superuser": "on", "user_permissions": ["1"]})
    ada.refresh_from_db()
    assert not ada.is_superuser
    assert not ada.user_permissions.exists()
    for path in ("change", "delete", "password"):
        assert client.post(f"/staff/auth/user/{root.pk}/{path}/", {"post": "yes"}).status_code == 403


def test_nobody_shuts_themselves_out(rules: Path) -> None:
    ada = person_of("Administrator", "ada")
    client, address = signed_in(ada), f"/staff/auth/user/{ada.pk}/change/"
    data = form_data(client.get(address), {})
    html = client.post(address, {**data, "groups": []}).content.decode()
    assert "You cannot switch off your own account" in html
    assert client.post(f"/staff/auth/user/{ada.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_deleted_account_stays_in_the_history_by_name(rules: Path) -> None:
    mei, ada = person_of("Editor", "mei"), person_of("Administrator", "ada")
    draft_by(mei)
    signed_in(ada).post(f"/staff/auth/user/{mei.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(username="mei").exists()
    html = signed_in(ada).get("/staff/programs/change/?who=mei").content.decode()
    assert "new version made" in html


# Two persons ----------------------------------------------------------------------------------


def test_who_made_a_draft_does_not_publish_it(rules: Path, settings: Any) -> None:
    settings.TWO_PERSON_RULE = True
    omar, _lea = person_of("Publisher", "omar"), person_of("Publisher", "lea")
    draft = draft_by(omar)
    html = signed_in(omar).post(page(draft, "publish"), {"why": "The law changed."}).content.decode()
    assert "another person has to publish it: lea." in html
    assert "The law changed." in html
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    PublishVersion(draft, User.objects.get(username="lea"), "The law changed.").execute()


def test_who_changed_a_part_of_a_draft_does_not_publish_it(rules: Path, settings: Any) -> None:
    settings.TWO_PERSON_RULE = True
    mei, omar = person_of("Editor", "mei"), person_of("Publisher", "omar")
    draft = draft_by(mei)
    client = signed_in(omar)
    data = fields(client.get(page(draft)))
    data[f"r{number_of(data, 'age')}-0-0-value"] = ["21"]
    assert client.post(page(draft), data).status_code == 302
    with pytest.raises(NeedsAnotherPerson, match="nobody else may yet"):
        PublishVersion(draft, omar, "Why.").execute()


def test_copying_a_draft_does_not_make_it_another_persons(rules: Path, settings: Any) -> None:
    settings.TWO_PERSON_RULE = True
    omar, lea = person_of("Publisher", "omar"), person_of("Publisher", "lea")
    copy = NewVersionFrom(draft_by(omar), dt.date(2026, 8, 1), lea, "copy").execute()
    for person in (omar, lea):
        with pytest.raises(NeedsAnotherPerson):
            PublishVersion(copy, person, "Why.").execute()


def test_the_rule_holds_for_superusers_and_is_off_where_it_is_switched_off(rules: Path, settings: Any) -> None:
    root = User.objects.create_superuser("root", password=PASSWORD)
    draft = draft_by(root)
    settings.TWO_PERSON_RULE = True
    with pytest.raises(NeedsAnotherPerson):
        PublishVersion(draft, root, "Why.").execute()
    settings.TWO_PERSON_RULE = False
    PublishVersion(draft, root, "Why.").execute()


def test_publishing_twice_publishes_once_and_says_who_did(rules: Path) -> None:
    omar = person_of("Publisher", "omar")
    draft = draft_by(omar)
    client = signed_in(omar)
    for _time in range(2):
        response = client.post(page(draft, "publish"), {"why": "Why."}, follow=True)
    assert "already published, by omar at" in response.content.decode()
    assert Change.objects.filter(what="published").count() == 1
    with pytest.raises(AlreadyDone, match="by omar at"):
        PublishVersion(draft, omar, "Why.").execute()
