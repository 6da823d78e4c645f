"""What the server runs: `granian --interface wsgi config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from config import serving  # noqa: E402 (Django has to be ready)
from eligibility.occupations import search  # noqa: E402

serving.limit_statements()
search.warm()
