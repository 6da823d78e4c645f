"""The site's settings, with one page more: a view that does nothing."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare_urls"
