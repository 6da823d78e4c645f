"""Rules out as files, and in as drafts: shown first, never published, never over a draft; hostile files are refused."""

import html
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs import store
from programs.loading.rulebook import load_rulebook
from programs.models import (
    Change,
    Grid,
    GridVersion,
    Intake,
    Notice,
    Program,
    ProgramVersion,
    Status,
    WaitingChange,
)
from programs.packs import uploads
from programs.packs.from_database import read_document
from tests.programs.conftest import person_of, signed_in

pytestmark = pytest.mark.django_db
WORKER = "federal/programs/worker.yaml"
NOTICE = "federal/notices/change.yaml"


def files_page() -> str:
    return reverse("admin:files")


def sent(person: User, content: bytes, name: str = "worker.yaml") -> str:
    response = signed_in(person).post(files_page(), {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def confirm(person: User, page: str) -> Any:
    held = {name: re.search(rf'name="{name}" value="([^"]+)"', page) for name in ("held", "shown")}
    data = {name: found[1] for name, found in held.items() if found}
    return signed_in(person).post(files_page(), data, follow=True)


def pack(rules: Path, *changes: tuple[str, str], file: str = WORKER) -> bytes:
    text = (rules / file).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def with_contents_before_it(content: bytes) -> bytes:
    """A zip file whose last record says that its table of contents lies further on, as if much were cut off."""
    at = content.rindex(b"PK\x05\x06") + 16
    return content[:at] + (len(content) + 100).to_bytes(4, "little") + content[at + 4 :]


def zipped(**files: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return held.getvalue()


def test_what_is_taken_out_comes_back_as_nothing_new(rules: Path, mei: User) -> None:
    client = signed_in(mei)
    one = client.get(reverse("admin:files_export", args=["program", "worker"]))
    assert one.headers["Content-Disposition"] == 'attachment; filename="worker.yaml"'
    assert "1 file says the same as here" in sent(mei, one.content)
    everything = client.get(reverse("admin:files_export_all")).content
    names = zipfile.ZipFile(io.BytesIO(everything)).namelist()
    assert {WORKER, "rounds/express-entry-rounds.csv"} < set(names)
    page = sent(mei, everything, "rulebook.zip")
    assert "0 drafts would arrive" in page
    assert "left out" in page
    assert "Bring these in" not in page
    assert not WaitingChange.objects.exists()


def test_a_changed_version_is_shown_and_arrives_as_a_draft(rules: Path, mei: User) -> None:
    before = read_document("program", "worker")
    page = sent(mei, pack(rules, ("value: 18", "value: 21")))
    cells = re.findall(r"<t[hd][^>]*>([^<]+)</t[hd]>", page)
    assert any(cell.endswith("Age is at least") for cell in cells)
    assert {"18 years", "21 years"} <= set(cells)
    assert not ProgramVersion.objects.filter(status=Status.DRAFT).exists()

    assert "1 draft has arrived" in confirm(mei, page).content.decode()
    draft = ProgramVersion.objects.get(status=Status.DRAFT)
    assert (draft.label, draft.author, draft.origin) == ("worker-2025-file", mei, "staff")
    assert read_document("program", "worker") == before
    assert Change.objects.filter(what="imported", by=mei, in_version=f"programversion:{draft.pk}").exists()


def test_sent_twice_it_arrives_once_and_no_draft_is_written_over(rules: Path, mei: User) -> None:
    page = sent(mei, pack(rules, ("value: 18", "value: 21")))
    confirm(mei, page)
    assert "Something changed since this was shown" in confirm(mei, page).content.decode()
    assert ProgramVersion.objects.filter(status=Status.DRAFT).count() == 1
    other = sent(mei, pack(rules, ("value: 18", "value: 22")))
    assert "worker-2025-file-2" in other
    confirm(mei, other)
    assert set(ProgramVersion.objects.filter(status=Status.DRAFT).values_list("label", flat=True)) == {
        "worker-2025-file",
        "worker-2025-file-2",
    }


def decide(person: User, change: WaitingChange, what: str = "put_in_force") -> Any:
    client, address = signed_in(person), reverse("admin:files_waiting", args=[change.pk])
    page = html.unescape(client.get(address).content.decode())
    shown = re.search(r'name="shown" value="([^"]*)"', page)
    return client.post(address, {what: "1", "shown": shown[1] if shown else ""}, follow=True)


def test_what_would_be_in_force_at_once_waits_for_a_publisher(rules: Path, mei: User, omar: User) -> None:
    page = sent(mei, pack(rules, ("status: open", "status: cap_reached"), ("Made-up worker program", "A new name")))
    assert "waits until a publisher puts it in force" in page
    assert "0 drafts would arrive" in page
    assert "cap reached" in page
    assert "1 change waits for a publisher" in confirm(mei, page).content.decode()
    change = WaitingChange.objects.get()
    assert "From files, waiting" in signed_in(mei).get(reverse("admin:index")).content.decode()
    assert (Intake.objects.get().status, Program.objects.get().name_en) == ("open", "Made-up worker program")

    assert decide(mei, change).status_code == 403, "who edits does not put in force"
    assert Intake.objects.get().status == "open"
    versions = list(ProgramVersion.objects.values_list("pk", "status"))
    assert "is in force as the file says" in html.unescape(decide(omar, change).content.decode())
    assert (Intake.objects.get().status, Program.objects.get().name_en) == ("cap_reached", "A new name")
    assert list(ProgramVersion.objects.values_list("pk", "status")) == versions
    put = Change.objects.get(what="imported", belongs_to="program:worker")
    assert (put.by, put.before["name"], put.after["name"]["en"]) == (omar, put.before["name"], "A new name")
    assert "already decided" in decide(omar, change).content.decode()


def test_who_brought_it_in_does_not_put_it_in_force(rules: Path, omar: User, mei: User, settings: Any) -> None:
    settings.TWO_PERSON_RULE = True
    confirm(omar, sent(omar, pack(rules, ("status: open", "status: paused"))))
    change = WaitingChange.objects.get()
    assert "another person has to put it in force" in html.unescape(decide(omar, change).content.decode())
    assert Intake.objects.get().status == "open"
    decide(omar, change, "turn_down")
    change.refresh_from_db()
    assert change.state == "turned_down"
    assert Intake.objects.get().status == "open"


def test_what_moved_since_it_was_shown_is_shown_again(rules: Path, mei: User, omar: User) -> None:
    confirm(mei, sent(mei, pack(rules, ("status: open", "status: closed"))))
    change = WaitingChange.objects.get()
    client, address = signed_in(omar), reverse("admin:files_waiting", args=[change.pk])
    shown = re.search(r'name="shown" value="([^"]+)"', client.get(address).content.decode())
    assert shown
    Intake.objects.update(status="paused")
    page = client.post(address, {"put_in_force": "1", "shown": shown[1]}).content.decode()
    assert "Something changed since this was shown" in page
    assert Intake.objects.get().status == "paused"


def test_a_notice_a_grids_name_and_sources_wait_too(rules: Path, mei: User, omar: User) -> None:
    files = {
        "notice__yaml": pack(rules, ("title: A change is reported", "title: Never mind"), file=NOTICE),
        "new__yaml": pack(rules, ("id: change", "id: other"), file=NOTICE),
        "grid__yaml": pack(rules, ("name: ", "name: Renamed "), file="federal/grids/points.yaml"),
    }
    page = sent(mei, zipped(**files), "x.zip")
    assert "3 changes would wait" in page
    confirm(mei, page)
    assert Notice.objects.get().title_en == "A change is reported"
    for change in WaitingChange.objects.all():
        decide(omar, change)
    assert set(Notice.objects.values_list("id", "title_en")) == {
        ("change", "Never mind"),
        ("other", "A change is reported"),
    }
    assert Grid.objects.get().name_en.startswith("Renamed")
    assert "3 files say the same as here" in sent(mei, zipped(**files), "x.zip")


def test_something_new_is_made_with_drafts_only(rules: Path, mei: User) -> None:
    revision = store.current().revision
    grid = pack(rules, ("id: points\n", "id: other-points\n"), file="federal/grids/points.yaml")
    confirm(mei, sent(mei, grid))
    assert Grid.objects.get(pk="other-points").versions.get().status == Status.DRAFT  # type: ignore[attr-defined]
    assert GridVersion.objects.filter(grid="points").count() == 1
    store.forget()
    assert store.current().revision == revision


def test_a_new_program_waits_as_a_whole_and_its_versions_arrive_as_drafts(rules: Path, mei: User, omar: User) -> None:
    revision = store.current().revision
    newcomer = pack(rules, ("id: worker\n", "id: newcomer\n"), ("Made-up worker program", "A newcomer"))
    page = sent(mei, newcomer)
    assert "It would be seen at once, so it waits until a publisher adds it" in page
    confirm(mei, page)
    store.forget()
    assert not Program.objects.filter(pk="newcomer").exists()
    assert store.current().revision == revision
    assert "The very same waits" in sent(mei, newcomer)
    page = html.unescape(decide(omar, WaitingChange.objects.get()).content.decode())
    assert "2 drafts have arrived" in page
    drafts = ProgramVersion.objects.filter(program="newcomer")
    assert {(draft.status, draft.author) for draft in drafts} == {("draft", mei)}
    assert Intake.objects.filter(program="newcomer").exists()
    assert "says the same as here" in sent(mei, newcomer)


def test_errors_name_file_and_line_and_are_told_all_at_once(rules: Path, mei: User) -> None:
    wrong = pack(rules, ("in_list: wanted", "in_list: wantde"), ("{fact: age", "{fact: agee"))
    line = next(number for number, each in enumerate(wrong.decode().splitlines(), 1) if "agee" in each)
    page = sent(mei, zipped(worker__yaml=wrong, again__yaml=pack(rules), broken__yaml=b"kind: [program"), "some.zip")
    assert f"worker.yaml, line {line}" in page
    assert "did you mean “wanted”?" in page
    assert "is already in again.yaml" in page
    assert "not well-formed YAML" in page
    assert not ProgramVersion.objects.filter(status=Status.DRAFT).exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "aliases and anchors"),
        (b"kind: !!python/object/apply:os.system [echo]\n", "tags (!) are not used"),
        (b"!!binary aGVsbG8=\n", "tags (!) are not used"),
        (b"[" * 300_000, "nested too deeply"),
        (b"{a: " * 5000, "nested too deeply"),
        (b"kind: " + b"9" * 5000, "this number is too long"),
        (b'kind: "\\0"', "a character that no text has"),
        (b"\xff\xfe\x00", "neither text in UTF-8 nor a zip file"),
        (b"  \n", "The file is empty"),
        (b"# nothing\n", "the file is empty"),
        (b"just a sentence", "line 1"),
        (b"- a\n- b\n", "line 1"),
        (b"PK\x03\x04 but no zip file", "cannot be opened"),
        (with_contents_before_it(zipped(one__yaml=b"kind: x")), "cannot be opened"),
        (zipped(notes__txt=b"hello"), "There is no YAML file in the zip file"),
        (zipped(bomb__yaml=b"a" * 1_000_001), "too large for a pack"),
        (b"a" * 1_000_001, "at most 1000 kB"),
    ],
    ids=range(17),
)
def test_what_is_hostile_or_no_pack_is_refused_in_words(rules: Path, mei: User, content: bytes, said: str) -> None:
    assert said in sent(mei, content)


