"""What holds for a server process and not for commands: nothing in the database takes longer than somebody waits."""

from django.db import connection

# Milliseconds. A page needs a few statements of a millisecond each; publishing holds its locks while examples are
# checked. Loading rules, migrations and backups are commands, and take what they need.
_LIMITS = {
    "statement_timeout": 10_000,
    "lock_timeout": 8_000,
    "idle_in_transaction_session_timeout": 60_000,
}


def limit_statements() -> None:
    """Have the database end what a page of this process would wait for in vain. Called before the first connection."""
    if connection.vendor != "postgresql":
        return
    options = connection.settings_dict["OPTIONS"]
    limits = " ".join(f"-c {name}={value}" for name, value in _LIMITS.items())
    options["options"] = f"{options.get('options', '')} {limits}".strip()
