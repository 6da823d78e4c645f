"""The readers take what is right, and refuse the rest with words that help."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env

NAME = "NORTHBOUND_SAMPLE"


@pytest.fixture(autouse=True)
def _names_as_they_were(monkeypatch):
    monkeypatch.setattr(env, "NAMES", set())


@pytest.fixture
def given(monkeypatch):
    return lambda value: monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1", True),
        ("on", True),
        ("Yes", True),
        ("true", True),
        ("0", False),
        ("off", False),
        ("NO", False),
        ("false", False),
    ],
)
def test_a_switch_reads_the_usual_words(given, value, expected):
    given(value)
    assert env.boolean(NAME, default=not expected) is expected


@pytest.mark.parametrize("default", [True, False])
def test_an_empty_switch_is_an_unset_one(given, default):
    given(" ")
    assert env.boolean(NAME, default=default) is default


def test_a_switch_refuses_other_words_and_says_what_would_be_right(given):
    given("maybe")
    with pytest.raises(ImproperlyConfigured, match=r'NORTHBOUND_SAMPLE is "maybe"\. Set it to "on" or "off"\.'):
        env.boolean(NAME, default=False)


@pytest.mark.parametrize("value", ["1", "20"])
def test_a_number_may_be_either_limit(given, value):
    given(value)
    assert env.integer(NAME, 5, least=1, most=20) == int(value)


@pytest.mark.parametrize("value", ["0", "21", "-3", "2.5", "ten", "１２"])
def test_a_number_outside_its_limits_is_refused_with_the_limits(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="NORTHBOUND_SAMPLE .* from 1 to 20, for example 5"):
        env.integer(NAME, 5, least=1, most=20)


def test_a_choice_names_what_is_allowed(given):
    given("staging")
    with pytest.raises(ImproperlyConfigured, match="development, production"):
        env.choice(NAME, "production", {"production", "development"})


def test_a_list_is_separated_by_commas(given):
    given("northbound.example, [::1]")
    assert env.listing(NAME, []) == ["northbound.example", "[::1]"]


def test_a_list_refuses_an_empty_item(given):
    given("northbound.example,,localhost")
    with pytest.raises(ImproperlyConfigured, match="NORTHBOUND_SAMPLE .* empty item"):
        env.listing(NAME, [])


@pytest.mark.parametrize("value", ["mysql://asha:tulip@db/northbound", "localhost:5432", "redis:nothing"])
def test_an_address_of_another_kind_is_refused_without_repeating_it(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="NORTHBOUND_SAMPLE .* postgresql://") as refusal:
        env.database(NAME, "sqlite://:memory:", pool=8)
    assert value not in str(refusal.value)


@pytest.mark.parametrize("value", ["postgresql://db:notaport/northbound", "postgresql://[db/northbound"])
def test_an_unreadable_database_address_is_refused_by_name(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="NORTHBOUND_SAMPLE"):
        env.database(NAME, "", pool=8)


def test_postgresql_is_used_through_a_pool(given):
    given("postgresql://northbound@%2Frun%2Fpostgresql/northbound")
    settings = env.database(NAME, "", pool=12)
    assert settings["HOST"] == "/run/postgresql"
    assert settings["OPTIONS"]["pool"]["max_size"] == 12
    assert settings["CONN_MAX_AGE"] == 0


def test_sqlite_writes_ahead_and_waits_its_turn(given):
    given("sqlite:////srv/northbound.sqlite3")
    settings = env.database(NAME, "", pool=12)
    assert settings["NAME"] == "/srv/northbound.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


def test_a_cache_is_memory_unless_redis_is_named(given):
    assert "locmem" in env.cache(NAME)["BACKEND"]
    given("redis://127.0.0.1:6379/1")
    assert "redis" in env.cache(NAME)["BACKEND"]


def test_a_secret_may_come_from_a_file(tmp_path):
    file = tmp_path / "secret_key"
    file.write_text("Rk3vT9xQ2mZp7Lw0" * 4 + "\n")
    assert env.secret(NAME, file, spare=None) == "Rk3vT9xQ2mZp7Lw0" * 4


def test_the_environment_wins_over_the_file(given, tmp_path):
    file = tmp_path / "secret_key"
    file.write_text("Rk3vT9xQ2mZp7Lw0" * 4)
    given("another-Rk3vT9xQ2mZp7Lw0" * 4)
    assert env.secret(NAME, file, spare=None).startswith("another")


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("", "is not set"),
        ("Rk3vT9xQ2mZp7Lw0abcdefghijklmnopqrstuvwxyz0123456", "has 49 characters"),
        ("abcabcabcab" * 6, "repeats the same few characters"),
        ("django-insecure-Rk3vT9xQ2mZp7Lw0abcdefghijklmnopqrstuvwxyz", "begins with"),
    ],
)
def test_a_missing_or_weak_secret_is_refused_with_the_way_to_make_one(given, value, fault):
    given(value)
    with pytest.raises(ImproperlyConfigured, match=f"NORTHBOUND_SAMPLE .*{fault}.*python3 -c") as refusal:
        env.secret(NAME, None, spare=None)
    assert not value or value not in str(refusal.value)


KEY = "bm9ydGhib3VuZC1kZXZlbG9wbWVudC1hbnN3ZXJzISE="


def test_several_keys_keep_their_order(given):
    other = "YW4ta2V5LWZvci10ZXN0cy1wcm90ZWN0aW5nLW5vbmU="
    given(f"{other}, {KEY}")
    assert env.fernet_keys(NAME, None, spare=None) == [other, KEY]


@pytest.mark.parametrize("value", ["short", KEY[:-2], f"{KEY},", f"{KEY} {KEY}", "é" * 44])
def test_what_is_no_key_is_refused_without_repeating_it(given, value):
    given(value)
    with pytest.raises(ImproperlyConfigured, match="NORTHBOUND_SAMPLE holds something that is not a key") as refusal:
        env.fernet_keys(NAME, None, spare=None)
    assert value not in str(refusal.value)
