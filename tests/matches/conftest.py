"""The rulebook of the packs, as the tests of the engine have it."""

from tests.engine.conftest import rulebook

__all__ = ["rulebook"]
