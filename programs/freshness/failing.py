"""Worked examples that fail, found out beside the requests: running them all takes seconds.

Each process keeps what it found for the rules it holds. Whoever asks first after a change starts the run, and is
told that it is under way; nobody waits for it. A source that was checked again changes no example, so nothing is run.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import connections

from programs.checks.problems import Problem
from programs.checks.registry import run_registered
from programs.packs.schema import Pack, Sources
from programs.rulebook import Rulebook

_log = logging.getLogger(__name__)


def _in_a_thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="worked-examples", daemon=True).start()


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found, for which rules."""

    revision: str
    ruled: list[Pack]
    problems: list[Problem]


def _ruled(rulebook: Rulebook) -> list[Pack]:
    """The documents that examples rest on."""
    return [document for document in rulebook.documents if not isinstance(document, Sources)]


class FailingExamples:
    """What the worked examples of one state of the rules came to."""

    def __init__(self, start: Callable[[Callable[[], None]], None] = _in_a_thread) -> None:
        """`start` runs something beside the request that asks."""
        self._start = start
        self._lock = threading.Lock()
        self._found: _Found | None = None
        self._running = ""

    def of(self, rulebook: Rulebook) -> list[Problem] | None:
        """The problems found; None while they are being looked for."""
        with self._lock:
            found = self._found
            if found is not None and found.revision != rulebook.revision and found.ruled == _ruled(rulebook):
                self._found = found = replace(found, revision=rulebook.revision)
            if found is not None and found.revision == rulebook.revision:
                return found.problems
            if self._running == rulebook.revision:
                return None
            self._running = rulebook.revision
        self._start(lambda: self._run(rulebook))
        return None

    def _run(self, rulebook: Rulebook) -> None:
        try:
            problems = run_registered(list(rulebook.documents))
            self._found = _Found(rulebook.revision, _ruled(rulebook), problems)
        except Exception:
            _log.exception("The worked examples could not be run.")
        finally:
            self._running = ""
            connections.close_all()


failing_examples = FailingExamples()
