"""Production starts only with what it needs; each variable read is documented; headers are strict."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Rk3vT9xQ2mZp7Lw0-Jd5Ns8Yb1Hc6Fg4-Ua2Ei9Ow3Xk7Vq0"
SECRETS = {"NORTHBOUND_SECRET_KEY": SECRET + SECRET, "NORTHBOUND_ANSWERS_KEYS": settings.ANSWERS_KEYS[0]}


@pytest.fixture
def read(tmp_path):
    """Read the real settings in a process of its own, with this environment and no other."""

    def run(expression="None", **environment):
        script = f"import json; from config import env, settings as s; print(json.dumps({expression}))"
        return subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "NORTHBOUND_VAR": str(tmp_path), **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def value(result):
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def refusal(result):
    assert result.returncode != 0
    return result.stderr.strip().splitlines()[-1]


def test_production_is_the_default_and_needs_a_secret(read):
    assert re.search(r"ImproperlyConfigured: NORTHBOUND_SECRET_KEY is not set\. Make one with: ", refusal(read()))


@pytest.mark.parametrize("weak", ["changeme", "x" * 80, "django-insecure-" + SECRET + SECRET])
def test_production_refuses_a_weak_secret(read, weak):
    result = read(**{**SECRETS, "NORTHBOUND_SECRET_KEY": weak})
    assert "NORTHBOUND_SECRET_KEY is too weak" in refusal(result)
    assert weak not in result.stderr


def test_production_refuses_a_weak_former_secret(read):
    assert "NORTHBOUND_SECRET_KEY_FALLBACKS is too weak" in refusal(
        read(**SECRETS, NORTHBOUND_SECRET_KEY_FALLBACKS="changeme")
    )


def test_production_needs_a_key_for_the_answers(read):
    assert "NORTHBOUND_ANSWERS_KEYS is not set" in refusal(read(NORTHBOUND_SECRET_KEY=SECRET + SECRET))


def test_production_refuses_debug_pages(read):
    assert "NORTHBOUND_DEBUG is on" in refusal(read(**SECRETS, NORTHBOUND_DEBUG="on"))


def test_the_server_does_not_start_without_a_secret(tmp_path):
    result = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "NORTHBOUND_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "NORTHBOUND_SECRET_KEY is not set" in refusal(result)


def test_production_starts_with_its_secrets_and_shows_nothing(read):
    assert value(read("[s.DEBUG, s.ALLOWED_HOSTS]", **SECRETS)) == [
        False,
        ["127.0.0.1", "localhost", "[::1]"],
    ]


def test_a_local_start_takes_the_secrets_that_were_made_for_it(read, tmp_path):
    (tmp_path / "secret_key").write_text(SECRETS["NORTHBOUND_SECRET_KEY"])
    (tmp_path / "answers_keys").write_text(SECRETS["NORTHBOUND_ANSWERS_KEYS"])
    assert value(read("s.SECRET_KEY")) == SECRETS["NORTHBOUND_SECRET_KEY"]
    assert "NORTHBOUND_SECRET_KEY is not set" in refusal(read(NORTHBOUND_HTTPS="on"))


def test_development_needs_nothing_and_does_not_debug_by_itself(read):
    assert value(read("s.DEBUG", NORTHBOUND_ENV="development")) is False


def test_https_makes_every_cookie_secure_and_bound_to_the_host(read):
    for kind in ("SESSION", "CSRF", "LANGUAGE"):
        shown = ", ".join(f"s.{kind}_COOKIE_{part}" for part in ("NAME", "SECURE", "HTTPONLY", "SAMESITE"))
        name, *flags = value(read(f"[{shown}]", **SECRETS, NORTHBOUND_HTTPS="on"))
        assert name.startswith("__Host-northbound_")
        assert flags == [True, True, "Lax"]


def test_https_redirects_and_is_remembered_by_browsers(read):
    shown = "[s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SECURE_PROXY_SSL_HEADER]"
    assert value(read(shown, **SECRETS, NORTHBOUND_HTTPS="on")) == [True, 31_536_000, None]
    assert value(read(shown, **SECRETS)) == [False, 0, None]


def test_a_proxy_is_believed_only_when_told_so(read):
    result = read("s.SECURE_PROXY_SSL_HEADER", **SECRETS, NORTHBOUND_TRUST_FORWARDED_PROTO="on")
    assert value(result) == ["HTTP_X_FORWARDED_PROTO", "https"]


# The tables in README.md and docs/settings.md ----------------------------------------------------


def documented():
    tables = "\n".join((ROOT / name).read_text() for name in ("README.md", "docs/settings.md"))
    return re.findall(r"^\| `([A-Z_]+)` \|", tables, re.MULTILINE)


def test_the_table_lists_every_variable_once_and_none_that_is_not_read(read):
    scripts = "\n".join(path.read_text() for path in (ROOT / "bin").iterdir() if path.is_file())
    by_scripts = {name for name in ("PORT", "WEB_CONCURRENCY", "PYTHON") if f"${{{name}:-" in scripts}
    by_settings = set(value(read("sorted(env.NAMES)", **SECRETS)))
    table = documented()
    assert sorted(table) == sorted(set(table))
    assert set(table) == by_settings | by_scripts


def test_only_the_readers_look_at_the_environment():
    allowed = {"config/env.py", "config/wsgi.py"}
    for folder in ("config", "programs", "eligibility"):
        for path in (ROOT / folder).rglob("*.py"):
            if str(path.relative_to(ROOT)) not in allowed:
                assert not re.search(r"\bos\.(environ|getenv)\b", path.read_text()), path


# What browsers are told --------------------------------------------------------


def test_an_answer_to_a_host_that_is_not_ours_carries_the_policy_too(client):
    refused = client.get("/staff/login/", headers={"host": "elsewhere.example"})
    assert refused.status_code == 400
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]


# The database ------------------------------------------------------------------


@pytest.mark.database
def test_the_database_is_used_as_the_settings_mean_it():
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone() == ("wal",)
        else:
            cursor.execute("SHOW application_name")
            assert cursor.fetchone() == ("northbound",)
