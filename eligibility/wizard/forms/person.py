"""The person, their family and their money."""

from django.utils.translation import gettext_lazy as _

from eligibility.wizard import rules
from eligibility.wizard.fields import (
    RATHER_NOT_SAY,
    ChoiceQuestion,
    DayField,
    MoneyField,
    NumberField,
    SelectQuestion,
    SeveralQuestion,
)
from eligibility.wizard.forms.base import StepForm
from eligibility.wizard.forms.choices import yes_no
from eligibility.wizard.places import PROVINCES, country_choices
from eligibility.wizard.ties import NOT_SURE


class YouForm(StepForm):
    page = "you"
    why = _(
        "Age is worth points and changes on your birthday. Citizenship and where you live decide which permits fit."
    )

    birth_date = DayField(
        label=_("When were you born?"),
        wrong=_("Enter your date of birth, for example 17 May 1994. It cannot be after today."),
        past=True,
        may_be_unknown=RATHER_NOT_SAY,
        autocomplete="bday",
        why=_("Only your age is used, never who you are."),
    )
    citizenship = SelectQuestion(
        label=_("What is your citizenship?"),
        source=country_choices,
        missing=_("Choose the country you are a citizen of, or tick “I'd rather not say”."),
        may_be_unknown=RATHER_NOT_SAY,
        why=_("Some work permits are only for citizens of certain countries."),
    )
    second_citizenship = SelectQuestion(
        label=_("Do you have a second citizenship?"),
        help_text=_("Leave this as it is if you have none."),
        source=country_choices,
        missing=_("Choose a country from the list."),
        optional=True,
    )
    residence = SelectQuestion(
        label=_("In which country do you live?"),
        source=country_choices,
        missing=_("Choose the country you live in, or tick “I'd rather not say”."),
        may_be_unknown=RATHER_NOT_SAY,
        autocomplete="country",
        why=_("Some ways are only for people who live in the United States, others for those in Canada."),
    )
    us_permanent_resident = yes_no(
        _("Are you a permanent resident of the United States?"),
        _("Say whether you hold a green card, or choose “I don't know yet”."),
        hint=_("That is, you hold a green card."),
    )
    provinces = SeveralQuestion(
        label=_("Where in Canada do you mean to live?"),
        help_text=_("Tick all that you would be happy with."),
        choices=[*PROVINCES, (NOT_SURE, _("I am not sure yet"))],
        alone=NOT_SURE,
        missing=_("Tick at least one province or territory, or “I am not sure yet”."),
        why=_("Each province chooses its own newcomers, and Quebec has a system of its own, outside Express Entry."),
    )

    def check(self) -> None:
        """Two citizenships are of two countries."""
        first, second = self.cleaned_data.get("citizenship"), self.cleaned_data.get("second_citizenship")
        if first and first == second:
            self.add_error(
                "second_citizenship",
                _("This is the same country as above. Choose another, or leave it empty."),
            )


class FamilyForm(StepForm):
    page = "family"
    why = _("Who comes with you changes the points, the money you must show, and what your family may get.")

    marital_status = ChoiceQuestion(
        label=_("What is your marital status?"),
        choices=[
            ("single", _("Never married")),
            ("married", _("Married")),
            ("common_law", _("Living with a common-law partner for a year or more")),
            ("separated", _("Separated")),
            ("divorced", _("Divorced")),
            ("widowed", _("Widowed")),
            ("annulled", _("Marriage annulled")),
        ],
        unknown=True,
        missing=_("Choose your marital status, or “I don't know yet”."),
    )
    accompanying = yes_no(
        _("Will your partner come to Canada with you?"),
        _("Say whether your partner will come with you, or choose “I don't know yet”."),
        why=_("If your partner stays behind, you are scored as a single person."),
    )
    partner_canadian = yes_no(
        _("Is your partner a citizen or permanent resident of Canada?"),
        _("Say whether your partner is Canadian already, or choose “I don't know yet”."),
        why=_("If so, you are scored as a single person, and your partner may be able to sponsor you."),
    )
    has_children = yes_no(
        _("Do you or your partner have children?"),
        _("Say whether there are children, or choose “I don't know yet”."),
    )
    family_size = NumberField(
        label=_("How many people are in your family?"),
        wrong=_("Enter the number of people, yourself included, for example 3, or tick “I don't know yet”."),
        low=1,
        high=50,
        may_be_unknown=True,
        why=_("The money you must show depends on it."),
    )

    def prepare(self) -> None:
        """Say who is counted, with the age that is in force."""
        if "family_size" in self.fields:
            self.fields["family_size"].help_text = _(
                "Count yourself, your partner and every child under %(age)s of either of you, "
                "even if they do not come along."
            ) % {"age": rules.dependent_child_below_age()}


class ChildForm(StepForm):
    page = "children"
    why = _("A child counts as a dependant up to a certain age.")

    birth_date = DayField(
        label=_("When was the child born?"),
        wrong=_("Enter the child's date of birth, for example 2 April 2020. It cannot be after today."),
        past=True,
        may_be_unknown=True,
    )


class MoneyForm(StepForm):
    page = "money"
    why = _(
        "Most skilled workers must show that they can support their family on arrival. The amount depends on its size."
    )

    settlement_funds_cad = MoneyField(
        label=_("How much could you show, in Canadian dollars?"),
        help_text=_(
            "Savings you can reach: yours, and your partner's if they come along. Not borrowed money "
            "and not the value of "
            "a home. If yours is in US dollars, convert it at today's rate first; a US dollar is "
            "usually worth more "
            "than a Canadian one."
        ),
        wrong=_("Enter an amount in Canadian dollars, for example 25,000, or tick “I don't know yet”."),
        unit=_("Canadian dollars"),
        may_be_unknown=True,
    )
    annual_family_income_cad = MoneyField(
        label=_("What will your family earn in a year in Canada?"),
        help_text=_(
            "In Canadian dollars, before tax: the pay of the job you are offered, and your partner's "
            "if they work in the province already."
        ),
        wrong=_("Enter an amount in Canadian dollars, for example 75,000, or tick “I don't know yet”."),
        unit=_("Canadian dollars"),
        may_be_unknown=True,
        optional=True,
        why=_("Your province asks whether it can support a family of your size."),
    )
