"""Every address of the site, as the right person, with its own forms spoiled: an answer, never a failure."""

import copy
import io
import itertools
import re
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

import hypothesis
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from config.encodings import knowing_only_ours
from eligibility.occupations import search
from eligibility.occupations.titles import TitleIndex
from eligibility.staff import drafts, jobs
from eligibility.wizard import clock, routing
from programs import store
from programs.models import ProgramVersion, RulebookRevision
from programs.packs.kinds import KINDS
from programs.rulebook import Rulebook
from tests.fuzz.cases import batch, cases, sent
from tests.fuzz.html_forms import Form, forms_of
from tests.fuzz.values import seeds, some_values, spoiled_bytes, spoiled_text, value
from tests.programs import feed
from tests.programs.conftest import MADE_UP, omar, packs, rules
from tests.programs.test_forbidden_paths import SENT, make_drafts, rows_of, undone
from tests.wizard.visitor import TODAY, Visitor, answer_as_asha

__all__ = ["omar", "packs", "rules"]

pytestmark = pytest.mark.database

Fields = dict[str, list[Any]]
LINK_TO_ANYTHING = "(?P<url>.*)$"
# Requests of one example.
MANY = batch(1, 25)


def routes(resolver: Any, before: str = "") -> Iterator[str]:
    """Every route of the site, as it is written."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from routes(each, route)
        elif LINK_TO_ANYTHING not in route:
            yield route


def addresses(route: str, of_names: dict[str, list[str]]) -> list[str]:
    """The addresses of a route, with every value that a part of it may have; a part without values fails here."""
    written = re.sub(r"\^?\(\?P<(\w+)>[^)]*\)(/?)\$?", r"<\1>\2", route).removesuffix("$")
    names = re.findall(r"<(?:\w+:)?(\w+)>", written)
    found = ["/" + written]
    for name in names:
        pattern = re.compile(rf"<(?:\w+:)?{name}>")
        found = [pattern.sub(lambda _match, to=value: to, one, count=1) for one in found for value in of_names[name]]
    return found


PAGES = [page.slug for page in routing.PAGES]


def public(secret: str) -> list[str]:
    """Every address that needs no account."""
    of_names = {
        "secret": [secret],
        "whose": [secret, f"{secret}/what-if/1", f"{secret}/what-if/9"],
        "slug": PAGES,
        "item": ["1", "9"],
        "scenario": ["1", "9"],
        "program": ["fsw", "nothing"],
        "identifier": ["fsw", "crs", "fst-trades", "nothing"],
        "code": ["21231", "99999"],
    }
    found = (route for route in routes(get_resolver()) if not route.startswith("staff/"))
    return [address for route in found for address in addresses(route, of_names)]


def of_staff() -> list[str]:
    """Every address below /staff/."""
    of_names = {
        "pk": [str(pk) for pk in (*ProgramVersion.objects.values_list("pk", flat=True), 9_999)] + ["worker"],
        "kind": [*drafts.KINDS, *KINDS, "nothing"],
        # The made-up rules count nothing, so they can judge nobody; tests/staff/test_pages.py looks at people.
        "person": ["nobody"],
        "name": ["index", "nothing"],
        "content_type_id": ["1", "x"],
        "id": [str(pk) for pk in User.objects.values_list("pk", flat=True)],
        "app_label": ["programs"],
    }
    found = []
    for route in routes(get_resolver()):
        if route.startswith("staff/"):
            model = re.match(r"staff/(programs|auth)/(\w+)/", route)
            rows = [str(row.pk) for row in rows_of(apps.get_model(model[1], model[2]))] if model else []
            found += addresses(route, of_names | {"object_id": [*rows, "9" * 30, "x"]})
    return found


def in_order(form: Form) -> Fields:
    """A form's fields, as many of each name as there are."""
    fields: Fields = {}
    for name, text in form.fields:
        fields.setdefault(name, []).append(text)
    return fields


