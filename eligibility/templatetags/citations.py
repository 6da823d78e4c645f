"""Words for sources in templates: how old a text is, and where a link leads."""

import datetime as dt
from functools import lru_cache
from urllib.parse import urlsplit

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from eligibility.engine.assessment import Citation, NoticeShown
from eligibility.results import words

register = template.Library()


@register.filter
def partial_date(value: str) -> str:
    """A year, a month or a day in words, as far as it is known."""
    return words.partial_date(value)


@register.simple_tag
def cited(citation: Citation) -> SafeString:
    """The link to a source, and the day it was read. Many lines of many pages rest on the same: it is drawn once."""
    return _cited(citation, get_language())


@lru_cache(maxsize=2048)
def _cited(citation: Citation, _language: str | None) -> SafeString:
    return format_html(
        '<a href="{}" rel="noreferrer external">{}</a>\n<span class="nb-nowrap">\n{}\n</span>',
        citation.source,
        source_name(citation),
        gettext("as of %(day)s") % {"day": partial_date(citation.as_of)},
    )


@register.simple_tag
def rests_on(citation: Citation) -> SafeString:
    """What a statement rests on, and what is to be checked about it. It is drawn once, as the link in it is."""
    return _rests_on(citation, get_language())


@lru_cache(maxsize=2048)
def _rests_on(citation: Citation, _language: str | None) -> SafeString:
    return render_to_string("eligibility/results/rests_on.html", {"citation": citation})


@register.filter
def in_force_since(day: dt.date) -> str:
    """Since when a rule holds. Most of a page's rules begin on the same few days."""
    return _in_force_since(day, get_language())


@lru_cache(maxsize=512)
def _in_force_since(day: dt.date, _language: str | None) -> str:
    return gettext("in force since %(day)s") % {"day": words.day(day)}


@register.filter
def source_name(citation: Citation) -> str:
    """What the link to a source says: its provision, its title, or the site it leads to."""
    return citation.provision or citation.title or site(citation.source)


@register.filter
def site(url: str) -> str:
    """The site a link leads to: `canada.ca`."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


@register.filter
def standing(notice: NoticeShown) -> str:
    """How sure a notice is: reported, proposed or announced."""
    return str(words.NOTICE_CONFIDENCE[notice.confidence])


@register.filter
def check(citation: Citation) -> str:
    """What is to be checked about a statement, or nothing."""
    return words.check_text(citation)
