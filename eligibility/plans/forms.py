"""What a person would like to reach, asked in a form that is sent with GET: the address is the goal."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

POINTS, ROUND, PROGRAM, DOOR = "points", "round", "program", "door"
KINDS = (
    (POINTS, _("Reach a number of CRS points")),
    (ROUND, _("Reach the last cut-off of a round I could be in")),
    (PROGRAM, _("Qualify for a program")),
    (DOOR, _("Open one more door, whichever is nearest")),
)
Programs = Iterable[tuple[str, Sequence[tuple[str, str]]]]


class GoalForm(forms.Form):
    """The goal, and what belongs to two of its kinds: a number of points, or a program."""

    goal = forms.ChoiceField(
        choices=KINDS,
        label=_("What would you like to reach?"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of these goals.")),
    )
    program = forms.ChoiceField(
        required=False,
        label=_("Which program"),
        widget=forms.Select({"class": "nb-select", "autocomplete": "off"}),
        error_messages={"invalid_choice": _("Choose the program from the list.")},
    )

    def __init__(self, typed: Any, *, grid: str, most_points: int, programs: Programs) -> None:
        """`grid` is the one whose points may be asked for, `most_points` what it can give."""
        super().__init__(typed)
        self._grid = grid
        wrong = _("Write a whole number of points from 1 to %(most)d, such as 500.") % {"most": most_points}
        self.fields["points"] = forms.IntegerField(
            required=False,
            min_value=1,
            max_value=most_points,
            label=_("How many CRS points"),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        )
        self.fields["program"].choices = [("", "–"), *programs]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what the goal needs."""
        cleaned = super().clean() or {}
        if cleaned.get("goal") == POINTS and cleaned.get("points") is None and "points" not in self.errors:
            self.add_error("points", _("Write how many points, such as 500."))
        if cleaned.get("goal") == PROGRAM and not cleaned.get("program") and "program" not in self.errors:
            self.add_error("program", _("Choose the program."))
        return cleaned

    @property
    def written(self) -> str:
        """The goal as the planner reads it."""
        kind = self.cleaned_data["goal"]
        if kind == POINTS:
            return f"{self._grid}:{self.cleaned_data['points']}"
        return f"program:{self.cleaned_data['program']}" if kind == PROGRAM else str(kind)


def typed_for(written: str) -> dict[str, str]:
    """What the form holds for a goal as the planner writes it."""
    kind, _colon, rest = written.partition(":")
    if kind in (ROUND, DOOR):
        return {"goal": kind}
    return {"goal": PROGRAM, "program": rest} if kind == PROGRAM else {"goal": POINTS, "points": rest}
