"""What a person reads on a page."""

import html
import re


def words(markup: str) -> str:
    """A page's words, its title among them, one space between any two: no tags and no scripts."""
    shown = re.sub(r"<(script|style)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", shown)).split())
