"""Which encodings requests may be in: that of our pages, and no other.

A request may name any codec that Python knows, also one that is none of text (zlib) or that makes half characters
(UTF-7). Django would use it, and fails on some before any middleware is asked.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.http import parse_header_parameters

_OURS = frozenset({"", "utf-8", "utf8"})
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


def is_ours(named: str) -> bool:
    """Whether an encoding, as a request names it, is that of our pages.

    >>> is_ours("UTF-8"), is_ours(""), is_ours("utf-7")
    (True, True, False)
    """
    return named.strip("\"' ").lower() in _OURS


def knowing_only_ours(application: Application) -> Application:
    """Have Django not know the name of any other encoding; `config.middleware.OnlyUTF8` then refuses the request."""

    def answering(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        try:
            kind, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        except ValueError:
            kind, parameters = "", {"charset": "unreadable"}
        if not is_ours(parameters.get("charset", "")):
            environ["CONTENT_TYPE"] = f"{kind}; charset=not-ours"
        return application(environ, start_response)

    return answering
