"""Each role at all tasks of the staff in a browser: what it may do is there and works, all else is not offered."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, expect

from eligibility.models import Preview
from eligibility.staff import jobs
from programs.actions import NewVersionFrom, WithdrawVersion
from programs.models import (
    Editing,
    Notice,
    ReferenceTable,
    ReferenceTableVersion,
    Source,
    Status,
    WaitingChange,
    rules_unlocked,
)
from programs.packs.from_database import read_document
from programs.packs.yaml_files import plain, to_yaml
from tests.browser.applicant import Applicant
from tests.browser.conftest import Site, Visit
from tests.browser.people import TODAY
from tests.browser.staff import PASSWORD, Staff

pytestmark = pytest.mark.browser

# Which roles may do what, and on which page it is offered: (V)iewer, (E)ditor, (P)ublisher, (A)dministrator.
MATRIX = """
    first         link    Programs report                             V E P A
    first         link    When to look again                          - E P A
    first         button  Checked today, still true                   - E P A
    first         link    Resolve                                     - - P A
    first         link    Who may do what                             - - - A
    in force      link    What changes                                V E P A
    in force      link    History                                     V E P A
    in force      link    New version from this one                   - E P A
    in force      link    Roll back to                                - - P A
    in force      link    Withdraw                                    - - P A
    in force      button  Save                                        - - - -
    in force      link    Delete                                      - - - -
    draft         link    Preview                                     V E P A
    draft         link    What changes                                V E P A
    draft         link    History                                     V E P A
    draft         button  Save and continue editing                   - E P A
    draft         link    Rows from CSV                               - E P A
    draft         link    Delete                                      - E P A
    draft         link    Publish                                     - - P A
    preview       button  See the site with this draft                V E P A
    preview       button  Show the impact                             - E P A
    history       button  Save                                        - - - -
    history       link    Delete                                      - - - -
    files         link    Everything published                        V E P A
    files         button  Show what would come of it                  - E P A
    waiting       button  Put this in force                           - - P A
    waiting       button  Turn it down                                - - P A
