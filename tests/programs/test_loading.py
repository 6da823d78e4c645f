"""Loading packs: once is enough, everything or nothing, and staff's work is never overwritten."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from programs import store
from programs.actions import NewVersionFrom, PublishVersion
from programs.loading.rulebook import load_rulebook
from programs.models import (
    Change,
    Intake,
    JobTitle,
    Occupation,
    Program,
    ProgramVersion,
    Requirement,
    Round,
    RulebookRevision,
    Status,
)
from programs.packs.errors import PackErrors
from programs.packs.from_database import read_document
from programs.packs.yaml_files import read_pack

pytestmark = pytest.mark.django_db
WORKER = "federal/programs/worker.yaml"


def edit(rules: Path, old: str, new: str, file: str = WORKER) -> None:
    path = rules / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def new_version(rules: Path) -> None:
    """Give the pack a version from 2027 on, which ends the one before."""
    edit(rules, "effective_from: 2025-01-01", "effective_from: 2025-01-01\n    effective_to: 2026-12-31")
    text = "examples:"
    later = (
        "  - {version: worker-2027, effective_from: 2027-01-01, "
        'source: "https://example.org/worker", as_of: 2026-01-01}\n'
    )
    edit(rules, text, later + text)


def test_everything_is_loaded(rules: Path) -> None:
    assert Program.objects.get().versions.count() == 2
    assert Occupation.objects.count() == JobTitle.objects.count() == 3
    assert JobTitle.objects.get(language="fr").normalised == "electricien electricienne"
    assert Round.objects.get(number="2").includes_nomination_points
    assert Change.objects.filter(what=Change.What.LOADED).count() == 7


def test_loading_again_changes_nothing(rules: Path, django_assert_max_num_queries: Any) -> None:
    number = RulebookRevision.current_number()
    with django_assert_max_num_queries(8):
        assert load_rulebook(rules) == []
    assert RulebookRevision.current_number() == number


def test_a_changed_pack_that_nobody_touched_is_followed(rules: Path) -> None:
    new_version(rules)
    edit(rules, "It costs something.", "It costs more.")
    assert load_rulebook(rules) == [f"{WORKER}: updated"]
    assert read_document("program", "worker") == read_pack(rules / WORKER).document
    assert ProgramVersion.objects.get(label="worker-2025").effective_to == dt.date(2026, 12, 31)
    assert not ProgramVersion.objects.filter(status=Status.WITHDRAWN).exists()


def test_a_corrected_version_takes_the_place_of_the_former_which_is_kept(rules: Path) -> None:
    edit(rules, "value: 18", "value: 19")
    load_rulebook(rules)
    assert read_document("program", "worker") == read_pack(rules / WORKER).document
    former = ProgramVersion.objects.get(status=Status.WITHDRAWN)
    assert former.label == "worker-2025"
    assert former.requirements.count() == 2


def test_a_version_that_left_the_pack_is_withdrawn(rules: Path) -> None:
    text = (rules / WORKER).read_text(encoding="utf-8")
    start, end = text.index("  - version: worker-2024"), text.index("  - version: worker-2025")
    (rules / WORKER).write_text(text[:start] + text[end:], encoding="utf-8")
    load_rulebook(rules)
    assert ProgramVersion.objects.get(label="worker-2024").status == Status.WITHDRAWN
    assert read_document("program", "worker") == read_pack(rules / WORKER).document


def test_what_staff_published_stays_and_the_pack_arrives_as_a_draft(rules: Path, omar: User) -> None:
    version = ProgramVersion.objects.get(label="worker-2025")
    draft = NewVersionFrom(version, dt.date(2026, 7, 1), omar).execute()
    PublishVersion(draft, omar, "A new rule.").execute()
    before = read_document("program", "worker")
    new_version(rules)

    said = load_rulebook(rules)

    assert any("worker-2027: arrived as a draft" in line for line in said)
    assert read_document("program", "worker") == before
    arrived = ProgramVersion.objects.get(label="worker-2027")
    assert (arrived.status, arrived.origin) == (Status.DRAFT, "pack")
    assert "Staff have worked" in arrived.remark
    # What the pack says of a version that staff closed themselves comes beside it, under another name.
    assert ProgramVersion.objects.get(label="worker-2025-pack").status == Status.DRAFT
    assert load_rulebook(rules) == []


def test_a_draft_of_staffs_is_work_too(rules: Path, mei: User) -> None:
    NewVersionFrom(ProgramVersion.objects.get(label="worker-2025"), dt.date(2027, 1, 1), mei, "worker-2027").execute()
    new_version(rules)
    load_rulebook(rules)
    assert ProgramVersion.objects.get(label="worker-2027").origin == "staff"
    assert ProgramVersion.objects.get(label="worker-2027-pack").status == Status.DRAFT


def test_what_staff_changed_beside_the_versions_is_kept_and_the_rest_follows(rules: Path) -> None:
    intake = Intake.objects.get()
    intake.status = "closed"
    intake.save()
    edit(rules, "status: open", "status: paused")
    edit(rules, "Read the page.", "Read it twice.")
    said = load_rulebook(rules)
    assert f"{WORKER}: intake: kept as staff have it; the pack says otherwise" in said
    assert f"{WORKER}: next_steps: updated" in said
    document: Any = read_document("program", "worker")
    assert document.intake[0].status == "closed"
    assert document.next_steps[0].text.en == "Read it twice."


def test_a_round_that_staff_changed_is_kept(rules: Path) -> None:
    Round.objects.filter(number="1").update(invitations=999, origin="staff")
    edit(rules, ",1000,500,", ",1001,501,", "rounds/express-entry-rounds.csv")
    edit(rules, ",300,711,", ",301,712,", "rounds/express-entry-rounds.csv")
    load_rulebook(rules)
    assert dict(Round.objects.values_list("number", "invitations")) == {"1": 999, "2": 301}


def test_errors_name_file_line_and_key_and_nothing_is_loaded(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(rules, "in_list: wanted", "in_list: wantde")
    edit(rules, "{fact: age", "{fact: agee")
    edit(rules, "title: A change is reported", "title: Another title", "federal/notices/change.yaml")
    number = RulebookRevision.current_number()
    with pytest.raises(SystemExit) as stopped:
        call_command("load_rulebook", rules)
    told = capsys.readouterr().err
    assert stopped.value.code == 1
    text = (rules / WORKER).read_text(encoding="utf-8").splitlines()
    line = next(number for number, each in enumerate(text, 1) if "agee" in each)
    assert f"worker.yaml:{line}: versions.1.requirements.0.any_of.0.0.fact: there is no fact" in told
    assert "did you mean “wanted”?" in told
    assert RulebookRevision.current_number() == number
    assert read_document("notice", "change").title.en == "A change is reported"  # type: ignore[union-attr]


def test_a_pack_in_the_wrong_place_is_refused(rules: Path) -> None:
    (rules / WORKER).rename(rules / "federal/programs/other.yaml")
    with pytest.raises(PackErrors, match="belongs in federal/programs/worker.yaml"):
        load_rulebook(rules)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("occupations/noc-2021.csv", ",1,2,21,212,2123\n21232", ",9,2,21,212,2123\n21232"),
        ("occupations/noc-2021.csv", "code,", "kode,"),
        ("occupations/noc-2021-titles.csv", "21232", "99999"),
        ("rounds/express-entry-rounds.csv", "2026-01-07,", "2026-13-07,"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(rules: Path, file: str, old: str, new: str) -> None:
    edit(rules, old, new, file)
    with pytest.raises(PackErrors):
        load_rulebook(rules)


def test_changed_job_titles_take_the_place_of_the_former(rules: Path) -> None:
    edit(rules, "Software engineer,", "Programmer,", "occupations/noc-2021-titles.csv")
    load_rulebook(rules)
    assert set(JobTitle.objects.values_list("title", flat=True)) == {
        ".NET developer",
        "Programmer",
        "Électricien/électricienne",
    }


def test_the_command_says_what_it_did(packs: Path, db: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_rulebook", packs)
    assert "federal/programs/worker.yaml: new" in capsys.readouterr().out
    call_command("load_rulebook", packs)
    assert capsys.readouterr().out == "The rules are up to date.\n"


def test_requirements_of_a_loaded_version_point_to_their_sources(rules: Path) -> None:
    requirement = Requirement.objects.select_related("source").get(key="age")
    assert requirement.source.title_fr == "Programme"
    assert store.current().revision
