"""Worked examples that fail, found out beside the requests: running them all takes seconds.

Each process keeps what it found for the rules it holds. Whoever asks first after a change starts the run, and is
told that it is under way; nobody waits for it.
"""

import logging
import threading
from collections.abc import Callable

from django.db import connections

from programs.checks.problems import Problem
from programs.checks.registry import run_registered
from programs.rulebook import Rulebook

_log = logging.getLogger(__name__)


def _in_a_thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="worked-examples", daemon=True).start()


class FailingExamples:
    """What the worked examples of one state of the rules came to."""

    def __init__(self, start: Callable[[Callable[[], None]], None] = _in_a_thread) -> None:
        """`start` runs something beside the request that asks."""
        self._start = start
        self._lock = threading.Lock()
        self._found: tuple[str, list[Problem]] | None = None
        self._running = ""

    def of(self, rulebook: Rulebook) -> list[Problem] | None:
        """The problems found; None while they are being looked for."""
        found = self._found
        if found is not None and found[0] == rulebook.revision:
            return found[1]
        with self._lock:
            if self._running == rulebook.revision:
                return None
            self._running = rulebook.revision
        self._start(lambda: self._run(rulebook))
        return None

    def forget(self) -> None:
        """Look anew at the next question."""
        self._found, self._running = None, ""

    def _run(self, rulebook: Rulebook) -> None:
        try:
            self._found = (rulebook.revision, run_registered(list(rulebook.documents)))
        except Exception:
            _log.exception("The worked examples could not be run.")
        finally:
            self._running = ""
            connections.close_all()


failing_examples = FailingExamples()
