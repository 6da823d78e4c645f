"""Words for sources in templates: how old a text is, and where a link leads."""

from urllib.parse import urlsplit

from django import template

from eligibility.engine.assessment import Citation, NoticeShown
from eligibility.results import words

register = template.Library()


@register.filter
def partial_date(value: str) -> str:
    """A year, a month or a day in words, as far as it is known."""
    return words.partial_date(value)


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
