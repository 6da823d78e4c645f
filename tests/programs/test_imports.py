"""Importing rounds, the pool and draws: shown first, all or nothing, never twice, and on record."""

import contextlib
import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from programs import store
from programs.imports import files
from programs.imports.files import FileRefused
from programs.imports.plan import Answers, CannotImport, Plan, carry_out, plan_import
from programs.imports.tables import DRAWS, POOL, ROUNDS
from programs.loading.rulebook import RULE_PACKS, load_rulebook
from programs.models import Change, Draw, Origin, PoolBand, Round, RulebookRevision
from tests.programs import feed
from tests.programs.conftest import signed_in

pytestmark = pytest.mark.django_db
BOTH = (ROUNDS, POOL)
HEADER = "round_number,date,name,kind,round_type,invitations,crs_cutoff,source"
ROW = "3,2026-02-04,Made-up round,cec,program,400,520,https://example.org/rounds/3"


def table(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *rows)).encode()


def plan(content: bytes, tables: Any = BOTH, **options: Any) -> Plan:
    return plan_import(content, "a-file", tables, "https://example.org/feed.json", **options)


def problems(found: Plan) -> list[tuple[str, str]]:
    return [(problem.column, problem.message) for row in found.of("wrong") for problem in row.problems]


def everything() -> list[Any]:
    return [list(table.model._default_manager.order_by("pk").values()) for table in (ROUNDS, POOL, DRAWS)]


@pytest.fixture
def pnp(rules: Path) -> None:
    """A round by whose name others are known."""
    Round.objects.filter(number="2").update(name="Provincial Nominee Program")


def test_nothing_is_written_by_looking(pnp: None) -> None:
    before = everything()
    found = plan(feed.feed(feed.one()))
    assert found.can_be_done
    assert found.counts == {"new": 19}
    assert everything() == before


def test_a_feed_is_read_as_it_is_typed(pnp: None) -> None:
    carry_out(plan(feed.feed(feed.one("91a"), feed.one("91b", drawCRS=None, drawCutOff=""))))
    first, second = Round.objects.get(number="91a"), Round.objects.get(number="91b")
    assert (first.invitations, first.cutoff, first.kind) == (3500, 725, "pnp")
    assert first.round_type == Round.RoundType.PROGRAM
    assert first.includes_nomination_points
    assert first.time_utc == dt.datetime(2026, 11, 18, 15, 0, 1, tzinfo=dt.UTC)
    assert first.tie_break == dt.datetime(2026, 10, 18, 7, 18, 52, tzinfo=dt.UTC)
    assert first.source == "https://www.canada.ca/en/rounds/invitations.html?q=91a"
    assert (second.cutoff, second.tie_break) == (None, None)
    assert PoolBand.objects.filter(date=dt.date(2026, 11, 15)).count() == 18
    assert PoolBand.objects.get(date=dt.date(2026, 11, 15), range_low=501).candidates == 21070


def test_importing_twice_changes_nothing_more(pnp: None) -> None:
    content = feed.feed(feed.one(), feed.one("449"))
    carry_out(plan(content))
    before = everything()
    again = plan(content)
    assert again.counts == {"same": 20}
    carry_out(again)
    assert everything() == before


def test_a_changed_round_is_shown_field_by_field_and_keeps_what_the_file_does_not_say(pnp: None) -> None:
    carry_out(plan(feed.feed(feed.one())))
    Round.objects.filter(number="448").update(note="Checked by hand.")
    found = plan(feed.feed(feed.one(drawCRS="726", drawSize="3,501", drawCutOff="")))
    (row,) = found.of("changed")
    assert [(one.column, one.before, one.after) for one in row.changes] == [
        ("invitations", "3500", "3501"),
        ("crs_cutoff", "725", "726"),
    ]
    carry_out(found)
    changed = Round.objects.get(number="448")
    assert (changed.cutoff, changed.note, changed.origin) == (726, "Checked by hand.", Origin.STAFF)
    assert changed.tie_break is not None