"""
ROLES = ("Viewer", "Editor", "Publisher", "Administrator")
TABLE = "settlement-funds"
# Nothing that anyone does here is in force before this year, so each role finds the rules as they were.
LATER = 2090


@dataclass(frozen=True)
class Offer:
    """Something to press, and the roles to which it is offered."""

    page: str
    kind: Any
    name: str
    roles: frozenset[str]


def matrix() -> list[Offer]:
    offers = []
    for line in MATRIX.strip().splitlines():
        page, kind, name, *letters = re.split(r" {2,}", line.strip())
        given = {role for role, letter in zip(ROLES, letters[0].split(), strict=True) if letter == role[0]}
        offers.append(Offer(page, kind, name, frozenset(given)))
    return offers


@dataclass
class Office:
    """What there is to work at: drafts that someone else wrote, a notice, a change that waits."""

    omar: User
    in_force: ReferenceTableVersion
    draft: ReferenceTableVersion
    ready: ReferenceTableVersion
    notice: Notice
    waiting: WaitingChange


@pytest.fixture(scope="module")
def _undone_at_the_end(_server: Site) -> Iterator[None]:
    """The versions that were published and withdrawn here stay behind."""
    yield
    _server.has_other_rules = True


@pytest.fixture
def office(site: Site, _undone_at_the_end: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    settings.TWO_PERSON_RULE = True
    monkeypatch.setattr(jobs, "start_worker", lambda: None)
    omar, _made = User.objects.get_or_create(username="omar", defaults={"is_staff": True, "is_superuser": True})
    published = ReferenceTableVersion.objects.filter(reference_table=TABLE, status=Status.PUBLISHED)
    in_force = published.filter(effective_from__lte=TODAY).latest("effective_from")
    # What is withdrawn keeps its name.
    already = f"later-{ReferenceTableVersion.objects.count()}"
    made = [
        NewVersionFrom(in_force, dt.date(LATER + each, 1, 1), omar, f"{already}-{each}").execute() for each in (1, 2)
    ]
    notice = Notice(id="made-up", title_en="Made-up change", text_en="Made up.", confidence="reported")
    notice.reported_on, notice.concerns = TODAY, ["crs"]
    with transaction.atomic():
        notice.save()
        notice.sources.create(url="https://example.com/", title="Made up", as_of="2026", position=0)
    document = read_document("reference_table", TABLE)
    assert document is not None
    said = plain(document) | {"name": {"en": "Funds to settle", "fr": "Fonds"}}
    waiting = WaitingChange.objects.create(
        kind="reference_table", identifier=TABLE, title="Funds to settle", document=said, file="funds.yaml", by=omar
    )
    table = ReferenceTable.objects.get(pk=TABLE)
    unchecked = list(Source.objects.filter(checked_on=None).values_list("pk", flat=True))
    yield Office(omar, in_force, *made, notice, waiting)
    for version in published.filter(effective_from__year__gte=LATER):
        WithdrawVersion(version, omar, "The test is over.").execute()
    with rules_unlocked():
        in_force.effective_to = None
        in_force.save(update_fields=["effective_to"])
    ReferenceTableVersion.objects.filter(reference_table=TABLE, status=Status.DRAFT).delete()
    Preview.objects.all().delete()
    notice.delete()
    waiting.delete()
    table.save()
    Source.objects.filter(pk__in=unchecked).update(checked_on=None)
    assert published.latest("effective_from").pk == in_force.pk


class Desk(Staff):
    """Someone with a role, at a browser."""

    def __init__(self, visitor: Applicant, site: Site, role: str, office: Office) -> None:
        super().__init__(visitor.page, site.url)
        self.role, self.office, self.watch = role, office, visitor.watch
        self.draft = self.address(office.draft, "change")
        self.pages = {
            "first": self.at("index"),
            "in force": self.address(office.in_force, "change"),
            "draft": self.draft,
            "preview": self.at("preview_draft", "referencetableversion", office.draft.pk),
            "history": self.at("programs_change_changelist"),
            "files": self.at("files"),
            "waiting": self.at("files_waiting", office.waiting.pk),
        }

    def at(self, name: str, *arguments: Any) -> str:
        return self.origin + reverse(f"admin:{name}", args=arguments)

    def address(self, row: Any, action: str) -> str:
        return self.at(f"programs_{row._meta.model_name}_{action}", row.pk)

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def look(self) -> None:
        """Let axe look, over the shoulder of whoever is offered the most. Django's own tables of rows it dislikes."""
        if self.role == "Administrator" and not self.content.locator("th.original").count():
            self.watch.check(self.page)

    def offered(self, kind: Any, name: str) -> Locator:
        return self.content.get_by_role(kind, name=re.compile(rf"^{re.escape(name)}\b"))

    def press(self, name: str, told: str = "") -> None:
        with self.page.expect_navigation():
            self.offered("button", name).first.click()
        if told:
            self._is_told(told)

    def give_reason(self, name: str, told: str, **fields: str) -> None:
        """On a page that asks why: answer, and do it."""
        self.look()
        for label, value in fields.items():
            self.page.get_by_label(label.replace("_", " ")).fill(value)
        self.page.get_by_role("textbox", name="Why:", exact=True).fill("A test.")
        self.press(name, told)


# What each role does ---------------------------------------------------------------------------


def see_the_site_with_the_draft(desk: Desk) -> None:
    desk.page.goto(desk.pages["preview"])
    desk.press("See the site with this draft")
    expect(desk.page.get_by_role("complementary", name="Draft")).to_contain_text("You see a draft.")
    desk.page.get_by_role("button", name="Leave the draft").click()
    expect(desk.page.get_by_role("complementary", name="Draft")).to_have_count(0)


def pack_of_the_table() -> str:
    document = read_document("reference_table", TABLE)
    assert document is not None
    return to_yaml(document)


