"""The site's settings without any middleware: what a bare view costs by itself."""

from benchmarks.bare_settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
