"""What a server process reads before anybody asks for it: addresses, the rules in force, the index of job titles."""

import gc
import logging
import threading
from importlib import import_module

from django.conf import settings
from django.db import DatabaseError, connection

from eligibility import health
from eligibility.catalogue import public
from eligibility.occupations import search

_log = logging.getLogger(__name__)


def warm() -> None:
    """Read it beside everything else: whoever comes earlier waits, and a probe is answered at once.

    Call it with the garbage collector turned off. While hundreds of thousands of things are made that stay, the
    collector would walk through them again and again: that is a third of the time to start. It is turned on when
    they are there, and never looks at them again, or each of its full rounds would hold up the page that is drawn
    meanwhile. https://docs.python.org/3/library/gc.html#gc.freeze
    """
    threading.Thread(target=_read, name="warming", daemon=True).start()


def _read() -> None:
    try:
        import_module(settings.ROOT_URLCONF)
        # First what readiness waits for, and then what would hold it up by being worked on at the same time.
        health.missing_to_answer()
        search.current_index()
        public.built_from()
    except DatabaseError:
        _log.warning("The rules and the job titles could not be read yet.", exc_info=True)
    finally:
        connection.close()
        # What was needed only for reading goes; the rest stays for as long as the process.
        gc.collect()
        gc.freeze()
        gc.enable()
