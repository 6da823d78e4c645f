"""One person's way through the site: reads pages, fills in forms, goes on after a page that says to try again."""

import asyncio
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle

import httpx

from benchmarks.soak.forms import Form, forms_of
from benchmarks.soak.people import Answering, Typed

# The server's own page for passing faults says when to try again. A person waits that long, here shortened.
PAUSE = 1.0
PATIENCE = 240.0
_DOOR = re.compile(r'<section class="nb-door"\s+id="program-([^"]+)">.*?nb-mark nb-mark--([a-z_]+)', re.DOTALL)


_GROUPED = re.compile(r'id="(group|program)-([A-Za-z0-9_-]+)"')


@dataclass(frozen=True)
class Shown:
    """What a person's pages say of each program: its group, the verdict in the file to save, and perhaps its mark."""

    groups: dict[str, str]
    verdicts: dict[str, str]
    shapes: dict[str, str]


class Lost(Exception):  # noqa: N818 (a sentence says more)
    """Something that was acknowledged is not there, or a page says what it must not."""


@dataclass
class Seen:
    """What all people met together."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    # Times without any answer: nobody listened, or the connection was cut in the midst of a request.
    refused: int = 0
    cut: int = 0
    too_often: int = 0
    sent_again: int = 0
    lost: list[str] = field(default_factory=list)
    raw_errors: list[str] = field(default_factory=list)


class Walk:
    """A person at the site, at one or several addresses of it in turn; `address` is the person's own."""

    def __init__(self, client: httpx.AsyncClient, origins: list[str], seen: Seen, address: str) -> None:
        self.client = client
        self.origins = cycle(origins)
        self.seen = seen
        self.address = address
        self.cookies: dict[str, str] = {}
        self.link = ""

    # Asking, as patiently as people do

    async def ask(self, method: str, path: str, data: list[tuple[str, str]] | None = None) -> httpx.Response:
        """Ask until there is an answer that is no fault; what was typed is sent again from the page that holds it."""
        until = time.monotonic() + PATIENCE
        while True:
            response = await self._once(method, path, data)
            if response is not None and response.status_code == httpx.codes.TOO_MANY_REQUESTS:
                self.seen.too_often += 1
                raise Lost(f"{method} {_masked(path)}: refused as too often")
            if response is not None and response.status_code < 500:
                return response
            if response is not None:
                data = self._after_fault(response, method, data)
            if time.monotonic() > until:
                raise Lost(f"{method} {_masked(path)}: no answer in {PATIENCE:.0f} s")
            await asyncio.sleep(PAUSE)

    async def _once(self, method: str, path: str, data: list[tuple[str, str]] | None) -> httpx.Response | None:
        body: dict[str, list[str]] = {}
        for name, value in data or []:
            body.setdefault(name, []).append(value)
        started = time.perf_counter()
        origin = next(self.origins)
        try:
            # As the proxy in front writes it, which the servers are told to believe: limits hold for each address.
            headers = {"Cookie": self._cookie_header(), "X-Forwarded-For": self.address}
            request = self.client.build_request(method, origin + path, data=body or None, headers=headers)
            response = await self.client.send(request)
        except httpx.ConnectError:
            self.seen.refused += 1
            return None
        except httpx.TransportError:
            self.seen.cut += 1
            return None
        self.seen.seconds.append(time.perf_counter() - started)
        self.seen.statuses[response.status_code] += 1
        for name, value in response.cookies.items():
            self.cookies[name] = value
        return response

    def _cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _after_fault(
        self, response: httpx.Response, method: str, data: list[tuple[str, str]] | None
    ) -> list[tuple[str, str]] | None:
        """What to send next: the page of a fault has to hold what was typed."""
        text = response.text
        if response.status_code != 503 or not re.search(
            "We cannot (reach our records|evaluate your answers) now", text
        ):
            self.seen.raw_errors.append(f"{response.status_code}: {' '.join(text.split())[:120]}")
            return data
        if method != "POST" or data is None:
            return data
        self.seen.sent_again += 1
        forms = forms_of(text)
        if not forms or sorted(_typed(forms[0].pairs)) != sorted(_typed(data)):
            raise Lost("the page of the fault does not hold what was typed")
        return forms[0].pairs

    # The questionnaire

    async def start(self) -> None:
        """Begin on the first page."""
        page = (await self.ask("GET", "/")).text
        form = next(form for form in forms_of(page) if form.action == "/start/")
        response = await self.ask("POST", "/start/", form.filled({}))
        self.link = re.match(r"/a/[^/]+/", response.headers["Location"])[0]  # type: ignore[index]

    async def answer(self, person: Answering) -> None:
        """Answer every step; each is found stored when its page is opened again."""
        for place, given in person.steps.items():
            if isinstance(given, list):
                for thing in given:
                    await self._fill(f"{self.link}{place}/add/", thing)
            else:
                await self._fill(f"{self.link}{place}/", given)

    async def _fill(self, path: str, typed: Typed) -> None:
        """Fill in a page until it leads on: without JavaScript it comes back with further questions."""
        for _attempt in range(8):
            form = await self._form(path)
            response = await self.ask("POST", path, form.filled(typed))
            where = response.headers.get("Location", "").split("#")[0].split("?")[0]
            if response.status_code != 302:
                raise Lost(f"{_masked(path)} answered {response.status_code}")
            leads_on = not (where == path or re.fullmatch(re.escape(path.removesuffix("add/")) + r"\d+/", where))
            if leads_on:
                return
            path = where
        raise Lost(f"{_masked(path)} never led on")

    async def _form(self, path: str) -> Form:
        response = await self.ask("GET", path)
        if response.status_code != 200:
            raise Lost(f"{_masked(path)} answered {response.status_code}")
        return next(form for form in forms_of(response.text) if form.action == path)

    async def finds_answers(self, person: Answering) -> None:
        """Open every page again: what was acknowledged has to be on it, and nobody else's."""
        for place, given in person.steps.items():
            if isinstance(given, list):
                for number, thing in enumerate(given, 1):
                    await self._finds(f"{self.link}{place}/{number}/", thing)
            elif "any" not in given:
                await self._finds(f"{self.link}{place}/", given)

    async def _finds(self, path: str, typed: Typed) -> None:
        form = await self._form(path)
        held: dict[str, list[str]] = {}
        for name, value in form.pairs:
            held.setdefault(name, []).append(value)
        for name, value in typed.items():
            wanted = value if isinstance(value, list) else [value]
            if name in form.names and sorted(map(_plain, held.get(name, []))) != sorted(map(_plain, wanted)):
                raise Lost(f"{_masked(path)}: {name} is not as it was acknowledged")

    async def results(self, *, is_all_read: bool) -> Shown:
        """What the person's own pages say of each program. The page with everything opened is long, so few read it."""
        groups = _in_groups((await self.ask("GET", f"{self.link}results/")).text)
        saved = (await self.ask("GET", f"{self.link}my-plan/assessment.json")).json()
        shapes = {}
        if is_all_read:
            shapes = dict(_DOOR.findall((await self.ask("GET", f"{self.link}results/all/")).text))
        return Shown(groups, {program["id"]: program["verdict"] for program in saved["programs"]}, shapes)


def _in_groups(page: str) -> dict[str, str]:
    """Each program's group on the page of results."""
    found, group = {}, ""
    for kind, name in _GROUPED.findall(page):
        if kind == "group":
            group = name
        else:
            found[name] = group
    return found


def _typed(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in pairs if name != "csrfmiddlewaretoken"]


def _plain(value: str) -> str:
    return value.replace(",", "").removesuffix(".0")


def _masked(path: str) -> str:
    return re.sub(r"^/a/[^/]+/", "/a/…/", path)
