"""The first start makes one staff account, and no start makes another."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

pytestmark = pytest.mark.database


def ensure_staff():
    out, err = io.StringIO(), io.StringIO()
    call_command("ensure_staff", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_first_start_shows_a_password_that_signs_in(client):
    out, _ = ensure_staff()
    password = re.search(r"password\s+(\S+)", out)[1]
    assert client.post("/staff/login/", {"username": "staff", "password": password}).status_code == 302
    assert client.get("/staff/").status_code == 200


def test_on_a_public_site_that_password_opens_nothing_but_the_page_to_change_it(client, settings):
    settings.GIVEN_PASSWORDS_ARE_CHANGED = True
    out, _ = ensure_staff()
    password = re.search(r"password\s+(\S+)", out)[1]
    client.post("/staff/login/", {"username": "staff", "password": password})
    assert client.get("/staff/").headers["Location"] == "/staff/password_change/"


def test_the_second_start_changes_and_shows_nothing():
    ensure_staff()
    before = get_user_model().objects.get().password
    assert ensure_staff() == ("", "")
    assert get_user_model().objects.get().password == before


def test_another_superuser_is_enough():
    get_user_model().objects.create_superuser("mei", "", "a-password-for-mei")
    assert ensure_staff() == ("", "")
    assert get_user_model().objects.count() == 1


def test_an_account_of_that_name_is_never_given_rights():
    get_user_model().objects.create_user("staff", "", "a-password-for-zoe")
    out, err = ensure_staff()
    assert out == ""
    assert "manage.py createsuperuser" in err
    assert not get_user_model().objects.get().is_superuser