def take_rules_out(desk: Desk) -> None:
    answer = desk.page.context.request.get(desk.at("files_export", "reference_table", TABLE))
    assert answer.text() == pack_of_the_table()


def read_the_history_and_the_guide(desk: Desk) -> None:
    desk.go(desk.address(desk.office.draft, "history"))
    expect(desk.content).to_contain_text("new version made")
    desk.go(desk.address(desk.office.draft, "differences"))
    with desk.page.expect_navigation():
        desk.page.get_by_role("link", name="Guide", exact=True).click()
    titles = [link.inner_text() for link in desk.content.get_by_role("link").all()]
    assert len(titles) >= 4
    for title in titles if desk.role == "Administrator" else titles[:1]:
        desk.page.goto(desk.at("guide"))
        desk.follow(title)
        assert desk.page.evaluate("[...document.images].every((each) => each.complete && each.naturalWidth > 0)")
        desk.look()


def change_a_draft_beside_someone_else(desk: Desk) -> None:
    draft, omar = desk.office.draft, desk.office.omar
    Editing.objects.create(page=f"referencetableversion:{draft.pk}", by=omar, since=timezone.now())
    desk.page.goto(desk.draft)
    expect(desk.content).to_contain_text("omar opened this page at")
    draft.note_fr = "Les mots d'Omar"
    draft.save()
    desk.page.locator("input[name$=-value]:visible").first.fill("40123")
    desk.press("Save and continue editing")
    expect(desk.content).to_contain_text("Someone changed this while you were at it")
    desk.look()
    desk.press("Save mine over theirs", told="was changed successfully")
    assert 40123 in draft.rows.values_list("value", flat=True)
    desk.page.goto(desk.draft)
    expect(desk.content).to_contain_text(re.compile("What the checks say|The checks find nothing wrong"))


def make_a_version(desk: Desk) -> None:
    desk.page.goto(desk.pages["in force"])
    desk.make_new_version(dt.date(LATER + 5, 1, 1), "made-in-a-browser")
    if desk.role == "Editor":
        expect(desk.offered("link", "Publish")).to_have_count(0)
        return
    # The rule of two persons: not even an administrator publishes what they wrote.
    desk.follow("Publish")
    desk.page.get_by_role("textbox", name="Why:", exact=True).fill("A test.")
    desk.press("Publish")
    expect(desk.content).to_contain_text("another person has to publish it")
    expect(desk.page.get_by_role("textbox", name="Why:", exact=True)).to_have_value("A test.")


def ask_for_an_impact(desk: Desk) -> None:
    desk.page.goto(desk.pages["preview"])
    desk.press("Show the impact")
    expect(desk.page.get_by_role("progressbar")).to_be_visible()
    desk.page.goto(desk.pages["preview"])
    expect(desk.content.get_by_role("link", name=re.compile(r"^\d+ people"))).to_have_count(1)


def say_that_a_source_is_still_true(desk: Desk) -> None:
    desk.page.goto(desk.pages["first"])
    desk.press("Checked today, still true", told="1 source is noted as checked today")


def bring_rules_in(desk: Desk) -> None:
    pack = pack_of_the_table().encode()
    desk.page.goto(desk.pages["files"])
    for text, said in ((pack, "1 file says the same as here"), (pack.replace(b"kind:", b"kind: [", 1), "funds.yaml")):
        desk.page.get_by_label("A rule pack").set_input_files(
            [{"name": "funds.yaml", "mimeType": "application/yaml", "buffer": text}]
        )
        desk.press("Show what would come of it")
        expect(desk.content).to_contain_text(said)
        desk.page.goto(desk.pages["files"])


def publish_and_withdraw(desk: Desk) -> None:
    desk.page.goto(desk.address(desk.office.ready, "change"))
    desk.follow("Publish")
    desk.give_reason("Publish", "is published.")
    desk.follow("Withdraw")
    desk.give_reason("Withdraw", "is withdrawn.")
    expect(desk.offered("link", "Withdraw")).to_have_count(0)