def test_processes_see_an_import_at_once(pnp: None) -> None:
    assert "448" not in {one.number for one in store.current().rounds}
    number = RulebookRevision.current_number()
    carry_out(plan(feed.feed(feed.one())))
    assert RulebookRevision.current_number() > number
    store.forget()
    book = store.current()
    assert "448" in {one.number for one in book.rounds}
    assert book.pool[-1].date == dt.date(2026, 11, 15)
    assert book.pool[-1].total == 209_798


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"drawSize": "many"}, "invitations", "3,500"),
        ({"drawSize": "3.500"}, "invitations", "not a whole number"),
        ({"drawSize": ""}, "invitations", "must not be"),
        ({"drawCRS": "1,201"}, "", "round_cutoff_to_1200"),
        ({"drawCRS": "-5"}, "crs_cutoff", "not a whole number"),
        ({"drawDate": "18/11/2026"}, "date", "2026-03-05"),
        ({"drawDate": "2026-02-30"}, "date", "not a date"),
        ({"drawDateTime": "04/05/2026 10:00 UTC"}, "drawDateTime", "March 5, 2026 at 14:39:41 UTC"),
        ({"drawDateTime": "November 18, 2026 at 15:00:01 EST"}, "drawDateTime", "cannot be read as one date"),
        ({"drawDateTime": "November 1, 2026 at 15:00:01 UTC"}, "time_utc", "not the day of the round"),
        ({"drawCutOff": "December 18, 2026 at 15:00:01 UTC"}, "tie_break_utc", "comes before"),
        ({"drawName": "Astronauts, 2026-Version 1"}, "name", "Choose one of: cec, pnp"),
        ({"drawNumber": ""}, "round_number", "must not be"),
        ({"drawName": ["a list"]}, "drawName", "text or a whole number"),
        ({"dd18": "209,799"}, "dd18", "209798"),
        ({"drawDistributionAsOn": ""}, "drawDistributionAsOn", "write the day"),
        ({"dd3": "some"}, "candidates", "not a whole number"),
    ],
)
def test_an_error_names_the_row_the_field_and_what_would_be_right(
    pnp: None, changes: dict[str, Any], column: str, says: str
) -> None:
    before = everything()
    found = plan(
        feed.feed(feed.one(**changes), feed.one("449", drawDistributionAsOn="", **dict.fromkeys(feed.POOL, "0")))
    )
    assert any(column == where and says in message for where, message in problems(found)), problems(found)
    assert found.of("wrong")[0].place == "round 1 of the file"
    with pytest.raises(CannotImport):
        carry_out(found)
    assert everything() == before


def test_staff_tell_the_kind_of_a_new_name_and_it_is_known_from_then_on(pnp: None) -> None:
    content = feed.feed(feed.one(drawName="Astronauts, 2026-Version 1"))
    assert plan(content).asks == ("Astronauts, 2026-Version 1",)
    carry_out(plan(content, answers=Answers({"Astronauts, 2026-Version 1": "cec"}, frozenset())))
    stored = Round.objects.get(number="448")
    assert (stored.kind, stored.round_type, stored.includes_nomination_points) == ("cec", "program", False)
    assert plan(feed.feed(feed.one("449", drawName="Astronauts (Version 2)"))).can_be_done


def test_a_row_may_be_left_out_knowingly(pnp: None) -> None:
    content = feed.feed(feed.one(), feed.one("449", drawSize="many"))
    wrong = plan(content).of("wrong")
    found = plan(content, answers=Answers({}, frozenset(row.index for row in wrong)))
    carry_out(found)
    assert not Round.objects.filter(number="449").exists()
    record = Change.objects.filter(what=Change.What.IMPORTED).get()
    assert record.after["left_out"] == 1


def test_our_own_tables_come_out_as_they_went_in(real_rules: Path, tmp_path: Path) -> None:
    """Loading the real rules takes seconds, so it is done once for everything that needs them."""
    for kind in (ROUNDS, POOL, DRAWS):
        assert set(plan((RULE_PACKS / kind.file).read_bytes(), (kind,)).counts) == {"same"}
    call_command("export_rulebook", str(tmp_path), verbosity=0)
    for kind in (ROUNDS, POOL, DRAWS):
        written, own = ((folder / kind.file).read_text().splitlines() for folder in (tmp_path, RULE_PACKS))
        assert written[0] == own[0]
        assert sorted(written) == sorted(own)
    # A category that had no round yet is known by its program's name.
    carry_out(plan(feed.feed(feed.one(drawName="Researchers with Canadian Work Experience, 2026-Version 1"))))
    stored = Round.objects.get(number="448")
    assert (stored.kind, stored.round_type) == ("researchers_canadian_experience", "category")


