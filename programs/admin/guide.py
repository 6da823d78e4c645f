"""The guide for staff: the pages of docs/staff/, in admin."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

PAGES = Path(settings.BASE_DIR) / "docs" / "staff"
PICTURES = Path(settings.BASE_DIR) / "docs" / "screenshots" / "staff"
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def contents(request: HttpRequest) -> HttpResponse:
    """The titles of all pages."""
    pages = [(reverse("admin:guide_page", args=[path.stem]), _title(path)) for path in sorted(PAGES.glob("*.md"))]
    return _answer(request, _("Guide"), pages=pages)


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page."""
    path = PAGES / f"{name}.md"
    if not path.is_file():
        raise Http404
    return _answer(request, _title(path), text=_html(path.read_text(encoding="utf-8")))


def picture(_request: HttpRequest, name: str) -> FileResponse:
    """A picture that a page shows."""
    known = {path.name: path for path in PICTURES.glob("*.png")}
    if name not in known:
        raise Http404
    return FileResponse(known[name].open("rb"), content_type="image/png")


def _answer(request: HttpRequest, title: Any, **more: Any) -> TemplateResponse:
    context = {**admin.site.each_context(request), "title": title, "is_nav_sidebar_enabled": False, **more}
    return TemplateResponse(request, "admin/programs/guide.html", context)


def _title(path: Path) -> str:
    found = _TITLE.search(path.read_text(encoding="utf-8"))
    return found.group(1) if found else path.stem


@lru_cache(maxsize=32)
def _html(text: str) -> SafeString:
    """The page as HTML. What is written as HTML in it stays text, and its links lead to where they do here."""
    # Read when the first page is opened: a server that starts has no use for it.
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(_TITLE.sub("", text, count=1))
    for token in tokens:
        for child in token.children or ():
            for attribute in ("href", "src"):
                if attribute in child.attrs:
                    child.attrs[attribute] = _leads_to(str(child.attrs[attribute]))
    # The text is the program's own, and markdown-it escapes all of it.
    return mark_safe(reader.renderer.render(tokens, reader.options, {}))  # noqa: S308


def _leads_to(address: str) -> str:
    way, _hash, place = address.partition("#")
    name = way.rpartition("/")[2]
    if way.endswith(".png"):
        return reverse("admin:guide_picture", args=[name])
    if way.endswith(".md") and (PAGES / name).is_file() and "://" not in way:
        return reverse("admin:guide_page", args=[name.removesuffix(".md")]) + (f"#{place}" if place else "")
    # What lies outside the guide is not served here.
    return address if "://" in way or not way else reverse("admin:guide")
