"""What holds in server processes alone."""

import pytest
from django.db import connection

from config import serving

pytestmark = pytest.mark.database


def test_no_statement_of_a_page_takes_longer_than_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(connection.settings_dict["OPTIONS"])
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", dict(before))
    serving.limit_statements()
    if connection.vendor == "postgresql":
        assert "-c statement_timeout=10000" in connection.get_connection_params()["options"]
        assert "-c idle_in_transaction_session_timeout=60000" in connection.get_connection_params()["options"]
    else:
        assert connection.settings_dict["OPTIONS"] == before