def test_a_table_is_imported_and_the_packs_never_take_it_back(rules: Path) -> None:
    carry_out(plan(table(ROW, "1,2026-01-07,Made-up round,cec,program,1001,,https://example.org/rounds/1")))
    assert Round.objects.get(number="1").cutoff is None
    assert Round.objects.get(number="3").cutoff == 520
    path = rules / ROUNDS.file
    path.write_text(path.read_text().replace(",1000,500,", ",999,499,"))
    load_rulebook(rules)
    assert Round.objects.get(number="1").invitations == 1001


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"a\0b", "not text"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "JSON"),
        (b'{"rounds": {}}', "no list"),
        (b'{"rounds": [1]}', "no list"),
        (b'{"rounds": []}', "no list"),
        (b"a,b\n1,2\n", "Missing: "),
        (f"{HEADER},name\n{ROW},x".encode(), "twice"),
        (HEADER.encode(), "no rows"),
        (f'{HEADER}\n3,"open'.encode(), "CSV"),
        (b"x" * (files.MAX_BYTES + 1), "at most"),
        ("\n".join([HEADER, *[ROW] * (files.MAX_ROWS + 1)]).encode(), "Import it in parts"),
    ],
)
def test_a_file_that_is_nothing_of_the_kind_is_refused_with_a_sentence(db: Any, content: bytes, says: str) -> None:
    with pytest.raises(FileRefused, match=says):
        plan(content)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (f"{ROW}\n{ROW}", "twice, also at line 2"),
        (f"{ROW},more", "put texts with commas in quotes"),
        ("3,2026-02-04", "shorter than the first line"),
        (ROW.replace("cec,program", "cecc,program"), "Choose one of: cec, pnp"),
        (ROW.replace("program", "programme"), "general, program, category"),
        (ROW.replace("https://example.org/rounds/3", "rounds/3"), "valid URL"),
        (ROW.replace("3,2026", "12345678901,2026", 1), "at most 10 characters"),
    ],
)
def test_a_wrong_row_of_a_table_is_named(rules: Path, row: str, says: str) -> None:
    assert says in " ".join(message for _column, message in problems(plan(table(row))))


def test_a_draw_names_programs_and_grids_that_exist(rules: Path) -> None:
    header = "id,authority,programs,date,kind_en,invitations,fewer_than,grid,lowest_score,source,as_of"
    good = "x-2026,ab,worker,2026-11-01,Everyone,,10,points,60,https://example.org,2026-11"
    bad = good.replace("worker", "nobody").replace("x-2026", "y-2026")
    worse = good.replace("points", "nothing").replace("x-2026", "z-2026")
    found = plan(table(good, bad, worse, header=header), (DRAWS,))
    assert [row.state for row in found.rows] == ["new", "wrong", "wrong"]
    assert "no program with the id nobody" in problems(found)[0][1]
    carry_out(plan(table(good, header=header), (DRAWS,)))
    assert Draw.objects.get().fewer_than == 10
    store.forget()
    (draw,) = store.current().draws_of("worker", since=dt.date(2026, 1, 1), until=dt.date(2026, 12, 31))
    assert (draw.grid, draw.lowest_score, draw.kind.in_language("fr")) == ("points", 60, "Everyone")


def _changed(value: Any) -> st.SearchStrategy[Any]:
    strange = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.integers(), max_size=2),
        st.dictionaries(st.text(max_size=3), st.integers(), max_size=1),
        st.sampled_from(["9" * 40, "２０２６-11-18", "1,,0", "\u0000", "Nov 31, 2026 at 1:00 UTC", "0", "999,999,999"]),
    )  # fmt: skip
    return st.dictionaries(st.sampled_from(sorted(value)), strange, min_size=1, max_size=4).map(
        lambda new: {**value, **new}
    )


