"""The forms of the public pages: dates for the clock, and receipt numbers. Both are read and forgotten."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.h1b.clock import six_years_end_by_months
from eligibility.wizard import rules
from eligibility.wizard.fields import ChoiceQuestion, DayField, NumberField, Question
from eligibility.wizard.forms.base import QuestionBoundField
from eligibility.wizard.forms.choices import YES_NO

MOST_CHARACTERS = 2000


class LooseForm(forms.Form):
    """Questions that stand alone: none must be answered, and no page comes before or after."""

    bound_field_class = QuestionBoundField
    # What `QuestionBoundField` asks of a form: here nothing comes onto the page later.
    newly_asked: tuple[str, ...] = ()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)

    @property
    def bound_questions(self) -> list[QuestionBoundField]:
        """The questions, to be drawn."""
        return [cast(QuestionBoundField, self[name]) for name in self.fields]


class ClockForm(LooseForm):
    """The dates of an H-1B worker's clock."""

    STAY = ("last_day_worked", "i94_expires", "expires", "petition_filed_on", "response_due", "visa_valid_until")
    SIX_YEARS = ("first_h1b_day", "days_abroad", "months_used", "i140_approved", "labor_certification_filed_on")
    FAMILY = ("child_birth_date", "permit_expires")

    last_day_worked = DayField(
        wrong=_("Enter the last day you worked, for example 3 November 2025."),
        help_text=_("Only if your job has ended."),
        optional=True,
    )
    i94_expires = DayField(
        wrong=_("Enter the day your I-94 ends, for example 30 September 2027."),
        help_text=_("You find it on your I-94 record, at i94.cbp.dhs.gov."),
        optional=True,
    )
    expires = DayField(
        wrong=_("Enter the last day of your H-1B approval, for example 30 September 2027."),
        help_text=_("It stands on the approval notice, Form I-797."),
        optional=True,
    )
    petition_filed_on = DayField(
        label=_("If an extension with the same employer is pending: on what day was it filed?"),
        wrong=_("Enter the day it was filed, for example 3 August 2026. It cannot be after today."),
        help_text=_("It is the “received date” on the receipt notice, Form I-797C."),
        past=True,
        optional=True,
    )
    response_due = DayField(
        label=_("If you received a request for evidence: by what day must it be answered?"),
        wrong=_("Enter the last day for the answer, for example 15 January 2027."),
        optional=True,
    )
    visa_valid_until = DayField(
        wrong=_("Enter the day your H-1B visa ends, for example 12 May 2027."),
        help_text=_("The visa is the sticker in your passport. It is not the same as your status."),
        optional=True,
    )
    first_h1b_day = DayField(
        wrong=_("Enter your first day in H-1B status, for example 1 October 2021. It cannot be after today."),
        past=True,
        optional=True,
    )
    days_abroad = NumberField(
        wrong=_("Enter a whole number of days, for example 45."),
        help_text=_("They are added to the six years."),
        high=3650,
        optional=True,
    )
    months_used = NumberField(
        label=_("Or, if you were not in H or L status without a break: how many months have you used?"),
        wrong=_("Enter a whole number of months, for example 50."),
        help_text=_("Without the days abroad. Leave the two questions above empty then."),
        high=120,
        optional=True,
    )
    i140_approved = ChoiceQuestion(
        choices=YES_NO, unknown=True, missing=_("Say whether an I-140 is approved."), optional=True
    )
    labor_certification_filed_on = DayField(
        wrong=_("Enter the day it was filed, for example 12 May 2025. It cannot be after today."),
        past=True,
        optional=True,
    )
    child_birth_date = DayField(
        label=_("The birth date of a child who holds H-4"),
        wrong=_("Enter the birth date, for example 2 April 2007. It cannot be after today."),
        past=True,
        optional=True,
    )
    permit_expires = DayField(
        label=_("If you hold the Canadian open work permit of the 2023 H-1B measure: on what day does it end?"),
        wrong=_("Enter the day the permit ends, for example 15 February 2027."),
        optional=True,
    )

    def __init__(self, today: dt.date, data: Any = None) -> None:
        super().__init__(data)
        self.today = today
        asked = {question.fills: question for question in reversed(rules.h1b().questions) if question.fills}
        for name, field in self.fields.items():
            if isinstance(field, DayField):
                field.today = today
            if not field.label and f"h1b.{name}" in asked:
                field.label = rules.in_words(asked[f"h1b.{name}"].label)

    def groups(self) -> list[tuple[Any, list[QuestionBoundField], bool]]:
        """The questions by subject, and whether the subject stands open from the start."""
        subjects = (
            (_("Your job and your stay"), self.STAY),
            (_("The six years"), self.SIX_YEARS),
            (_("Your family, and a permit you hold in Canada"), self.FAMILY),
        )
        return [
            (
                title,
                [cast(QuestionBoundField, self[name]) for name in names],
                names is self.STAY or any(self[name].errors or self._typed(name) for name in names),
            )
            for title, names in subjects
        ]

    def _typed(self, name: str) -> bool:
        return any(str(self.data.get(key) or "").strip() for key in self.data if key.startswith(name))

    def clean(self) -> dict[str, Any]:
        """Ask for one date at least, and refuse two ways of counting the six years."""
        given = {name for name, value in self.cleaned_data.items() if value not in (None, "")}
        if not self.errors and not given - {"i140_approved", "days_abroad"}:
            self.add_error("i94_expires", _("Enter at least one date. The day your I-94 ends is a good one."))
        if {"months_used", "first_h1b_day"} <= given:
            self.add_error(
                "months_used", _("You gave a first day and a number of months. Keep one of the two, the surer one.")
            )
        return self.cleaned_data

    def profile(self) -> dict[str, Any]:
        """What was typed, in the form of a profile."""
        typed = {
            name: field.to_json(self.cleaned_data.get(name)) if isinstance(field, Question) else None
            for name, field in self.fields.items()
        }
        months = typed["months_used"]
        limit = rules.h1b().six_year_limit
        end = six_years_end_by_months(limit, int(months), self.today).isoformat() if months else None
        born, permit_ends = typed["child_birth_date"], typed["permit_expires"]
        days = ("i94_expires", "expires", "petition_filed_on", "response_due", "visa_valid_until", "first_h1b_day")
        return {
            "as_of": self.today.isoformat(),
            "h1b": {
                "status": "laid_off" if typed["last_day_worked"] else "employed",
                "last_day_worked": typed["last_day_worked"],
                **{name: typed[name] for name in days},
                "labor_certification_filed_on": typed["labor_certification_filed_on"],
                "days_abroad": int(typed["days_abroad"]) if typed["days_abroad"] else None,
                "six_years_end": end,
                "extension_pending": True if typed["petition_filed_on"] else None,
                "i140_approved": {"yes": True, "no": False}.get(typed["i140_approved"] or ""),
            },
            "children": [{"birth_date": born}] if born else None,
            "canada": {"permit": self._permit(), "permit_expires": permit_ends} if permit_ends else None,
        }

    @staticmethod
    def _permit() -> str | None:
        found = rules.h1b().clock
        return found.open_permit.permits[0] if found else None


class ReceiptsForm(LooseForm):
    """Receipt numbers, one below the other or however they come."""

    numbers = forms.CharField(
        label=_("Your receipt numbers"),
        max_length=MOST_CHARACTERS,
        strip=True,
        widget=forms.Textarea(
            {"class": "nb-input nb-input--area", "rows": 5, "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Enter at least one receipt number, for example the one at the top of your Form I-797."),
            "max_length": _("That is too much text. Enter the numbers alone, one below the other."),
        },
    )
