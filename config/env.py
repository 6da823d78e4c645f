"""Read settings from the environment, and refuse a bad value with words that help.

Each reader names the variable, what was given (unless it is a secret) and what would be right. The names read
are kept in `NAMES`, so that a test can hold README.md to them.
"""

import base64
import binascii
import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from limits import RateLimitItem
from limits import parse as parse_rate

NAMES: set[str] = set()

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}

SECRET_LENGTH = 50
SECRET_DISTINCT = 12
TOKEN_LENGTH = 24
MAKE_SECRET = 'python3 -c "import secrets; print(secrets.token_urlsafe(64))"'  # noqa: S105 (a command, not a secret)
MAKE_KEY = 'python3 -c "import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())"'


def _raw(name: str) -> str:
    """Return the variable's text; unset and empty are the same, as in most shells' hands."""
    NAMES.add(name)
    return os.environ.get(name, "").strip()


def text(name: str, default: str = "") -> str:
    return _raw(name) or default


def boolean(name: str, *, default: bool) -> bool:
    """Read a switch, for example `NORTHBOUND_HTTPS=on`."""
    value = _raw(name).lower()
    if not value:
        return default
    if value in _TRUE | _FALSE:
        return value in _TRUE
    raise ImproperlyConfigured(f'{name} is "{value}". Set it to "on" or "off".')


def integer(name: str, default: int, *, least: int, most: int) -> int:
    """Read a whole number between two limits, both allowed."""
    value = _raw(name)
    if not value:
        return default
    if value.isascii() and value.isdecimal() and least <= int(value) <= most:
        return int(value)
    raise ImproperlyConfigured(
        f'{name} is "{value}". Set it to a whole number from {least} to {most}, for example {default}.'
    )


def rate(name: str, default: str) -> RateLimitItem | None:
    """Read how often something is allowed, for example "60 per hour"; None for "off"."""
    value = _raw(name) or default
    if value.lower() in _FALSE - {"0"}:
        return None
    try:
        allowed = parse_rate(value)
    except ValueError:
        allowed = None
    if allowed is None or allowed.amount < 1:
        raise ImproperlyConfigured(
            f'{name} is "{value}". Set it to a number and a time, for example "{default}", or to "off".'
        )
    return allowed


def choice(name: str, default: str, allowed: Collection[str]) -> str:
    """Read one of a few words."""
    value = _raw(name) or default
    if value in allowed:
        return value
    raise ImproperlyConfigured(f'{name} is "{value}". Set it to one of: {", ".join(sorted(allowed))}.')


def listing(name: str, default: list[str]) -> list[str]:
    """Read words separated by commas."""
    value = _raw(name)
    if not value:
        return default
    parts = [part.strip() for part in value.split(",")]
    if all(parts):
        return parts
    raise ImproperlyConfigured(
        f'{name} is "{value}", which has an empty item. Separate items by single commas, for example "a,b".'
    )


def url(name: str, default: str, schemes: Collection[str]) -> str:
    """Read an address with one of the given schemes. It may hold a password, so no message repeats it."""
    value = _raw(name) or default
    if not value or value.partition("://")[0] in schemes:
        return value
    raise ImproperlyConfigured(
        f"{name} is not an address this can use. Begin it with one of: "
        f"{', '.join(f'{scheme}://' for scheme in sorted(schemes))}."
    )


def secret(name: str, file: Path | None, *, spare: str | None) -> str:
    """Read a signing secret from the variable or else `file`; `spare` is for where that is harmless."""
    value = _raw(name) or _from_file(file) or spare
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Make one with: {MAKE_SECRET}")
    if value != spare:
        _refuse_weak(name, value)
    return value


def secrets(name: str) -> list[str]:
    """Read further secrets, none to any number, each held to the same strength."""
    values = [value.strip() for value in _raw(name).split(",") if value.strip()]
    for value in values:
        _refuse_weak(name, value)
    return values


def token(name: str) -> str:
    """Read a word that lets a program in, or nothing; short ones could be guessed."""
    value = _raw(name)
    if value and len(value) < TOKEN_LENGTH:
        raise ImproperlyConfigured(
            f"{name} has {len(value)} characters and needs {TOKEN_LENGTH} or more. Make one with: {MAKE_SECRET}"
        )
    return value