@pytest.mark.django_db
@hypothesis.settings(
    max_examples=40, deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@given(rounds=st.lists(_changed(feed.one()), min_size=1, max_size=3))
def test_whatever_a_feed_holds_it_is_imported_whole_or_not_at_all(pnp: None, rounds: list[dict[str, Any]]) -> None:
    before = everything()
    content = json.dumps({"rounds": rounds}).encode()
    try:
        found = plan(content)
    except FileRefused:
        assert everything() == before
        return
    try:
        carry_out(found)
    except CannotImport:
        assert everything() == before
    else:
        assert plan(content).counts.keys() == {"same"}
    Round.objects.exclude(number__in=("1", "2")).delete()
    PoolBand.objects.all().delete()
    Round.objects.bulk_update([Round(**row) for row in before[0]], ["date", "name", "kind", "invitations", "cutoff"])


@hypothesis.settings(
    max_examples=40, deadline=None, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_a_table_holds_reading_it_never_fails_oddly(pnp: None, data: st.DataObject) -> None:
    content = table(ROW, ROW.replace("3,2026", "4,2026", 1)).decode()
    at = data.draw(st.integers(0, len(content)))
    to = data.draw(st.integers(at, min(len(content), at + 30)))
    strange = content[:at] + data.draw(st.text(max_size=10)) + content[to:]
    before = everything()
    with contextlib.suppress(FileRefused):
        plan(strange.encode("utf-8", "surrogatepass"))
    assert everything() == before


# The page


def upload(name: str, content: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content), "source": "https://example.org/feed.json"}


ADDRESS = "admin:programs_round_import"


def held(html: Any) -> dict[str, str]:
    context = html.context
    return {"held": context["held"], "shown": context["plan"].fingerprint}


def test_staff_look_then_confirm_and_it_is_on_record(pnp: None, omar: User) -> None:
    client = signed_in(omar)
    shown = client.post(reverse(ADDRESS), upload("ee_rounds.json", feed.feed(feed.one())))
    assert "19 new, 0 changed" in " ".join(shown.content.decode().split())
    assert not Round.objects.filter(number="448").exists()
    done = client.post(reverse(ADDRESS), held(shown) | {"import": "1"}, follow=True)
    assert "is imported: 19 new, 0 changed, 0 the same." in done.content.decode()
    assert Round.objects.filter(number="448").exists()
    record = Change.objects.filter(what=Change.What.IMPORTED).get()
    assert (record.by, record.by_name, record.subject) == (omar, "omar", "ee_rounds.json")
    assert record.after["new"] == 19
    assert record.after["rows"]["448"]["crs_cutoff"] == "725"


def test_the_page_asks_for_the_kind_and_keeps_what_was_chosen(pnp: None, omar: User) -> None:
    client = signed_in(omar)
    content = feed.feed(feed.one(drawName="Astronauts"), feed.one("449", drawSize="x"))
    shown = client.post(reverse(ADDRESS), upload("feed.json", content))
    html = shown.content.decode()
    assert "Import all of this" not in html
    assert "Which kind of round is it?" in html
    (index,) = [row.index for row in shown.context["plan"].of("wrong") if row.subject == "449"]
    answers = {"name": "Astronauts", "kind-0": "cec", "leave_out": str(index)}
    again = client.post(reverse(ADDRESS), held(shown) | answers | {"check": "1"})
    html = again.content.decode()
    assert '<option value="cec" selected>' in html
    assert "Import all of this" in html
    client.post(reverse(ADDRESS), held(again) | answers | {"import": "1"})
    assert Round.objects.get(number="448").kind == "cec"


def test_what_moved_meanwhile_is_shown_again_and_not_done(pnp: None, omar: User) -> None:
    client = signed_in(omar)
    shown = client.post(reverse(ADDRESS), upload("feed.json", feed.feed(feed.one())))
    Round.objects.create(
        number="448", date=dt.date(2026, 11, 18), name="By hand", kind="pnp", round_type="program", invitations=1,
        source="https://example.org",
    )  # fmt: skip
    again = client.post(reverse(ADDRESS), held(shown) | {"import": "1"})
    assert "Something changed since this was shown." in again.content.decode()
    assert Round.objects.get(number="448").name == "By hand"


@pytest.mark.parametrize("content", [b"{", b"\xff", b"a,b\n1,2", b"x" * (files.MAX_BYTES + 1), b"[" * 50_000])
def test_a_hostile_upload_gets_a_sentence(omar: User, content: bytes) -> None:
    answer = signed_in(omar).post(reverse(ADDRESS), upload("strange.csv", content))
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize("posted", [{"held": "forged"}, {"held": ""}, {}, {"held": "a:b:c", "import": "1"}])
def test_what_the_page_did_not_hand_out_is_not_taken(omar: User, posted: dict[str, str]) -> None:
    before = everything()
    assert signed_in(omar).post(reverse(ADDRESS), posted).status_code == 200
    assert everything() == before


def test_only_those_who_may_add_and_change_may_import(pnp: None, zoe: User, omar: User) -> None:
    assert signed_in(zoe).get(reverse(ADDRESS)).status_code == 403
    for name in ("round", "poolband", "draw"):
        listed = signed_in(omar).get(reverse(f"admin:programs_{name}_changelist"))
        assert reverse(f"admin:programs_{name}_import") in listed.content.decode()
    assert reverse(ADDRESS) in signed_in(omar).get(reverse("admin:index")).content.decode()


# The command


def run(path: Path, *options: str) -> tuple[str, str, int]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_rounds", str(path), *options, stdout=out, stderr=err)
    except SystemExit as leaving:
        return out.getvalue(), err.getvalue(), int(str(leaving.code))
    return out.getvalue(), err.getvalue(), 0


def test_the_command_says_first_and_writes_then(pnp: None, tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_bytes(feed.feed(feed.one()))
    out, err, status = run(path, "--dry-run", "--source", "https://example.org/feed.json")
    assert (err, status) == ("", 0)
    assert "19 new, 0 changed, 0 same, 0 wrong" in out
    assert not Round.objects.filter(number="448").exists()
    assert run(path, "--source", "https://example.org/feed.json")[2] == 0
    assert Round.objects.filter(number="448").exists()


def test_the_command_names_errors_on_standard_error_and_imports_nothing(pnp: None, tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    path.write_bytes(feed.feed(feed.one(), feed.one("449", drawSize="many")))
    _out, err, status = run(path)
    assert status == 1
    assert "feed.json: round 2 of the file (449): invitations: “many” is not a whole number" in err
    assert "Nothing was imported" in err
    assert not Round.objects.filter(number="448").exists()
    assert run(tmp_path / "no-such-file.csv")[2] == 1
