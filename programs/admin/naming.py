"""What staff pages call the things that rules point to: their names, not their ids."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from programs.models import Grid, Occupation, OccupationList, Program, ReferenceTable
from programs.packs.sentences import called_by

_NAMED: Mapping[str, Any] = {
    "program": Program,
    "grid": Grid,
    "occupation_list": OccupationList,
    "reference_table": ReferenceTable,
}


class NamesOfRules:
    """Names by kind and id, as the database has them; each kind is read once, when it is first asked for."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, str]] = {}

    def __call__(self, kind: str, identifier: str) -> str:
        """The name; empty for what there is not."""
        if kind not in self._known:
            self._known[kind] = self._read(kind)
        return self._known[kind].get(identifier, "")

    def _read(self, kind: str) -> dict[str, str]:
        if kind == "code":
            rows = Occupation.objects.filter(classification_id="noc-2021").values_list("code", "title_en")
            return {code: f"{code} {title}" for code, title in rows}
        return dict(_NAMED[kind].objects.values_list("pk", "name_en")) if kind in _NAMED else {}


class NamesInSentences:
    """On staff pages, sentences call lists, tables, grids, programs and unit groups by their names."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if not request.path.startswith(reverse("admin:index")):
            return self.get_response(request)
        with called_by(NamesOfRules()):
            return self.get_response(request)
