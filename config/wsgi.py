"""What the server runs: `granian --interface wsgi config.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from config.encodings import knowing_only_ours

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# Until all that stays has been read (config/warming.py).
gc.disable()

application = knowing_only_ours(get_wsgi_application())

from config import serving, warming  # noqa: E402 (Django has to be ready)

serving.limit_statements()
warming.warm()
