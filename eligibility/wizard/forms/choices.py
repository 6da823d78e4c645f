"""Questions and choices that several pages share."""

from collections.abc import Callable, Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.wizard import relevance
from eligibility.wizard.fields import ChoiceQuestion, SelectQuestion, SeveralQuestion, Words
from eligibility.wizard.places import country_name, province_choices

YES_NO = (("yes", _("Yes")), ("no", _("No")))
NONE_OF_THESE = "none"
NONE_OF_THESE_CHOICE: tuple[str, Words] = (NONE_OF_THESE, _("None of these"))
STATUSES: tuple[tuple[str, Words], ...] = (
    ("visitor", _("Visitor")),
    ("worker", _("Worker, with a work permit")),
    ("student", _("Student, with a study permit")),
    ("refugee_claimant", _("Refugee claimant")),
    ("none", _("None of these")),
)
PERMITS: tuple[tuple[str, Words], ...] = (
    ("lmia", _("For one employer, with a Labour Market Impact Assessment (LMIA)")),
    ("exempt_employer", _("For one employer, without an LMIA (for example a transfer or a trade agreement)")),
    ("pgwp", _("Post-graduation work permit")),
    ("spousal_open", _("Open work permit as somebody's partner")),
    ("h1b_open", _("Open work permit for H-1B holders")),
    ("open", _("Another open work permit")),
)


def yes_no(
    label: Words, missing: Words, *, hint: Words = "", why: Words = "", optional: bool = False
) -> ChoiceQuestion:
    """A question with yes, no and "I don't know yet"."""
    return ChoiceQuestion(
        label=label, help_text=hint, choices=YES_NO, unknown=True, missing=missing, why=why, optional=optional
    )


def province_question(label: Words) -> SelectQuestion:
    """A question for a province or territory."""
    return SelectQuestion(
        label=label,
        source=province_choices,
        missing=_("Choose the province or territory, or tick “I don't know yet”."),
        may_be_unknown=True,
    )


def some_of(
    label: Words,
    missing: Words,
    *,
    hint: Words = "",
    why: Words = "",
    optional: bool = False,
    choices: Iterable[tuple[str, Words]] = (),
) -> SeveralQuestion:
    """Boxes with "none of these" and "I don't know yet" as the last. Some are offered when the form is made."""
    return SeveralQuestion(
        label=label,
        help_text=hint,
        choices=[*choices, NONE_OF_THESE_CHOICE],
        alone=NONE_OF_THESE,
        unknown=True,
        missing=missing,
        why=why,
        optional=optional,
    )


def offer(form: forms.Form, name: str, named: Callable[[], Iterable[tuple[str, Words]]]) -> None:
    """Offer what the rules name at a question of a form, if it is asked there."""
    field = form.fields.get(name)
    if isinstance(field, SeveralQuestion):
        field.offer([*named(), NONE_OF_THESE_CHOICE])


def countries_of_permanent_residents() -> list[tuple[str, Words]]:
    """The countries whose permanent residents the rules count as citizens."""
    return [(code, country_name(code)) for code in relevance.values_named("permanent_residences")]


def inviting_programs() -> list[tuple[str, str]]:
    """The programs that go by letters of invitation."""
    return relevance.programs_named("invitation_letters", None)
