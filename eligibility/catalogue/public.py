"""What every public page does: name itself for search engines, be kept in caches, and set no cookie."""

import datetime as dt
import hashlib
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, wraps
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from eligibility.wizard import clock, rules
from programs import store

# Rules change seldom, but a change should be on every screen soon.
KEPT_SECONDS = 300
# Search engines show about so much of a description.
DESCRIPTION = 155
# As Django's own json_script does, so that no text can end the script element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Meta:
    """How a page is called and found.

    `path` is its canonical address on this site. A page that is only another look at that one is not `indexed`.
    `structured` holds what it says in the words of schema.org.
    """

    title: str
    description: str
    path: str
    indexed: bool = True
    structured: tuple[Mapping[str, Any], ...] = field(default=())


@cache
def built_from() -> str:
    """Names the program itself: a new template makes a new page of the same rules."""
    digest = hashlib.sha256()
    for folder in ("config", "templates", "static", "eligibility"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.is_file() and path.suffix in {".html", ".css", ".js", ".py"}:
                digest.update(Path(path).read_bytes())
    return digest.hexdigest()[:12]


def _etag(_request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
    """A public page is made of the rules, the day, the language and the program; nothing else makes it differ.

    The rulebook of this page is named beside the state, which may be newer: another thread has just read it.
    """
    made_of = (rules.current().revision, store.state(), f"{clock.today():%Y%m%d}", rules.language(), built_from())
    return f'W/"{"-".join(made_of)}"'


def _drawn_once(view: View) -> View:
    """Keep what a page says for whoever asks next: it is the same for everyone, as its ETag says.

    A page with filters is not kept, for there is no end of them; nor one with the banner of a draft on it.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET or getattr(request, "draft_seen", None) or getattr(request, "draft_over", None):
            return view(request, *args, **kwargs)
        key = hashlib.sha256(f"{_etag(request)} {request.build_absolute_uri()}".encode()).hexdigest()
        drawn = caches["pages"].get(key)
        if drawn is not None:
            packed, kind = drawn
            return HttpResponse(zlib.decompress(packed), content_type=kind)
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.OK and getattr(response, "is_rendered", True):
            caches["pages"].set(key, (zlib.compress(response.content), response.headers["Content-Type"]))
        return response

    return answer


def public_page(view: View) -> View:
    """Answer GET and HEAD under one rulebook, with 304 for who has the page already.

    Pages are sent compressed: nothing secret is on them that their size could give away.
    """
    kept = cache_control(public=True, max_age=KEPT_SECONDS)(condition(etag_func=_etag)(_drawn_once(view)))
    answering = gzip_page(require_safe(kept))

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with rules.one_rulebook():
            return answering(request, *args, **kwargs)

    return answer


def show(request: HttpRequest, template: str, meta: Meta, **context: Any) -> HttpResponse:
    """Draw a public page."""
    shared = {
        "meta": meta,
        "description": Truncator(" ".join(meta.description.split())).chars(DESCRIPTION),
        "canonical": request.build_absolute_uri(meta.path),
        "structured": [_script(request, each) for each in meta.structured],
    }
    return render(request, f"eligibility/catalogue/{template}.html", shared | context)


def _script(request: HttpRequest, data: Mapping[str, Any]) -> SafeString:
    """Structured data as a script element. Browsers never run one of this type, so the security policy allows it."""
    whole = {"@context": "https://schema.org"} | _absolute(request, data)
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped above)


def _absolute(request: HttpRequest, data: Any) -> Any:
    """The same with addresses of this site made whole."""
    if isinstance(data, Mapping):
        return {key: _absolute(request, value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_absolute(request, value) for value in data]
    return request.build_absolute_uri(data) if isinstance(data, str) and data.startswith("/") else data


def asked_day(text: str | None) -> tuple[dt.date | None, bool]:
    """The day that `?on=` names, and whether it could be read. No day was asked for where there is no text."""
    if not text:
        return None, True
    try:
        return dt.date.fromisoformat(text.strip()), True
    except ValueError:
        return None, False
