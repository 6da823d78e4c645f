"""The sign-ins of a person that are still good, and the end of those that should not be.

A sign-in is a row of Django's sessions and nothing beside it: what is listed is what opens pages (decision 26).
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY, devices_for_user

from programs.actions.base import record
from programs.models import Change
from programs.roles import sign_in, two_factor
from programs.roles.browsers import Browser


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that is still good.

    `name` tells it from the person's others on a page. It is the moment at which it began, since the key of its session
    would open it to whoever reads the page, and changes with each proof of who is there.
    """

    name: str
    browser: Browser
    began: dt.datetime
    # To the minute or so.
    used: dt.datetime
    # The password was given, and the code that is needed too was not.
    lacks_code: bool
    key: str = field(repr=False)


def of(person: User) -> list[SignIn]:
    """Those of a person, the last used first."""
    hashes = {person.get_session_auth_hash(), *person.get_session_auth_fallback_hash()}
    codes_needed = settings.TWO_FACTOR_REQUIRED or two_factor.is_on(person)
    apps = {device.persistent_id for device in devices_for_user(person)}
    found = []
    for row in Session.objects.filter(expire_date__gt=timezone.now()):
        held = row.get_decoded()
        is_theirs = held.get(SESSION_KEY) == str(person.pk)
        if is_theirs and held.get(HASH_SESSION_KEY) in hashes and not sign_in.is_over(held):
            lacks_code = codes_needed and held.get(DEVICE_ID_SESSION_KEY) not in apps
            found.append(_read(row.session_key, held, lacks_code=lacks_code))
    return sorted(found, key=lambda each: each.used, reverse=True)


def _read(key: str, held: Mapping[str, Any], *, lacks_code: bool) -> SignIn:
    return SignIn(
        name=str(held[sign_in.SIGNED_IN]),
        browser=Browser(*held.get(sign_in.BROWSER, ())),
        began=dt.datetime.fromtimestamp(held[sign_in.SIGNED_IN], dt.UTC),
        used=dt.datetime.fromtimestamp(held[sign_in.SEEN], dt.UTC),
        lacks_code=lacks_code,
        key=key,
    )


def end(chosen: Collection[SignIn], person: User, by: Any) -> None:
    """End some of a person's sign-ins, on record: their browsers are asked to sign in with their next request."""
    if not chosen:
        return
    with transaction.atomic():
        Session.objects.filter(session_key__in=[each.key for each in chosen]).delete()
        record(Change.What.CHANGED, person, by, f"sign-ins ended: {len(chosen)}")
    sign_in.log.info("Staff account %s ended %s sign-in(s) of staff account %s.", by.pk, len(chosen), person.pk)
