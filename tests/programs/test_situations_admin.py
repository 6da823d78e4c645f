"""What H-1B workers are told, edited by staff in words."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from programs.models import Change, H1BSituations
from programs.packs.schema import PACK
from programs.packs.to_database import to_database
from programs.packs.yaml_files import read_pack
from tests.programs.conftest import signed_in

PACK_FILE = Path(__file__).parents[2] / "programs" / "rulepacks" / "h1b" / "situations.yaml"
PAGE = "/staff/programs/h1bsituations/situations/change/"


@pytest.fixture
def situations(db: Any) -> H1BSituations:
    """The document of the repository, in the database."""
    to_database([read_pack(PACK_FILE).document])
    return H1BSituations.objects.get()


def typed(client: Client, **changes: Any) -> dict[str, Any]:
    """What the form would send, with some of it changed."""
    form = client.get(PAGE).context["adminform"].form
    values: dict[str, Any] = {}
    for name in form.fields:
        value = form[name].value()
        if value is not False:
            values[name] = "on" if value is True else "" if value is None else value
    return values | changes


def test_a_figure_is_changed_in_its_own_field_and_put_on_record(situations: H1BSituations, mei: User) -> None:
    client = signed_in(mei)
    before = situations.content
    response = client.post(PAGE, typed(client, grace_period__days="90"))
    assert response.status_code == 302
    situations.refresh_from_db()
    assert situations.content["grace_period"] == before["grace_period"] | {"days": 90}
    assert {key: value for key, value in situations.content.items() if key != "grace_period"} == {
        key: value for key, value in before.items() if key != "grace_period"
    }
    assert Change.objects.filter(subject_kind="h1bsituations").exists()


def test_saving_without_a_change_leaves_the_document_as_it_was(situations: H1BSituations, mei: User) -> None:
    client = signed_in(mei)
    before = PACK.validate_python(situations.value())
    assert client.post(PAGE, typed(client)).status_code == 302
    situations.refresh_from_db()
    assert PACK.validate_python(situations.value()) == before


def test_what_the_schema_refuses_is_refused_in_its_words(situations: H1BSituations, mei: User) -> None:
    client = signed_in(mei)
    response = client.post(PAGE, typed(client, grace_period__days="0"))
    assert response.status_code == 200
    assert "grace_period.days" in response.content.decode()
    situations.refresh_from_db()
    assert situations.content["grace_period"]["days"] == 60


def test_changes_in_both_places_are_refused_so_that_none_is_lost(situations: H1BSituations, mei: User) -> None:
    client = signed_in(mei)
    response = client.post(PAGE, typed(client, grace_period__days="90", content="{}"))
    assert "Change one of the two" in response.content.decode()


def test_parts_are_added_like_others_and_taken_out_without_the_text_of_the_whole(
    situations: H1BSituations, mei: User
) -> None:
    client = signed_in(mei)
    before = situations.content
    moves = {"made_like": "grace_period__options__0", "taken_out": "tell_the_user__0"}
    assert client.post(PAGE, typed(client, **moves)).status_code == 302
    situations.refresh_from_db()
    options = before["grace_period"]["options"]
    assert situations.content["grace_period"]["options"] == [options[0], *options]
    assert situations.content["tell_the_user"] == before["tell_the_user"][1:]
    link = typed(client, made_like="links__0", made_id="another-page")
    assert client.post(PAGE, link | {"made_id": ""}).status_code == 200
    assert client.post(PAGE, link).status_code == 302
    situations.refresh_from_db()
    assert situations.content["links"][:2] == [before["links"][0], {**before["links"][0], "id": "another-page"}]


def test_no_part_is_made_inside_one_that_is_taken_out(situations: H1BSituations, mei: User) -> None:
    client = signed_in(mei)
    names = client.get(PAGE).context["adminform"].form.parts
    inside, around = next((one, other) for one in names for other in names if one.startswith(f"{other}__"))
    asked = client.post(PAGE, typed(client, made_like=inside, taken_out=around))
    assert list(asked.context["adminform"].form.errors) == ["taken_out"]
    assert "Do one after the other" in asked.content.decode()


def test_what_is_wrong_with_a_text_stands_beside_its_field(situations: H1BSituations, mei: User) -> None:
    response = signed_in(mei).post(PAGE, typed(signed_in(mei), links__0__url="somewhere"))
    assert list(response.context["adminform"].form.errors) == ["links__0__url"]
