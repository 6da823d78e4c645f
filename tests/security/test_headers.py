"""Every route's real response under a public site's settings: what Mozilla's Observatory gives A+ for, and more."""

import re
from http.cookies import Morsel
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.security.routes import Route, every_route
from tests.wizard.visitor import JOB, Visitor

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
}
ONE_YEAR = 31_536_000
# What a browser would have to run or draw although it stands in the page itself. Data for search engines is not run.
INLINE = re.compile(
    rb"<style|<[^>]+\sstyle=|<[^>]+\son[a-z]+=|javascript:|<script(?![^>]*(\ssrc=|type=\"application/))"
)


def faults(response: Any, *, is_private: bool) -> list[str]:
    """What is missing from, or wrong in, the headers and the body of a response."""
    headers, found = response.headers, []

    def want(holds: object, what: str) -> None:
        if not holds:
            found.append(what)

    policy = headers.get("Content-Security-Policy", "")
    want(dict(part.strip().partition(" ")[::2] for part in policy.split(";")) == POLICY, f"policy: {policy}")
    hsts = headers.get("Strict-Transport-Security", "")
    age = re.match(r"max-age=(\d+); includeSubDomains; preload$", hsts)
    want(age and int(age[1]) >= ONE_YEAR, f"HSTS: {hsts}")
    want(headers.get("Referrer-Policy") in ("same-origin", "no-referrer"), "referrer")
    want(headers.get("X-Frame-Options") == "DENY", "frames")
    want(headers.get("X-Content-Type-Options") == "nosniff", "sniffing")
    want(headers.get("Cross-Origin-Opener-Policy") == "same-origin", "opener")
    want(headers.get("Cross-Origin-Resource-Policy") == "same-origin", "resource")
    want("geolocation=()" in headers.get("Permissions-Policy", ""), "permissions")
    want(re.fullmatch("[0-9a-f]{32}", headers.get("X-Request-ID", "")), "no id of its own")
    want("Access-Control-Allow-Origin" not in headers, "lets other sites read it")
    want(not {"Server", "X-Powered-By", "Via"} & set(headers), "tells what it runs on")
    if is_private:
        want(headers.get("Cache-Control") == "no-store", f"kept by caches: {headers.get('Cache-Control')}")
        want(headers.get("X-Robots-Tag") == "noindex", "found by search engines")
    elif "public" in headers.get("Cache-Control", ""):
        want(not response.cookies, "a cookie on a page that caches keep")
    for cookie in response.cookies.values():
        found += faults_of_cookie(cookie)
    kind = headers.get("Content-Type", "")
    if not response.streaming and response.content:
        want("charset=utf-8" in kind.replace('"', "") or not kind.startswith("text/"), f"type: {kind}")
        if kind.startswith("text/html"):
            inline = INLINE.search(response.content)
            want(not inline, f"inline: {inline and response.content[inline.start() : inline.end() + 60]!r}")
    return found


def faults_of_cookie(cookie: "Morsel[str]") -> list[str]:
    wanted = {
        "the __Host- prefix": cookie.key.startswith("__Host-"),
        "Secure": cookie["secure"] is True,
        "HttpOnly": cookie["httponly"] is True,
        "SameSite": cookie["samesite"] in ("Lax", "Strict"),
        "Path=/": cookie["path"] == "/",
        "no Domain": not cookie["domain"],
    }
    return [f"cookie {cookie.key} without {what}" for what, holds in wanted.items() if not holds]


def walked(client: Client, routes: list[Route], secret: str) -> list[tuple[str, str, int, list[str]]]:
    """What is wrong with responses to GET and, once for all models of admin that share a page, to POST."""
    wrong, sent_to = [], set()
    for route in routes:
        address = route.address(secret)
        methods = ["get"] if route.page in sent_to else ["get", "post"]
        sent_to.add(route.page)
        for method in methods:
            response = getattr(client, method)(address)
            found = faults(response, is_private=route.is_private or route.is_staff)
            if found or response.status_code >= 500:
                wrong.append((method, address, response.status_code, found))
    return wrong


def test_public_routes(public: Client) -> None:
    routes = [route for route in every_route() if not route.is_private and not route.is_staff]
    assert len(routes) > 15
    assert walked(public, routes, "") == []


def test_private_routes(asha: Visitor) -> None:
    asha.add("work", **JOB)
    asha.send("canada", present="no", job_offer="yes")
    routes = [route for route in every_route() if route.is_private]
    # What deletes comes last, and then every page once more without answers.
    routes.sort(key=lambda route: route.name.endswith(("delete", "remove")))
    assert len(routes) > 10
    assert walked(asha.client, routes, asha.secret) == []
    assert asha.client.get(asha.url("you")).status_code == 404
    assert walked(asha.client, routes, asha.secret) == []


def test_staff_routes(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    # The test client keeps a copy of all that every template was given, which nobody looks at here.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_copied, **_more: None)
    routes = [route for route in every_route() if route.is_staff and not route.name.endswith("logout")]
    assert len(routes) > 100
    reached = [route for route in routes if route.name == "admin:index"]
    assert staff.get(reached[0].address("")).status_code == 200
    assert walked(staff, routes, "") == []


def test_staff_routes_for_who_is_not_signed_in(public: Client) -> None:
    of_one_model = ("admin:programs_program_", "admin:auth_user_")
    routes = [
        route
        for route in every_route()
        if route.is_staff and (route.name.startswith(of_one_model) or route.name.count("_") < 2)
    ]
    assert walked(public, routes, "") == []


@pytest.mark.parametrize("address", ["/nothing/here/", "/a/never-given/you/", "/a/", "/staff/nothing/", "/%00"])
def test_errors(public: Client, address: str) -> None:
    response = public.get(address)
    assert response.status_code in (302, 404)
    assert faults(response, is_private=address.startswith(("/a/", "/staff/"))) == []


def test_tracing_is_not_answered(public: Client) -> None:
    for address in ("/", "/programs/", "/staff/login/", "/a/never-given/you/"):
        response = public.trace(address, HTTP_X_TOLD="quilt-zq")
        assert b"quilt-zq" not in response.content
        assert response.headers.get("Content-Type") != "message/http"


def test_a_failure_of_the_program(public: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: Any) -> None:
        raise RuntimeError("1991-02-03")

    monkeypatch.setattr("eligibility.answers.store.start", fail)
    response = public.post("/start/")
    assert response.status_code == 500
    assert b"1991" not in response.content
    assert faults(response, is_private=False) == []


def test_static_files_and_what_is_no_static_file(public: Client, tmp_path: Path, settings: Any) -> None:
    (tmp_path / "one.css").write_text("p { color: red }")
    settings.STATIC_ROOT = tmp_path
    for address, status in (("/static/one.css", 200), ("/static/", 404), ("/static/..%2fsettings.py", 404)):
        response = public.get(address)
        assert response.status_code == status
        assert faults(response, is_private=False) == []


def test_without_https_every_page_sends_there_and_shows_nothing(production: None) -> None:
    for address in ("/", "/programs/", "/staff/", "/a/a-secret/you/"):
        response = Client(SERVER_NAME="northbound.example").get(address)
        assert response.status_code == 301
        assert response.headers["Location"] == f"https://northbound.example{address}"
        assert response.content == b""
        assert not response.cookies
