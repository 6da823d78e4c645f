"""The second factor: a code from an authenticator app (TOTP), or one of the backup codes made with it."""

import base64
import secrets
from typing import Any

import segno
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice

from programs.models import BackupCodes

NUMBER_OF_BACKUP_CODES = 10


class WrongCode(Exception):  # noqa: N818 (a sentence says more)
    """The code was not accepted; the message says why."""


def is_on(person: Any) -> bool:
    """Whether the person has set it up. Backup codes come and go with the app, so that the app alone decides."""
    return person.is_authenticated and TOTPDevice.objects.filter(user=person, confirmed=True).exists()


def is_passed(request: HttpRequest) -> bool:
    """Whether nothing is missing: the code was given, or none is needed."""
    # Set by the middleware for a code given earlier, by django-otp's login for one given now.
    if getattr(request.user, "otp_device", None) is not None:
        return True
    return not (settings.TWO_FACTOR_REQUIRED or is_on(request.user))


def verify(request: HttpRequest, code: str) -> None:
    """Check a code from the app or a backup code, and note in the session that it was given.

    Raises:
        WrongCode: if it is wrong, used already, or too many were wrong just now.

    """
    code = code.replace(" ", "").lower()
    kind = TOTPDevice if code.isascii() and code.isdecimal() else BackupCodes
    with transaction.atomic():
        # One attempt at a time for each person, so that a code is used once.
        device = kind.objects.select_for_update().filter(user=request.user, confirmed=True).first()
        if device is not None and _take(device, code):
            otp_login(request, device)
            # What was known of the session before it could do more opens nothing now.
            request.session.cycle_key()
            return
    raise WrongCode(_("This code is not right, or was used already. Take the one that the app shows now."))


def _take(device: Any, code: str) -> bool:
    allowed, why = device.verify_is_allowed()
    if not allowed:
        until = date_format(timezone.localtime(why["locked_until"]), "H:i:s")
        raise WrongCode(_("Too many wrong codes. You can try again at %(time)s.") % {"time": until})
    return bool(device.verify_token(code))


def pending_device(person: Any) -> TOTPDevice:
    """The secret that waits to be confirmed with a first code."""
    device, _made = TOTPDevice.objects.get_or_create(user=person, confirmed=False, defaults={"name": "app"})
    return device


def set_up(request: HttpRequest, code: str) -> list[str]:
    """Confirm the waiting secret with a first code, in place of a former one, and return new backup codes.

    Raises:
        WrongCode: if the code is not of this secret.

    """
    with transaction.atomic():
        waiting = pending_device(request.user)
        if _take(waiting, code.replace(" ", "")):
            TOTPDevice.objects.filter(user=waiting.user, confirmed=True).delete()
            # Who came in with a former backup code is asked for the new app's code too.
            BackupCodes.objects.filter(user=waiting.user).delete()
            waiting.confirmed = True
            waiting.save()
            otp_login(request, waiting)
            request.session.cycle_key()
            return new_backup_codes(request.user)
    raise WrongCode(_("This code is not right. Take the one that the app shows now; the phone's clock must be right."))


def new_backup_codes(person: Any) -> list[str]:
    """Make backup codes in the place of the former ones. Each signs in once."""
    device, _made = BackupCodes.objects.get_or_create(user=person, defaults={"name": "backup"})
    codes = [_random_code() for _number in range(NUMBER_OF_BACKUP_CODES)]
    device.keep(codes)
    return codes


def _random_code() -> str:
    """Eight letters and digits of 40 bits. At least one is a letter, which tells it from the app's codes."""
    while True:
        code = base64.b32encode(secrets.token_bytes(5)).decode().lower()
        if not code.isdecimal():
            return code


def backup_codes_left(person: Any) -> int:
    """How many backup codes are not used yet."""
    return sum(len(device.hashes) for device in BackupCodes.objects.filter(user=person))


def turn_off(person: Any) -> None:
    """Forget the secret and the backup codes."""
    TOTPDevice.objects.filter(user=person).delete()
    BackupCodes.objects.filter(user=person).delete()


def secret_of(device: TOTPDevice) -> str:
    """The secret in groups of four letters, to be typed where no camera is at hand."""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture_of(device: TOTPDevice) -> SafeString:
    """The secret as a QR code: SVG with attributes alone, since the site allows no inline style."""
    code = segno.make(device.config_url, error="m", micro=False)
    # Its own words go into attributes of our making; the address inside is drawn, not written.
    return mark_safe(code.svg_inline(scale=5, border=4, light="#fff", dark="#000"))  # noqa: S308