def roll_back(desk: Desk) -> None:
    desk.page.goto(desk.pages["in force"])
    with desk.page.expect_navigation():
        desk.offered("link", "Roll back to").click()
    # A day for each role, because what was withdrawn keeps its name.
    day = dt.date(LATER, 1 + ROLES.index(desk.role), 1)
    desk.give_reason("Roll back to these rules", "Rolled back:", In_force_again_from=day.isoformat())


def resolve_a_notice(desk: Desk) -> None:
    desk.resolve("Made-up change", "It was made up.", TODAY)


def put_in_force_what_waits(desk: Desk) -> None:
    desk.page.goto(desk.pages["waiting"])
    desk.press("Put this in force", told="is in force as the file says")
    assert ReferenceTable.objects.get(pk=TABLE).name_en == "Funds to settle"


def let_someone_in(desk: Desk) -> None:
    User.objects.filter(username="newcomer").delete()
    desk.page.goto(desk.pages["first"])
    desk.follow("Who may do what")
    desk.look()
    desk.follow("Add account")
    desk.look()
    desk.page.get_by_label("Username").fill("newcomer")
    desk.page.get_by_label("Password:", exact=True).fill(PASSWORD)
    desk.page.get_by_label("Password confirmation").fill(PASSWORD)
    desk.press("Save")
    desk.look()
    desk.page.get_by_label("Viewer").check()
    desk.page.get_by_role("button", name="Save", exact=True).first.click()
    desk._is_told("was changed successfully")
    assert User.objects.get(username="newcomer").has_perm("programs.view_program")


DOES: dict[str, tuple[Callable[[Desk], None], ...]] = {
    "Viewer": (see_the_site_with_the_draft, take_rules_out, read_the_history_and_the_guide),
    "Editor": (
        ask_for_an_impact,
        change_a_draft_beside_someone_else,
        say_that_a_source_is_still_true,
        bring_rules_in,
        make_a_version,
    ),
    "Publisher": (publish_and_withdraw, roll_back, resolve_a_notice, put_in_force_what_waits),
    "Administrator": (let_someone_in,),
}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_offered_its_tasks_and_no_other(role: str, visit: Visit, site: Site, office: Office) -> None:
    visitor = visit()
    sign_in(visitor, site, f"{role.lower()}-at-work", role)
    desk = Desk(visitor, site, role, office)
    wrong: list[tuple[str, str, str]] = []
    for name, address in desk.pages.items():
        desk.go(address)
        wrong += [
            (name, offer.name, "is missing" if role in offer.roles else "is offered")
            for offer in matrix()
            if offer.page == name and bool(desk.offered(offer.kind, offer.name).count()) != (role in offer.roles)
        ]
    assert wrong == []
    for lower in ROLES[: ROLES.index(role) + 1]:
        for do in DOES[lower]:
            do(desk)


def test_nobody_else_is_offered_anything(visit: Visit, site: Site, office: Office) -> None:
    visitor = visit()
    desk = Desk(visitor, site, "nobody", office)
    for address in desk.pages.values():
        desk.page.goto(address)
        expect(desk.page).to_have_url(re.compile("/staff/login/"))
    sign_in(visitor, site, "nobody-at-work", None)
    for name, address in desk.pages.items():
        desk.page.goto(address)
        visitor.watch.expect_refusal(address, 403)
        if name == "first":
            expect(desk.content).to_contain_text("You may not look at anything here yet.")
        else:
            expect(desk.page.get_by_role("main")).not_to_contain_text(TABLE)
        expect(desk.content.get_by_role("button")).to_have_count(0)


def sign_in(visitor: Applicant, site: Site, name: str, role: str | None) -> None:
    """As someone who has just signed in; how that is done has tests of its own."""
    person, _made = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    person.groups.set(Group.objects.filter(name=role))
    client = Client()
    client.force_login(person)
    cookie = configured.SESSION_COOKIE_NAME
    visitor.page.context.add_cookies([{"name": cookie, "value": client.cookies[cookie].value, "url": site.url}])
