"""Logs without the person in them: one JSON line per event, a request id, no secret links, no query strings.

A secret link (`/a/<token>/…`) opens somebody's answers, so its token must never reach a log. It is taken out
here, in the one place every line passes, because Django's own messages quote paths too ("Not Found: /a/…").
"""

import json
import logging
import re
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

_SECRET_LINK = re.compile(r"/a/[^/\s\"'?#]+")
_QUERY = re.compile(r"(/[^\s\"'?]*)\?[^\s\"']*")


def masked(text: str) -> str:
    """Take secret links and query strings out of a text.

    >>> masked("Not Found: /a/3vGk9/results/?from=mail")
    'Not Found: /a/…/results/'
    """
    return _QUERY.sub(r"\1", _SECRET_LINK.sub("/a/…", text))


class JsonFormatter(logging.Formatter):
    """Write a record as one JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if identifier := request_id.get():
            event["request_id"] = identifier
        event |= getattr(record, "event", {})
        if record.exc_info and record.exc_info[1]:
            event["exception"] = self.describe(record.exc_info[1])
        return json.dumps(event, ensure_ascii=False, default=str)

    def describe(self, error: BaseException) -> list[str]:
        """Say where an error arose and of what kind it is, and not its message.

        Its message may quote what the person typed ("Invalid isoformat string: '1991-02-30'"), and answers do
        not belong in a log. The place and the kind are enough to find the fault.
        """
        frames = traceback.extract_tb(error.__traceback__)
        kind = type(error)
        return [
            f"{kind.__module__}.{kind.__qualname__}",
            *(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames),
        ]


class DevelopmentFormatter(JsonFormatter):
    """Write a line for a person, with the whole traceback; answers are made up there."""

    def format(self, record: logging.LogRecord) -> str:
        line = f"{record.levelname.lower():8}{masked(record.getMessage())}"
        if record.exc_info:
            line += "\n" + masked(self.formatException(record.exc_info))
        return line


def configuration(level: str, *, debug: bool) -> dict[str, object]:
    """Return Django's LOGGING: everything to standard error, through one formatter."""
    through_root: dict[str, object] = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": DevelopmentFormatter if debug else JsonFormatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django gives these handlers of their own, which would print paths as they are.
            "django": through_root,
            "django.server": through_root,
            # Every answer has its own line from RequestLog; here only what failed, with its exception.
            "django.request": through_root | {"level": "ERROR"},
        },
    }
