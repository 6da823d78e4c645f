"""What files say beside versions: it would be in force at once, so it waits until a publisher puts it in force."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.models.fields import AsWrittenJSONField


class WaitingChange(models.Model):
    """One pack of a file: its names, intake, facts, notices or sources as they would be.

    `document` is the whole pack. Of something that is here, all but its versions is meant (these arrive as drafts by
    themselves); something new is added as a whole, its versions as drafts.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("waiting")
        IN_FORCE = "in_force", _("put in force")
        TURNED_DOWN = "turned_down", _("turned down")

    kind = models.CharField(_("kind of thing"), max_length=30)
    identifier = models.CharField(_("id"), max_length=100)
    title = models.CharField(_("title"), max_length=300)
    document = AsWrittenJSONField(_("what the file says"))
    file = models.CharField(_("file"), max_length=300)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.WAITING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    by_name = models.CharField(_("who (name)"), max_length=150)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("change that waits")
        verbose_name_plural = _("changes that wait")
        # It is decided on at its own page, by those who may publish.
        default_permissions = ()
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.title
