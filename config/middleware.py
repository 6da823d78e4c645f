"""What every response passes through: a request id, one log line, and the headers Django does not set."""

import logging
import re
import uuid
from collections.abc import Callable
from time import perf_counter

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

from config import metrics
from config.encodings import is_ours
from config.log import masked, request_id

GetResponse = Callable[[HttpRequest], HttpResponseBase]

log = logging.getLogger("northbound.request")

# Probes come every few seconds and static files by the dozen; only a failing one is news.
UNREMARKABLE = ("/healthz", "/readyz", "/metrics", "/static/")

# What a proxy in front may name a request by: 32 hexadecimal digits, as nginx and UUIDs have them, and nothing that
# could say more.
_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.ASCII)


class RequestLog:
    """Give each request an id, and log and count it when answered: method, path, status, time; no more."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        identifier = given.replace("-", "") if _ID.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(identifier)
        started = perf_counter()
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = identifier
            seconds = perf_counter() - started
            metrics.count(request, response.status_code, seconds)
            if response.status_code >= 400 or not request.path.startswith(UNREMARKABLE):
                self.write(request, response.status_code, seconds)
            return response
        finally:
            request_id.reset(token)

    def write(self, request: HttpRequest, status: int, seconds: float) -> None:
        event = {
            "method": request.method,
            "path": masked(request.path),
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
        }
        log.info("%(method)s %(path)s %(status)s in %(milliseconds)s ms", event, extra={"event": event})


class BrowserPolicies:
    """Turn off the browser features the site never uses, and keep other sites from embedding its files."""

    # https://www.w3.org/TR/permissions-policy/
    OFF = (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "usb",
    )
    PERMISSIONS = ", ".join(f"{feature}=()" for feature in OFF)

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class PrivatePages:
    """Keep the pages behind a secret link, and the staff's, out of every cache and every search engine.

    By address and not by view, so that what answers in a view's place (an error, a refusal, a redirect) is covered too.
    """

    BELOW = ("/a/", "/staff/")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path_info.startswith(self.BELOW):
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex"
        return response


class OnlyUTF8:
    """Refuse text in another encoding than the pages have. No browser sends our forms in one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_ours((request.content_params or {}).get("charset", "")):
            raise BadRequest("The request is not in UTF-8.")
        return self.get_response(request)