def spoiled(pick: Random, form: Form) -> Fields:
    """The form with some of its fields taken away, sent several times, filled in oddly, or held by another's value."""
    fields = in_order(form)
    names = sorted(form.names) or sorted(SENT)
    for name in pick.choices(names, k=pick.randint(0, 3)):
        if form.offered.get(name):
            fields[name] = [pick.choice(form.offered[name])]
    for _ in range(pick.randint(0, 4)):
        name = pick.choice(names) if pick.random() < 0.7 else value(pick)
        match pick.choice(("odd", "odd", "several", "gone", "other", "spoiled")):
            case "gone":
                fields.pop(name, None)
            case "several":
                fields[name] = some_values(pick)
            case "other":
                fields[name] = fields.get(pick.choice(names), [])
            case "spoiled" if fields.get(name):
                fields[name] = [spoiled_text(pick, str(fields[name][0]))]
            case _:
                fields[name] = [value(pick)]
    for name in form.files:
        content = spoiled_bytes(pick, pick.choice(files())) if pick.random() < 0.7 else pick.randbytes(60)
        fields[name] = [SimpleUploadedFile(pick.choice(("a.yaml", "a.zip", "ü.csv", "x" * 140)), content)]
    return fields


@cache
def files() -> list[bytes]:
    """Files that could be meant."""
    return [feed.feed(feed.one()), *(path.read_bytes() for path in sorted(MADE_UP.rglob("*.yaml")))]


class Someone:
    """Somebody at the site, whose every request is undone."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._cookies = copy.deepcopy(client.cookies)
        self._forms: dict[str, list[Form]] = {}

    def forms(self, address: str) -> list[Form]:
        """The forms of a page, read once."""
        if address not in self._forms:
            response = self.request("get", address, None)
            is_page = response.status_code == 200 and "text/html" in response.headers.get("Content-Type", "")
            forms = forms_of(response.content.decode()) if is_page else []
            self._forms[address] = [form for form in forms if not form.action.endswith(("/leave/", "/logout/"))]
        return self._forms[address]

    def request(self, method: str, address: str, sending: Any, **more: Any) -> HttpResponse:
        sent["requests of every address"] += 1
        self.client.cookies = copy.deepcopy(self._cookies)
        number = RulebookRevision.current_number()
        with undone():
            response: Any = getattr(self.client, method)(address, sending, **more)
            has_changed = RulebookRevision.current_number() != number
        if has_changed:
            store.forget()
        assert response.status_code < 500, (method, address, sending)
        return response  # type: ignore[no-any-return]

    def send_anything(self, pick: Random, address: str) -> None:
        form = pick.choice([*self.forms(address), *self.forms(address), Form("post"), Form("get")])
        fields = spoiled(pick, form)
        to = form.action if form.action.startswith("/") else address
        if form.method == "get":
            self.request("get", to, fields)
        elif form.files or pick.random() < 0.3:
            self.request("post", to, fields)
        else:
            body = urlencode(fields, doseq=True)
            self.request("post", to, body, content_type="application/x-www-form-urlencoded")


@pytest.fixture
def asha(
    db: None, seeded: Rulebook, job_titles: TitleIndex, monkeypatch: pytest.MonkeyPatch
) -> tuple[Someone, list[str]]:
    """Asha, who has answered and has a scenario; and every address she could go to."""
    monkeypatch.setattr(store, "current", lambda: seeded)
    monkeypatch.setattr(search, "current_index", lambda: job_titles)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    visitor = Visitor(Client())
    answer_as_asha(visitor)
    visitor.send("what-if", name="Another test")
    return Someone(visitor.client), public(visitor.secret)


@pytest.fixture
def administrator(rules: Any, omar: User, monkeypatch: pytest.MonkeyPatch) -> tuple[Someone, list[str]]:
    """Someone who may do everything, among published rules and drafts of each; and every address of staff."""
    monkeypatch.setattr(jobs, "start_worker", lambda: None)
    make_drafts(omar)
    User.objects.create_user("mei", is_staff=True)
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return Someone(client), of_staff()


def some_of(everywhere: list[str], seed: int) -> Iterator[tuple[Random, str]]:
    """So many addresses as a batch has, each with what its case is made from."""
    for number in range(MANY):
        pick = Random(f"{seed}/{number}")
        yield pick, pick.choice(everywhere)


@cases(40, each=MANY, share=0.13)
@hypothesis.given(seed=seeds)
def test_whatever_is_sent_to_a_public_page(asha: tuple[Someone, list[str]], seed: int) -> None:
    someone, everywhere = asha
    for pick, address in some_of(everywhere, seed):
        someone.send_anything(pick, address)


@cases(40, each=MANY, share=0.07)
@hypothesis.given(seed=seeds)
def test_whatever_is_sent_to_a_page_of_staff(administrator: tuple[Someone, list[str]], seed: int) -> None:
    someone, everywhere = administrator
    for pick, address in some_of(everywhere, seed):
        someone.send_anything(pick, address)


ENCODINGS = (
    *("utf-8", "latin-1", "utf-16", "utf-7", "utf-32", "zlib", "hex", "rot13", "idna", "punycode", "mbcs"),
    *("undefined", "cp037", "x" * 300),
)


def status_of(method: str, address: str, question: str, kind: str, body: bytes) -> int:
    """How the site answers, asked as its server asks it; Django's test client fails on some encodings by itself."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": address,
        "QUERY_STRING": question,
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "HTTP_HOST": "localhost",
    }
    setup_testing_defaults(environ)
    answered: list[str] = []
    sent["requests in other encodings"] += 1
    # As the test client does: the test's connection stays open between requests.
    request_started.disconnect(close_old_connections)
    try:
        list(knowing_only_ours(WSGIHandler())(environ, lambda status, _headers, *_more: answered.append(status)))
    finally:
        request_started.connect(close_old_connections)
    return int(answered[0].split()[0])


