"""How the site's own templates are read: without their indentation.

It would be a quarter of what is drawn, sent and parsed, and means nothing in HTML outside `pre` and `textarea`, into
which no template writes lines of its own. Lines stay lines, so that an error in a template names the right one.
"""

import re

from django.template import Origin
from django.template.loaders.filesystem import Loader

_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Unindented(Loader):
    """Reads templates of the folders in `DIRS`."""

    def get_contents(self, origin: Origin) -> str:
        """The template's text, each line from its first word."""
        return _INDENTATION.sub("", super().get_contents(origin))
