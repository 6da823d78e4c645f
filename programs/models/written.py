"""Documents that are kept whole, as a rule pack writes them, since no rule points into them."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel
from pydantic import ValidationError as SchemaError

from programs.models.base import Live
from programs.models.fields import AsWrittenJSONField, identifier


class WrittenDocument(Live):
    """A document with a name, and all else as one value.

    Attributes:
        document_kind: the kind of document in a rule pack.

    """

    document_kind: ClassVar[str]

    id = identifier(_("id"), primary_key=True)
    authority = identifier(_("authority"))
    name_en = models.CharField(_("name (English)"), max_length=300)
    name_fr = models.CharField(_("name (French)"), max_length=300, blank=True)
    content = AsWrittenJSONField(_("content"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_en

    def value(self) -> dict[str, object]:
        """What it says, as a rule pack writes it."""
        name = {"en": self.name_en, "fr": self.name_fr}
        content = self.content or {}
        return {"kind": self.document_kind, "id": self.pk, "authority": self.authority, "name": name, **content}

    def clean(self) -> None:
        """Refuse content that the schema of packs refuses, in its words."""
        super().clean()
        try:
            self.schema().model_validate(self.value())
        except SchemaError as error:
            told = [f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}" for detail in error.errors()]
            raise ValidationError({"content": told}) from error

    @classmethod
    def schema(cls) -> type[BaseModel]:
        """What a pack's document of this kind must look like."""
        raise NotImplementedError
