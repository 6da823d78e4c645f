"""Bring secrets, database, rules, staff account and static files up to date, doing only what is needed.

One process, because starting Django five times would cost more than everything it does here when nothing has
changed. What depends on files alone is remembered by their fingerprint in var/stamps/; what the database
holds is asked of the database.
"""

import base64
import hashlib
import os
import secrets
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("NORTHBOUND_VAR") or ROOT / "var")


def keep_secret(path: Path, value: str) -> None:
    """Write a new secret that only its owner can read; one that is there stays."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(value + "\n")
    draft.rename(path)  # whole or not at all, even when the power fails


def fingerprint(*folders: Path) -> str:
    """Return a hash of the names and contents of all files below the folders."""
    digest = hashlib.sha256()
    for folder in folders:
        # A folder that does not exist holds no files.
        for path in sorted(folder.rglob("*") if folder.is_dir() else [folder]):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


class Stamp:
    """Remembers for what inputs a piece of work was last done."""

    def __init__(self, name: str, value: str) -> None:
        self.path, self.value = VAR / "stamps" / name, value

    def is_current(self) -> bool:
        return self.path.exists() and self.path.read_text() == self.value

    def set(self) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(self.value)


def migrate() -> bool:
    """Apply migrations that the database has not seen, and say whether there were any."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    print("Preparing the database...")
    call_command("migrate", interactive=False, verbosity=0)
    return True


def load_rules(*, database_changed: bool) -> None:
    """Load the rule packs into this database when they, or the code that reads them, have changed."""
    from django.core.management import call_command
    from django.db import connection

    place = {name: str(connection.settings_dict[name]) for name in ("ENGINE", "HOST", "PORT", "NAME")}
    database = hashlib.sha256(repr(place).encode()).hexdigest()[:12]
    stamp = Stamp(f"rules-{database}", fingerprint(ROOT / "programs"))
    if database_changed or not stamp.is_current():
        print("Loading the rule packs...")
        call_command("load_rulebook")
        stamp.set()


def collect_static() -> None:
    """Collect static files when they, or the packages that bring some, have changed."""
    from django.conf import settings
    from django.core.management import call_command

    sources = ("static", "programs/static", "eligibility/static", "requirements.lock", "config/settings.py")
    stamp = Stamp("static", fingerprint(*(ROOT / source for source in sources)))
    if not stamp.is_current() or not (settings.STATIC_ROOT / "staticfiles.json").exists():
        print("Collecting static files...")
        # Former files stay: a page that somebody has open may still ask for them.
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.set()


def main() -> None:
    VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    VAR.chmod(0o700)
    keep_secret(VAR / "secret_key", secrets.token_urlsafe(64))
    keep_secret(VAR / "answers_keys", base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())

    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command
    from django.db import OperationalError, connection

    try:
        django.setup()
        load_rules(database_changed=migrate())
        call_command("ensure_staff")
        collect_static()
        connection.close()
    except ImproperlyConfigured as error:
        sys.exit(f"northbound: {error}")
    except OperationalError as error:
        sys.exit(f"northbound: the database could not be used; see DATABASE_URL. It said: {error}")
    except CommandError as error:
        sys.exit(f"northbound: {error}")


if __name__ == "__main__":
    main()
