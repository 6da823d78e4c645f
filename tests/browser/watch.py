"""What must never happen in a visitor's browser: a complaint, a call to elsewhere, something axe finds."""

import hashlib
import re
from typing import Any, ClassVar

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

# Everything that WCAG 2.2 asks for up to level AA, and what axe's authors recommend beyond it.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# The page as it stands, without what nobody can perceive now: scripts, and what is folded away. The results of a
# person hold every program there is, and axe would take a quarter of a minute to find that they are hidden.
SNAPSHOT = """() => {
  const copy = document.documentElement.cloneNode(true);
  for (const each of copy.querySelectorAll("script, details:not([open]) > :not(summary)")) each.remove();
  return "<!DOCTYPE html>" + copy.outerHTML;
}"""
# Styles that come after the first drawing may set colours in motion, and axe is to see where they come to rest.
RUN_AXE = """(options) => {
  for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
  return axe.run(document, {...options, resultTypes: ["violations"]}).then((found) => found.violations);
}"""
# What differs each time a page is drawn, and means nothing to axe.
_SECRETS = re.compile(r'/a/[\w-]+/|name="(csrfmiddlewaretoken|token)" value="[^"]*"')


class Watch:
    """Watches all pages of one browser context."""

    _seen: ClassVar[set[str]] = set()
    _copies: ClassVar[dict[tuple[str, str], Page]] = {}

    def __init__(self, chromium: Browser, context: BrowserContext, origin: str, **options: Any) -> None:
        """`origin` is the only place that may be asked for anything; `options` are the context's own."""
        self.origin = origin
        self.complaints: list[str] = []
        self.went_elsewhere: list[str] = []
        # Axe cannot run without JavaScript, so it looks at a copy of the page in a browser that has it.
        self._chromium = chromium
        self._options = options | {"java_script_enabled": True}
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", self._on_request)
        # No test leaves this machine: whoever asks for another place is told that it is empty.
        context.route(lambda url: not self._is_ours(url), self._answer_for_elsewhere)

    def check(self, page: Page) -> None:
        """Let axe look at a page, unless it has seen the same one at this size."""
        body = page.evaluate(SNAPSHOT)
        look = hashlib.sha256(f"{sorted(self._options.items())} {_SECRETS.sub('', body)}".encode()).hexdigest()
        if look in self._seen:
            return
        found = self._shown(page.url.partition("#")[0], body).evaluate(RUN_AXE, {"runOnly": RULES})
        told = [f"{page.url}: {one['id']}: {one['help']}: {node['html']}" for one in found for node in one["nodes"]]
        assert told == [], "\n".join(told)
        self._seen.add(look)

    def assert_calm(self) -> None:
        """Nothing was complained of, and nothing left the site."""
        assert self.complaints == []
        assert self.went_elsewhere == []

    def expect_refusal(self, address: str, status: int) -> None:
        """Browsers complain of every 404 and 403; this one was meant."""
        meant = f"{address}: Failed to load resource: the server responded with a status of {status}"
        self.complaints = [each for each in self.complaints if not each.startswith(meant)]

    def _shown(self, address: str, body: str) -> Page:
        """A copy of the page at `address`, in the place of the last one: styles and axe are loaded once for all."""
        key = (self.origin, str(sorted(self._options.items())))
        copy = self._copies.get(key)
        if copy is None:
            copy = self._copies[key] = self._chromium.new_context(**self._options).new_page()
            copy.route(address, lambda route: route.fulfill(body="<!DOCTYPE html>", content_type="text/html"))
            copy.goto(address)
            copy.unroute(address)
            copy.evaluate(AXE_SCRIPT)
        copy.evaluate("(address) => history.replaceState(null, '', address)", address)
        copy.set_content(body)
        return copy

    def _is_ours(self, url: str) -> bool:
        return url.startswith((f"{self.origin}/", "data:", "blob:", "about:"))

    def _on_console(self, message: Any) -> None:
        # Django's admin has no icon of its own, and browsers ask for one.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            self.complaints.append(f"{message.location['url']}: {message.text}")

    def _on_request(self, request: Request) -> None:
        if not self._is_ours(request.url):
            self.went_elsewhere.append(request.url)

    def _answer_for_elsewhere(self, route: Route) -> None:
        route.fulfill(body="<title>Elsewhere</title>", content_type="text/html")
