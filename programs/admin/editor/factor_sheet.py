"""A factor of a points grid on one page: when it applies, its table or its cases, and other readings of the text."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.actions.base import record
from programs.admin.editor.cards import Card, CardSheet, Said, rearranged, typed_cards
from programs.admin.editor.case_form import CaseForm, NothingForm
from programs.admin.editor.condition_values import measure_values
from programs.admin.editor.measure import MeasureForm
from programs.admin.editor.routes import put_routes, routes_of
from programs.admin.editor.table import TableEditor
from programs.checks.problems import Problem
from programs.models import Case, Change, Factor, PointsTable
from programs.packs.columns import plain_part

MARKER = "factor_sheet"
_READING = re.compile(r"^q(\d{1,3})-text_en$")
_CASE_FIELDS = ("key", "points", "text_en", "text_fr")


class AppliesSheet(CardSheet):
    """When the factor applies: routes alone, and none where it always does."""

    letter = "a"
    command_name = "_applies"

    def form_of(self, card: Card, prefix: str) -> NothingForm:
        """It says nothing else."""
        return NothingForm(card.values, prefix=prefix, check=self.check)


class CaseSheet(CardSheet):
    """The cases of the factor."""

    letter = "c"
    command_name = "_cases"

    def form_of(self, card: Card, prefix: str) -> CaseForm:
        """What a case says."""
        return CaseForm(card.values, prefix=prefix, check=self.check)


class ReadingForm(forms.Form):
    """Another reading of the text: what to say of it, and what is measured by it."""

    text_en = forms.CharField(label=gettext_lazy("what it says (English)"), widget=forms.Textarea(attrs={"rows": 2}))
    text_fr = forms.CharField(
        label=gettext_lazy("the same in French"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class Reading:
    """Another reading on the page."""

    def __init__(self, number: int, said: Mapping[str, str], measure: dict[str, list[str]], sheet: Any) -> None:
        self.number = number
        data = {f"q{number}-{name}": text for name, text in said.items()}
        self.form = ReadingForm(data if sheet.check else None, prefix=f"q{number}", initial=dict(said))
        # The first two measures of the page are those of rows and columns.
        self.measure = MeasureForm(measure, sheet.offered, prefix=f"m{number + 2}-0-0", check=sheet.check)

    @property
    def value(self) -> dict[str, Any]:
        """It, as a pack writes it."""
        english, french = self.form.cleaned_data["text_en"], self.form.cleaned_data["text_fr"]
        text = {"en": english, "fr": french} if french else english
        return {"text": text, "rows": plain_part(self.measure.document)}


class FactorSheet:
    """What is edited of a factor beside its columns."""

    def __init__(self, factor: Factor, post: Any = None) -> None:
        """As it was sent, rearranged by one of its buttons; else as the database has it."""
        self.factor = factor
        names = (AppliesSheet.command_name, CaseSheet.command_name, "_table", "_readings", "_scored")
        self.was_rearranged = post is not None and any(name in post for name in names)
        self.check = post is not None and not self.was_rearranged
        self.errors: list[str] = []
        if post is None:
            self._read_factor()
        else:
            self._read_post(post)

    def _read_factor(self) -> None:
        factor = self.factor
        applies = Card({}, routes_of(factor.conditions.all()), is_open=True)
        self.applies = AppliesSheet([applies])
        cases = factor.cases.prefetch_related("conditions").order_by("position", "pk")
        self.cases = CaseSheet([_case_card(row) for row in cases])
        self.offered = self.cases.offered
        standing = getattr(factor, "table", None)
        self.table = TableEditor(table=standing, offered=self.offered) if standing is not None else None
        self.readings = [
            Reading(number, _texts(each["text"]), measure_values(each["rows"]), self)
            for number, each in enumerate(factor.readings)
        ]

    def _read_post(self, post: Any) -> None:
        scored = str(post.get("_scored", ""))
        applies = typed_cards(post, "a") or [Card({}, is_open=True)]
        applies[0].is_open = True
        cases = typed_cards(post, "c")
        command = str(post.get(CaseSheet.command_name, ""))
        if command == "add" or scored == "cases":
            for card in cases:
                card.is_open = False
            cases.append(Card({}, [[{}]], is_open=True))
        self.applies = AppliesSheet(rearranged(applies, str(post.get(AppliesSheet.command_name, ""))), check=self.check)
        self.cases = CaseSheet(rearranged(cases, command), check=self.check)
        self.offered = self.cases.offered
        self.table = None
        if scored == "table":
            self.table = TableEditor(offered=self.offered)
            self.table.rearrange("add:rows")
        elif "table" in post:
            self.table = TableEditor(post, offered=self.offered, check=self.check)
            self.table.rearrange(str(post.get("_table", "")))
        self.readings = self._typed_readings(post)
        if self.was_rearranged:
            self.applies.look()
            self.cases.look()

    def _typed_readings(self, post: Any) -> list[Reading]:
        name, _colon, place = str(post.get("_readings", "")).partition(":")
        numbers = sorted(int(found.group(1)) for found in map(_READING.match, post) if found)
        typed = []
        for number in numbers:
            if name == "remove" and place == str(number):
                continue
            start = f"m{number + 2}-0-0-"
            said = {key: str(post.get(f"q{number}-{key}", "")) for key in ("text_en", "text_fr")}
            measure = {key.removeprefix(start): post.getlist(key) for key in post if key.startswith(start)}
            typed.append((said, measure))
        if name == "add":
            typed.append(({}, {}))
        return [Reading(number, said, measure, self) for number, (said, measure) in enumerate(typed)]

    def is_valid(self) -> bool:
        """Whether all of it can be saved."""
        fine = [self.applies.all_valid(), self.cases.all_valid(), self.table is None or self.table.is_valid()]
        for reading in self.readings:
            fine += [reading.form.is_valid(), reading.measure.is_valid()]
        for card in self.cases:
            if not card.routes:
                card.is_open = True
                said = _("“%(text)s” has no condition yet. Add one, or remove the case.")
                self.errors.append(said % {"text": card.text})
        return all(fine) and not self.errors

    def say(self, problems: list[Problem]) -> None:
        """Put what the checks say of the factor at its cases; the rest stands above."""
        self.said = []
        for each in problems:
            found = each.location
            place = found.index("cases") + 1 if "cases" in found else 0
            number = found[place] if place and place < len(found) else None
            told = Said(each.severity, each.message)
            if isinstance(number, int) and number < len(self.cases.cards):
                self.cases.cards[number].said.append(told)
            else:
                self.said.append(told)

    @property
    def is_unscored(self) -> bool:
        """Whether it has neither a table nor cases nor factors inside it."""
        return self.table is None and not self.cases.cards and not self.factor.children.exists()

    # Saving -----------------------------------------------------------------------------------

    def save(self, by: Any) -> None:
        """Write what is different, on record. To be called after `is_valid`, inside a transaction."""
        asked = put_routes(self.applies.cards[0].documents, factor=self.factor)
        if asked is not None:
            _note(Change.What.CHANGED, self.factor, by, {"asks": asked[0]}, {"asks": asked[1]})
        readings = [reading.value for reading in self.readings]
        if readings != self.factor.readings:
            before = {"readings": self.factor.readings}
            self.factor.readings = readings
            self.factor.save(update_fields=["readings"])
            _note(Change.What.CHANGED, self.factor, by, before, {"readings": readings})
        self._save_cases(by)
        if self.table is not None:
            self._save_table(self.table, by)

    def _save_cases(self, by: Any) -> None:
        standing = {str(row.pk): row for row in self.factor.cases.all()}
        kept = {card.pk for card in self.cases}
        for pk, row in standing.items():
            if pk not in kept:
                record(Change.What.DELETED, row, by)
                row.delete()
        for position, card in enumerate(self.cases):
            row = standing.get(card.pk) or Case(factor=self.factor)
            is_new = row.pk is None
            before = {} if is_new else {name: getattr(row, name) for name in (*_CASE_FIELDS, "position")}
            after = {**{name: card.form.cleaned_data[name] for name in _CASE_FIELDS}, "position": position}
            if before != after:
                for name, value in after.items():
                    setattr(row, name, value)
                row.save()
            asked = put_routes(card.documents, case=row)
            if asked is not None:
                before["asks"], after["asks"] = asked
            if is_new or before != after:
                what = Change.What.CREATED if is_new else Change.What.CHANGED
                _note(what, row, by, before, {name: after[name] for name in after if before.get(name) != after[name]})

    def _save_table(self, editor: TableEditor, by: Any) -> None:
        table = getattr(self.factor, "table", None) or PointsTable(factor=self.factor)
        said = plain_part(editor.document)
        columns = said.get("columns") or {}
        after = {
            "rows_measure": said["rows"]["measure"],
            "rows_bands": said["rows"]["bands"],
            "columns_measure": columns.get("measure"),
            "columns_bands": columns.get("bands"),
            "per_ability": editor.document.per_ability,
            "points": [list(row) for row in editor.document.points],
        }
        before = {name: getattr(table, name) for name in after} if table.pk else {}
        if before == after:
            return
        for name, value in after.items():
            setattr(table, name, value)
        is_new = table.pk is None
        table.save()
        _note(Change.What.CREATED if is_new else Change.What.CHANGED, table, by, before, after)


def _note(what: Any, row: Any, by: Any, before: dict[str, Any], after: dict[str, Any]) -> None:
    different = {name for name in after if before.get(name) != after[name]}
    record(
        what,
        row,
        by,
        before={name: before[name] for name in sorted(different) if name in before},
        after={name: after[name] for name in sorted(different)},
    )


def _case_card(row: Case) -> Card:
    values = {name: [str(getattr(row, name))] for name in _CASE_FIELDS}
    return Card({**values, "pk": [str(row.pk)]}, routes_of(row.conditions.all()))


def _texts(text: Any) -> dict[str, str]:
    return {"text_en": text, "text_fr": ""} if isinstance(text, str) else {f"text_{key}": text[key] for key in text}
