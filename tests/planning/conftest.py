"""The rulebook of the repository's packs, read once."""

from tests.engine.conftest import rulebook

__all__ = ["rulebook"]
