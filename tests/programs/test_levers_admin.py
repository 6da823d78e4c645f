"""What people could do, edited by staff in words."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from programs.models import Change, LeverCollection
from programs.packs.schema import PACK
from programs.packs.to_database import to_database
from programs.packs.yaml_files import read_pack
from tests.programs.conftest import signed_in

PACK_FILE = Path(__file__).parents[2] / "programs" / "rulepacks" / "planning" / "levers.yaml"
PAGE = "/staff/programs/levercollection/levers/change/"


@pytest.fixture
def levers(db: Any) -> LeverCollection:
    """The document of the repository, in the database."""
    to_database([read_pack(PACK_FILE).document])
    return LeverCollection.objects.get()


def as_sent(page: str, client: Any) -> dict[str, Any]:
    """What the form of a page sends, untouched."""
    form = client.get(page).context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    sent = {name: "on" if value is True else value for name, value in values.items() if value is not False}
    return {name: "" if value is None else value for name, value in sent.items()}


def test_a_lever_is_added_like_another_and_taken_out_again(levers: LeverCollection, mei: User) -> None:
    client = signed_in(mei)
    before = [lever["id"] for lever in levers.content["levers"]]

    eca = f"levers__{before.index('eca')}"
    half = client.post(PAGE, as_sent(PAGE, client) | {"made_like": eca})
    assert "Write an id for the new part" in half.content.decode()
    none = client.post(PAGE, as_sent(PAGE, client) | {"made_id": "eca-again"})
    assert "Choose a part that has an id" in none.content.decode()
    twice = client.post(PAGE, as_sent(PAGE, client) | {"made_like": eca, "made_id": "swap"})
    assert "swap stands twice" in twice.content.decode()

    assert client.post(PAGE, as_sent(PAGE, client) | {"made_like": eca, "made_id": "eca-again"}).status_code == 302
    levers.refresh_from_db()
    added = [lever["id"] for lever in levers.content["levers"]]
    assert added == [each for key in before for each in ([key, "eca-again"] if key == "eca" else [key])]

    assert (
        client.post(PAGE, as_sent(PAGE, client) | {"taken_out": f"levers__{before.index('eca') + 1}"}).status_code
        == 302
    )
    levers.refresh_from_db()
    assert [lever["id"] for lever in levers.content["levers"]] == before


def test_a_cost_is_changed_in_its_own_field_and_nothing_else_is(levers: LeverCollection, mei: User) -> None:
    client = signed_in(mei)
    sent = as_sent(PAGE, client)
    before = PACK.validate_python(levers.value()).model_dump()

    refused = client.post(PAGE, sent | {"levers__0__certainty": "maybe"})
    assert refused.status_code == 200
    assert "levers.0.certainty" in refused.content.decode()

    assert client.post(PAGE, sent | {"levers__0__cost_cad": "355"}).status_code == 302
    levers.refresh_from_db()
    after = PACK.validate_python(levers.value()).model_dump()
    assert after["levers"][0]["cost_cad"] == 355
    assert after["levers"][1:] == before["levers"][1:]
    assert Change.objects.filter(subject_kind="levercollection").exists()
