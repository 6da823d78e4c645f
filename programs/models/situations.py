"""What H-1B workers are asked and told about where they stand: kept whole, since no rule points into it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaError

from programs.models.base import Live
from programs.models.fields import AsWrittenJSONField, identifier


class H1BSituations(Live):
    """All situations an H-1B worker may be in, with the time limits, links and advice."""

    id = identifier(_("id"), primary_key=True)
    authority = identifier(_("authority"), default="h1b")
    name_en = models.CharField(_("name (English)"), max_length=300)
    name_fr = models.CharField(_("name (French)"), max_length=300, blank=True)
    content = AsWrittenJSONField(_("content"), help_text=_("Everything else, as a rule pack writes it."))

    class Meta:
        verbose_name = _("H-1B situations")
        verbose_name_plural = _("H-1B situations")

    def __str__(self) -> str:
        return self.name_en

    def value(self) -> dict[str, object]:
        """What it says, as a rule pack writes it."""
        name = {"en": self.name_en, "fr": self.name_fr}
        content = self.content or {}
        return {"kind": "h1b_situations", "id": self.pk, "authority": self.authority, "name": name, **content}

    def clean(self) -> None:
        """Refuse content that the schema of packs refuses, in its words."""
        super().clean()
        from programs.packs.schema import H1BSituations as Document

        try:
            Document.model_validate(self.value())
        except SchemaError as error:
            told = [f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}" for detail in error.errors()]
            raise ValidationError({"content": told}) from error
