"""What the rows or columns of a points table stand for, as fields: a condition without a comparison."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from programs.admin.editor.choices import Choices
from programs.admin.editor.condition import ConditionForm
from programs.packs.schema.measures import Measure
from programs.packs.sentences import measure_phrase


class MeasureForm(ConditionForm):
    """What is measured; its document is a `Measure`."""

    compares = False
    asks_what = _("stands for")

    def _offered_kinds(self) -> Choices:
        return self.offered.measured

    def _measure(self, data: dict[str, Any]) -> dict[str, Any]:
        # A language set stands for its four abilities: it is no fact, and has no entry.
        return {"fact": self.fact} if self.kind == "fact" else super()._measure(data)

    def _made(self, data: dict[str, Any]) -> Any:
        return Measure.model_validate(self._measure(data))

    def _told(self, document: Any) -> str:
        return measure_phrase(document)