def fernet_keys(name: str, file: Path | None, *, spare: str | None) -> list[str]:
    """Read encryption keys, separated by commas: the first encrypts, all of them decrypt."""
    value = _raw(name) or _from_file(file) or spare
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Make a key with: {MAKE_KEY}")
    keys = [key.strip() for key in value.split(",")]
    if not all(_is_fernet_key(key) for key in keys):
        raise ImproperlyConfigured(
            f"{name} holds something that is not a key: each has to be 32 bytes in URL-safe base64, "
            f"separated by commas. Make one with: {MAKE_KEY}"
        )
    return keys


def _from_file(file: Path | None) -> str:
    try:
        return file.read_text().strip() if file else ""
    except FileNotFoundError:
        return ""


def _refuse_weak(name: str, value: str) -> None:
    if len(value) < SECRET_LENGTH:
        fault = f"has {len(value)} characters and needs {SECRET_LENGTH} or more"
    elif len(set(value)) < SECRET_DISTINCT:
        fault = f"repeats the same few characters and needs {SECRET_DISTINCT} different ones or more"
    elif value.startswith("django-insecure"):
        fault = 'begins with "django-insecure", which marks a key made for development'
    else:
        return
    raise ImproperlyConfigured(f"{name} is too weak: it {fault}. Make one with: {MAKE_SECRET}")


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key, altchars=b"-_", validate=True)) == 32
    except (binascii.Error, ValueError):
        return False


def database(name: str, default: str, *, pool: int) -> dict[str, Any]:
    """Read the database's address and add what each kind of database needs to be used well."""
    import dj_database_url

    address = url(name, default, {"sqlite", "postgres", "postgresql"})
    try:
        settings: dict[str, Any] = {**dj_database_url.parse(address)}
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} cannot be read. Write it as postgresql://user:password@host:5432/name "
            "or sqlite:////full/path/to/file.sqlite3."
        ) from error
    options = settings.setdefault("OPTIONS", {})
    if settings["ENGINE"].endswith("sqlite3"):
        # WAL lets pages be read while one is written. IMMEDIATE takes the write lock when a transaction
        # begins, so a second writer waits its turn (`timeout`, in seconds) instead of failing half way with
        # "database is locked". NORMAL may lose the last moments when the power fails, and never damages the
        # file.
        # https://docs.djangoproject.com/en/5.2/ref/databases/#sqlite-transaction-behavior
        options.setdefault("timeout", 20)
        options.setdefault("transaction_mode", "IMMEDIATE")
        # What is deleted is overwritten with zeros, and does not stay in the file until its place is needed.
        options.setdefault(
            "init_command", "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;"
        )
    else:
        # The pool keeps connections open by itself; Django refuses persistent connections beside it.
        # https://docs.djangoproject.com/en/5.2/ref/databases/#connection-pool
        settings["CONN_MAX_AGE"] = 0
        settings["CONN_HEALTH_CHECKS"] = True
        # config/postgresql waits in short steps, and longer than one only while the server lives. The pool tries a
        # second time after `reconnect_timeout` and then leaves it to whoever asks next.
        settings["ENGINE"] = "config.postgresql"
        options.setdefault("pool", {"min_size": 1, "max_size": pool, "timeout": 0.25, "reconnect_timeout": 0.5})
        # Where no packet comes back any more, attempts to connect end after these seconds, and connections after as
        # many as `tcp_user_timeout` (milliseconds) instead of a quarter of an hour; those that only wait for an answer
        # ask by keepalives whether anybody is there. A server that is slow acknowledges packets all the same.
        # https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-KEEPALIVES
        options.setdefault("connect_timeout", 3)
        options.setdefault("tcp_user_timeout", 5000)
        options.setdefault("keepalives_idle", 5)
        options.setdefault("keepalives_interval", 2)
        options.setdefault("keepalives_count", 2)
        options.setdefault("application_name", "northbound")
    return settings


def cache(name: str) -> dict[str, Any]:
    """Read the cache's address: a Redis server, or nothing for each process's own memory."""
    address = url(name, "", {"redis", "rediss"})
    if not address:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "northbound"}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        "KEY_PREFIX": "northbound",
    }
