"""The real settings, with secrets that protect nothing and a place of their own for what a run writes."""

import atexit
import os
import shutil
import tempfile

_place = tempfile.mkdtemp(prefix="northbound-tests-")
atexit.register(shutil.rmtree, _place, ignore_errors=True)

# Nothing of the developer's own environment may change what the tests see; DATABASE_URL says which database
# they use.
for _name in set(os.environ) - {"NORTHBOUND_NO_SKIPS"}:
    if _name.startswith("NORTHBOUND_"):
        del os.environ[_name]
os.environ |= {
    "CACHE_URL": "",
    "NORTHBOUND_VAR": _place,
    "NORTHBOUND_SECRET_KEY": "a-secret-for-tests-that-protects-nothing-0123456789",
    "NORTHBOUND_ANSWERS_KEYS": "YW4ta2V5LWZvci10ZXN0cy1wcm90ZWN0aW5nLW5vbmU=",
    "NORTHBOUND_LOG_LEVEL": "WARNING",
}

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# Strong hashing costs a quarter of a second for each account a test makes.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests come from one address, and often. The tests of the limits turn them on.
RATE_LIMITS_ON = False

# Files are served from where they lie, so no test depends on `collectstatic`.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir()

# A file and not memory, so that SQLite works as it does for `make run`: WAL, and a connection per thread.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_place, "test.sqlite3")}
