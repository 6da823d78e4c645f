"""A text as HTML, for what is drawn in Python and not by a template."""

from html import escape

from django.utils.safestring import SafeString


def as_html(value: object) -> str:
    """A value escaped, unless it is HTML already.

    Django's `conditional_escape` asks more questions of each value, and a page has thousands.

    >>> as_html("a < b"), as_html(SafeString("<b>"))
    ('a &lt; b', '<b>')
    """
    said = str(value)
    return said if isinstance(said, SafeString) else escape(said)
