"""What is kept of a person: one row, whose key is a hash and whose contents are encrypted."""

from django.db import models


class Application(models.Model):
    """One person's answers, reached by a secret link.

    Neither the secret nor an answer can be read from the row: it holds a SHA-256 of the secret, and the
    answers encrypted. Only `eligibility.answers.store` reads and writes it.
    """

    secret_hash = models.CharField(max_length=64, unique=True)
    answers = models.BinaryField()
    created = models.DateTimeField()
    last_visited = models.DateTimeField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires__gt=models.F("created")), name="application_expires_after_created"
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.pk}"