def test_too_much_in_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_UNPACKED_BYTES", 10)
    with pytest.raises(uploads.UploadRefused, match="too large"):
        uploads.unpacked(zipped(one__yaml=b"123456", two__yaml=b"123456"), "x.zip")
    monkeypatch.setattr(uploads, "MAX_PACKS", 1)
    with pytest.raises(uploads.UploadRefused, match="more than 1"):
        uploads.unpacked(zipped(one__yaml=b"1", two__yaml=b"2"), "x.zip")
    monkeypatch.setattr(uploads, "MAX_BYTES", 3)
    with pytest.raises(uploads.UploadRefused, match="at most"):
        uploads.unpacked(b"1234", "x.yaml")


def test_only_what_this_page_held_is_taken(rules: Path, mei: User) -> None:
    response = signed_in(mei).post(files_page(), {"held": "made-up", "shown": "x"})
    assert "Choose it again" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "looks", "brings"),
    [
        (None, 403, 403),
        ("Viewer", 200, 403),
        ("Editor", 200, 200),
        ("Publisher", 200, 200),
        ("Administrator", 200, 200),
    ],
)
def test_viewers_take_out_and_editors_bring_in(rules: Path, role: str | None, looks: int, brings: int) -> None:
    client = signed_in(person_of(role))
    for name, args in (("files", []), ("files_release", []), ("files_export_all", [])):
        assert client.get(reverse(f"admin:{name}", args=args)).status_code == looks
    assert client.get(reverse("admin:files_export", args=["program", "worker"])).status_code == looks
    assert client.post(files_page(), {"file": SimpleUploadedFile("x.yaml", pack(rules))}).status_code == brings
    offered = "Show what would come of it" in client.get(files_page()).content.decode()
    assert offered is (brings == 200)
    if looks == 200:
        assert client.get(reverse("admin:files_export", args=["program", "nothing"])).status_code == 404
        assert client.get(reverse("admin:files_export", args=["nothing", "worker"])).status_code == 404


def test_what_a_newer_release_says_otherwise_than_staff_is_shown(rules: Path, mei: User) -> None:
    assert "say what the release says" in signed_in(mei).get(reverse("admin:files_release")).content.decode()
    intake = Intake.objects.get()
    intake.status = "closed"
    intake.save()
    (rules / WORKER).write_bytes(pack(rules, ("value: 18", "value: 21"), ("status: open", "status: paused")))
    load_rulebook(rules)
    client = signed_in(mei)
    first = client.get(reverse("admin:index")).content.decode()
    assert "Arrived with a newer release" in first
    assert "Made-up worker program worker-2025-pack" in first
    draft = ProgramVersion.objects.get(label="worker-2025-pack")
    page = reverse("admin:programs_programversion_differences", args=[draft.pk])
    told = client.get(page).content.decode()
    assert "Age is at least" in told
    assert "21 years" in told
    differing = html.unescape(client.get(reverse("admin:files_release")).content.decode())
    assert "Intake › from 1 January 2024 › status" in differing
    assert "paused" in differing
    assert "closed" in differing
