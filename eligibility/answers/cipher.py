"""Answers are encrypted at rest: the first key of ANSWERS_KEYS encrypts, all of them decrypt."""

import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotDecryptError(Exception):
    """No key in ANSWERS_KEYS opens these answers."""


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ANSWERS_KEYS])


def encrypt(document: dict[str, Any]) -> bytes:
    """Seal a document with the newest key."""
    return _fernet().encrypt(json.dumps(document, separators=(",", ":")).encode())


def decrypt(sealed: bytes) -> dict[str, Any]:
    """Open a sealed document with whichever key fits.

    Raises:
        CannotDecryptError: when none does.

    """
    try:
        document: dict[str, Any] = json.loads(_fernet().decrypt(bytes(sealed)))
    except InvalidToken as error:
        raise CannotDecryptError("No key in ANSWERS_KEYS opens these answers.") from error
    return document


def rotate(sealed: bytes) -> bytes:
    """Seal again with the newest key.

    Raises:
        CannotDecryptError: when no key opens it.

    """
    try:
        return _fernet().rotate(bytes(sealed))
    except InvalidToken as error:
        raise CannotDecryptError("No key in ANSWERS_KEYS opens these answers.") from error
