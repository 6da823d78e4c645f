"""What people could do to change their answers: kept whole, since no rule points into it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaError

from programs.models.base import Live
from programs.models.fields import AsWrittenJSONField, identifier


class LeverCollection(Live):
    """A collection of levers: what a person could do, what it takes, and what it rests on."""

    id = identifier(_("id"), primary_key=True)
    authority = identifier(_("authority"), default="planning")
    name_en = models.CharField(_("name (English)"), max_length=300)
    name_fr = models.CharField(_("name (French)"), max_length=300, blank=True)
    content = AsWrittenJSONField(_("content"), help_text=_("The levers, as a rule pack writes them."))

    class Meta:
        verbose_name = _("levers")
        verbose_name_plural = _("levers")

    def __str__(self) -> str:
        return self.name_en

    def value(self) -> dict[str, object]:
        """What it says, as a rule pack writes it."""
        name = {"en": self.name_en, "fr": self.name_fr}
        content = self.content or {}
        return {"kind": "levers", "id": self.pk, "authority": self.authority, "name": name, **content}

    def clean(self) -> None:
        """Refuse content that the schema of packs refuses, in its words."""
        super().clean()
        from programs.packs.schema import Levers as Document

        try:
            Document.model_validate(self.value())
        except SchemaError as error:
            told = [f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}" for detail in error.errors()]
            raise ValidationError({"content": told}) from error
