"""What people could do to change their answers."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from programs.models.fields import AsWrittenJSONField, identifier
from programs.models.written import WrittenDocument


class LeverCollection(WrittenDocument):
    """A collection of levers: what a person could do, what it takes, and what it rests on."""

    document_kind: ClassVar[str] = "levers"

    authority = identifier(_("authority"), default="planning")
    content = AsWrittenJSONField(_("content"), help_text=_("The levers, as a rule pack writes them."))

    class Meta:
        verbose_name = _("levers")
        verbose_name_plural = _("levers")

    @classmethod
    def schema(cls) -> type[BaseModel]:
        """Levers as a pack writes them."""
        from programs.packs.schema import Levers

        return Levers
