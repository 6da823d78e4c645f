"""The site as it runs in public: the real production settings, a few real rules, a person and their secret link."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as tests_settings
from django.contrib.auth.models import User
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from programs import store
from programs.loading.rulebook import load_rulebook
from programs.packs.seed import unit_groups
from programs.packs.yaml_files import pack_paths, read_packs
from programs.rulebook import Rulebook, build
from tests.programs.conftest import MADE_UP, person_of
from tests.staff.conftest import some_packs
from tests.wizard.visitor import Visitor

__all__ = ["some_packs"]

ROOT = Path(__file__).resolve().parents[2]
# The settings that guard. Those that say where things are stay those of the tests.
GUARDING = (
    "ALLOWED_HOSTS",
    "CONTENT_SECURITY_POLICY",
    "CSRF_",
    "DEBUG",
    "HTTPS",
    "LANGUAGE_COOKIE_",
    "MESSAGE_STORAGE",
    "MIDDLEWARE",
    "SECURE_",
    "SESSION_",
    "TRUSTED_PROXIES",
    "TWO_",
    "X_FRAME_OPTIONS",
)


@pytest.fixture(scope="session")
def production_settings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the settings are on a public site, read by a process of its own from such a site's environment."""
    script = (
        "import json; from config import settings as s;"
        f"print(json.dumps({{n: getattr(s, n) for n in dir(s) if n.startswith({GUARDING!r})}}))"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "NORTHBOUND_VAR": str(tmp_path_factory.mktemp("var")),
        "NORTHBOUND_HTTPS": "on",
        "NORTHBOUND_TRUST_FORWARDED_PROTO": "on",
        "NORTHBOUND_TRUSTED_PROXIES": "1",
        "NORTHBOUND_ALLOWED_HOSTS": "northbound.example",
        "NORTHBOUND_SECRET_KEY": tests_settings.SECRET_KEY,
        "NORTHBOUND_ANSWERS_KEYS": ",".join(tests_settings.ANSWERS_KEYS),
    }
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


@pytest.fixture
def production(production_settings: dict[str, Any], settings: Any) -> None:
    """The site under those settings."""
    for name, value in production_settings.items():
        setattr(settings, name, value)


@pytest.fixture(scope="session")
def some_rules(some_packs: Path) -> Rulebook:
    """A few real federal rules."""
    return build([pack.document for pack in read_packs(pack_paths(some_packs))], unit_groups(), "some")


@pytest.fixture
def rules(some_rules: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """The public site shows them."""
    monkeypatch.setattr(store, "current", lambda: some_rules)


class PublicClient(Client):
    """A browser that reaches the site at its public name, over HTTPS, through the proxy in front."""

    def __init__(self, **options: Any) -> None:
        through = {"HTTP_HOST": "northbound.example", "HTTP_X_FORWARDED_PROTO": "https"}
        super().__init__(raise_request_exception=False, **{**through, **options})


@pytest.fixture
def public(production: None, rules: None) -> Client:
    """Someone without an account."""
    return PublicClient()


@pytest.fixture
def asha(public: Client) -> Visitor:
    """Someone who has begun to answer."""
    return Visitor(public)


@pytest.fixture
def administrator(db: None, production: None) -> User:
    """Someone who may do everything with the made-up rules of tests/programs."""
    load_rulebook(MADE_UP)
    person = person_of("Administrator", "ada")
    person.is_superuser = True
    person.save()
    return person


@pytest.fixture
def staff(administrator: User) -> Client:
    """Someone signed in with everything that may be asked."""
    client = PublicClient()
    client.force_login(administrator)
    device = TOTPDevice.objects.create(user=administrator, confirmed=True)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return client
