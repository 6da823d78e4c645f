"""What is kept of staff accounts beside Django's own: backup codes, and passwords that somebody else chose."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django_otp.models import Device, ThrottlingMixin


class BackupCodes(ThrottlingMixin, Device):
    """A person's backup codes, each kept like a password: what is stored signs nobody in.

    django-otp's own device of this kind keeps them as they are, which is why it is not used.
    """

    hashes = models.JSONField(default=list)

    class Meta:
        # Nobody sees or changes them but the person, on their own page.
        default_permissions = ()

    def __str__(self) -> str:
        """Whose they are, which is all that may be told."""
        return f"backup codes of {self.user}"

    def get_throttle_factor(self) -> float:
        """After wrong codes, the seconds to wait: one, two, four and so on."""
        return 1.0

    def keep(self, codes: list[str]) -> None:
        """Take these codes in the place of the former ones."""
        self.hashes = [make_password(code) for code in codes]
        self.save()

    def verify_token(self, token: str) -> bool:
        """Whether it is one of the codes; it is none any more then."""
        allowed, _why = self.verify_is_allowed()
        if not allowed:
            return False
        used = next((kept for kept in self.hashes if check_password(token, kept)), None)
        if used is None:
            self.throttle_increment()
            return False
        self.hashes = [kept for kept in self.hashes if kept != used]
        self.throttle_reset(commit=False)
        self.save()
        return True


class GivenPassword(models.Model):
    """A person whose password somebody else chose, until they choose their own."""

    person: Any = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        """Whose password it is."""
        return f"given password of {self.person}"