def test_a_form_in_any_encoding_is_read_or_refused(asha: tuple[Someone, list[str]]) -> None:
    _someone, everywhere = asha
    secret = next(address.split("/")[2] for address in everywhere if address.startswith("/a/"))
    part = b'--B\r\nContent-Disposition: form-data; name="username"\r\n\r\n+2AA-\xff\xfe\xd8\r\n--B--\r\n'
    for encoding, address in itertools.product(ENCODINGS, ("/h1b/clock/", f"/a/{secret}/you/", "/staff/login/")):
        for kind, body in (
            (f"multipart/form-data; boundary=B; charset={encoding}", part),
            (f"application/x-www-form-urlencoded; charset={encoding}", b"username=%FF%00&q=+2AA-"),
            (f"application/json; charset*=utf-8''{encoding}", b'{"a": 1}'),
            ("multipart/form-data; boundary=" + "x" * 400, part),
        ):
            for method, question in (("POST", ""), ("GET", "q=%FF%00+2AA-")):
                status = status_of(method, address, question, kind, body)
                assert status < 500, (method, kind)
                assert encoding == "utf-8" or "charset" not in kind or status == 400, (method, kind)


def test_an_address_of_staff_that_names_nothing_is_not_there(administrator: tuple[Someone, list[str]]) -> None:
    someone, everywhere = administrator
    for address in everywhere:
        if "/programs/" in address and re.search(r"/x/(?!change|delete|history|$)", address):
            assert someone.request("get", address, None).status_code == 404, address
    for key in ("9" * 30, "x", "_00"):
        for page in ("change", "delete", "history"):
            address = f"/staff/programs/occupationguide/{key}/{page}/"
            # Django's own answer for a row that is not there is the first page, with a sentence.
            assert someone.request("get", address, None).status_code in (302, 404), address
    for name, number in (("program", "\0"), ("program", "x"), ("requirement", "9" * 30), ("source", "x")):
        assert someone.request("post", "/staff/freshness/checked/", {name: number}).status_code == 404


TOO_MUCH = {
    "bytes": "you=" + "x" * 3_000_000,
    "fields": "&".join(f"a{number}=1" for number in range(3_000)),
}


@pytest.mark.parametrize("much", TOO_MUCH)
@pytest.mark.parametrize("page", ["you", "work/add", "what-if"])
def test_more_than_a_form_can_be_is_refused_in_words_and_nothing_changes(
    asha: tuple[Someone, list[str]], much: str, page: str
) -> None:
    someone, everywhere = asha
    secret = next(address.split("/")[2] for address in everywhere if address.startswith("/a/"))
    client = someone.client
    before = client.get(f"/a/{secret}/check/").content
    response = client.post(f"/a/{secret}/{page}/", TOO_MUCH[much], content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "at most 2.5\N{NO-BREAK SPACE}MB and 1000 answers" in response.content.decode()
    assert client.get(f"/a/{secret}/check/").content == before
