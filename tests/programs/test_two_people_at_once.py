"""Two people at one page: whoever saves second is asked, sees both, and loses nothing without wanting to."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from programs.actions import NewVersionFrom, PublishVersion
from programs.models import Condition, GridVersion, PointsTable, ProgramVersion, Source
from tests.programs.conftest import person_of, signed_in
from tests.programs.sent import fields
from tests.programs.test_admin import form_data, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria(db: Any) -> User:
    return person_of("Editor", "maria")


@pytest.fixture
def noor(db: Any) -> User:
    return person_of("Publisher", "noor")


def opened(client: Any, address: str, changes: Any = None) -> dict[str, str]:
    """A page as a browser would send it back, with its token."""
    response = client.get(address)
    return form_data(response, changes or {}) | {"_seen": response.context["seen"]}


def requirement_of_draft(by: User) -> Any:
    draft: Any = NewVersionFrom(ProgramVersion.objects.get(label="worker-2025"), dt.date(2026, 7, 1), by).execute()
    return draft.requirements.get(key="age")


def age(requirement: Any) -> Any:
    return Condition.objects.get(requirement=requirement, kind="fact", route=1).value


def test_the_second_to_save_is_asked_and_keeps_what_was_typed(rules: Path, maria: User, noor: User) -> None:
    row = requirement_of_draft(maria)
    first, second = signed_in(maria), signed_in(noor)
    hers, theirs = opened(first, page(row)), opened(second, page(row))
    assert first.post(page(row), hers | {"text_en": "Maria's words"}).status_code == 302
    response = second.post(page(row), theirs | {"text_en": "Noor's words"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "maria" in html
    assert "Maria&#x27;s words" in html  # what was changed meanwhile
    assert "Noor&#x27;s words" in html  # what was typed
    row.refresh_from_db()
    assert row.text_en == "Maria's words"
    # Sent again as it stands, it is asked again; with the choice to overwrite, it is saved.
    again = theirs | {"text_en": "Noor's words", "_seen": response.context["seen"]}
    assert second.post(page(row), again).status_code == 200
    assert second.post(page(row), again | {"_overwrite": response.context["conflict"].now}).status_code == 302
    row.refresh_from_db()
    assert row.text_en == "Noor's words"


def test_the_choice_to_overwrite_holds_for_what_was_seen_and_nothing_later(
    rules: Path, maria: User, noor: User
) -> None:
    row = requirement_of_draft(maria)
    first, second = signed_in(maria), signed_in(noor)
    theirs = opened(second, page(row)) | {"text_en": "Noor's words"}
    first.post(page(row), opened(first, page(row)) | {"text_en": "Maria's words"})
    conflict = second.post(page(row), theirs).context["conflict"]
    first.post(page(row), opened(first, page(row)) | {"text_en": "Maria's better words"})
    assert second.post(page(row), theirs | {"_overwrite": conflict.now}).status_code == 200
    row.refresh_from_db()
    assert row.text_en == "Maria's better words"


def test_a_changed_row_inside_the_page_counts_too(rules: Path, maria: User, noor: User) -> None:
    row = requirement_of_draft(maria)
    second = signed_in(noor)
    theirs = opened(second, page(row)) | {"text_en": "Noor's words"}
    Condition.objects.filter(requirement=row, fact="age").update(value=21)
    assert second.post(page(row), theirs).status_code == 200
    assert age(row) == 21


def test_figures_of_a_grid_count_too(rules: Path, maria: User, noor: User) -> None:
    draft: Any = NewVersionFrom(GridVersion.objects.get(), dt.date(2026, 11, 3), maria).execute()
    table = PointsTable.objects.get(factor__version=draft, factor__key="age")
    address = page(table.factor)
    first, second = signed_in(maria), signed_in(noor)
    hers, theirs = fields(first.get(address)), fields(second.get(address))
    assert first.post(address, hers | {"cell-1-0": "31"}).status_code == 302
    answer = second.post(address, theirs | {"cell-1-0": "32"})
    assert "Someone changed this while you were at it" in answer.content.decode()
    assert fields(answer)["cell-1-0"] == ["32"]
    table.refresh_from_db()
    assert table.points[1][0] == 31


def test_two_people_at_two_pages_do_not_meet(rules: Path, maria: User, noor: User) -> None:
    row = requirement_of_draft(maria)
    other = row.version.requirements.get(key="work")
    first, second = signed_in(maria), signed_in(noor)
    hers, theirs = opened(first, page(row)), opened(second, page(other))
    assert first.post(page(row), hers | {"text_en": "Maria's words"}).status_code == 302
    assert second.post(page(other), theirs | {"text_en": "Noor's words"}).status_code == 302


def test_what_was_changed_without_these_pages_counts_too(rules: Path, maria: User) -> None:
    source = Source.objects.get(url="https://example.org/unused")
    client = signed_in(maria)
    hers = opened(client, page(source)) | {"title_en": "Maria's title"}
    Source.objects.filter(pk=source.pk).update(title_en="Loaded title")
    assert "rules were loaded" in client.post(page(source), hers).content.decode()


def test_what_was_typed_for_a_version_published_meanwhile_is_given_back(rules: Path, maria: User, noor: User) -> None:
    row = requirement_of_draft(maria)
    client = signed_in(maria)
    hers = opened(client, page(row)) | {"text_en": "Maria's words"}
    PublishVersion(row.version, noor, "Why.").execute()
    response = client.post(page(row), hers)
    assert response.status_code == 403
    assert "Maria&#x27;s words" in response.content.decode()


def test_what_was_typed_for_something_deleted_meanwhile_is_given_back(rules: Path, maria: User) -> None:
    row = requirement_of_draft(maria)
    client = signed_in(maria)
    hers = opened(client, page(row)) | {"text_en": "Maria's words"}
    address = page(row)
    row.delete()
    assert "Maria&#x27;s words" in client.post(address, hers).content.decode()


def test_people_see_who_else_has_the_page_open(rules: Path, maria: User, noor: User) -> None:
    row = requirement_of_draft(maria)
    first, second = signed_in(maria), signed_in(noor)
    hers = opened(first, page(row))
    assert "maria opened this page at" in second.get(page(row)).content.decode()
    first.post(page(row), hers)
    assert "maria opened this page at" not in second.get(page(row)).content.decode()


def test_the_history_of_a_program_holds_everything_below_it(rules: Path, maria: User) -> None:
    row = requirement_of_draft(maria)
    client = signed_in(maria)
    client.post(page(row), opened(client, page(row)) | {"text_en": "Maria's words"})
    html = client.get(page(row.version.program, "history"), follow=True).content.decode()
    assert "History of program “worker”" in html
    assert "Maria&#x27;s words" in html
    assert "new version made" in html
