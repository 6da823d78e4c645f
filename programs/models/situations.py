"""What H-1B workers are asked and told about where they stand."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from programs.models.fields import AsWrittenJSONField, identifier
from programs.models.written import WrittenDocument


class H1BSituations(WrittenDocument):
    """All situations an H-1B worker may be in, with the time limits, links and advice."""

    document_kind: ClassVar[str] = "h1b_situations"

    authority = identifier(_("authority"), default="h1b")
    content = AsWrittenJSONField(_("content"), help_text=_("Everything else, as a rule pack writes it."))

    class Meta:
        verbose_name = _("H-1B situations")
        verbose_name_plural = _("H-1B situations")

    @classmethod
    def schema(cls) -> type[BaseModel]:
        """Situations as a pack writes them."""
        from programs.packs.schema import H1BSituations as Document

        return Document
