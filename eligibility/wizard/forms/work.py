"""Jobs: the applicant's anywhere, the partner's in Canada, and elsewhere if they might apply."""

from django.utils.translation import gettext_lazy as _

from eligibility.wizard.fields import ChoiceQuestion, DayField, NumberField, SelectQuestion
from eligibility.wizard.forms.choices import YES_NO, province_question, yes_no
from eligibility.wizard.forms.occupation import OccupationForm, job_title, unit_group
from eligibility.wizard.places import country_choices

HOME = "CA"


class JobForm(OccupationForm):
    """A job, with the dates and hours that are counted."""

    job_title = job_title(label=_("What was the job?"))
    noc = unit_group()
    province = province_question(_("In which province or territory?"))
    start = DayField(
        label=_("When did it start?"),
        wrong=_("Enter the day the job started, for example 1 July 2019. It cannot be after today."),
        help_text=_("If you are not sure of the day, take the one you could prove."),
        past=True,
        may_be_unknown=True,
    )
    still_there = ChoiceQuestion(
        label=_("Do you still work there?"),
        choices=YES_NO,
        missing=_("Say whether you still work there."),
    )
    end = DayField(
        label=_("When did it end?"),
        wrong=_("Enter the last day of the job, for example 30 June 2023. It cannot be after today."),
        past=True,
        may_be_unknown=True,
    )
    hours_per_week = NumberField(
        label=_("How many hours a week?"),
        wrong=_("Enter the hours of an ordinary week, for example 40, or tick “I don't know yet”."),
        low=0.5,
        high=168,
        step=0.25,
        may_be_unknown=True,
        why=_("Part-time work counts in proportion."),
    )
    paid = yes_no(
        _("Was it paid?"),
        _("Say whether the work was paid, or choose “I don't know yet”."),
        why=_("Only paid work counts."),
    )
    self_employed = yes_no(
        _("Were you self-employed?"),
        _("Say whether you were self-employed, or choose “I don't know yet”."),
    )
    authorized = yes_no(
        _("Were you allowed to work in Canada at that time?"),
        _("Say whether you were allowed to work, or choose “I don't know yet”."),
        hint=_("With a work permit, for example, or as a student within the rules."),
    )
    student = yes_no(
        _("Were you a full-time student at that time?"),
        _("Say whether you were a full-time student, or choose “I don't know yet”."),
        why=_("Work during full-time studies in Canada does not count for some programs."),
    )

    def check(self) -> None:
        """A job ends after it starts."""
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end < start:
            self.add_error("end", _("Enter a day after the job's start. You wrote that it ended before it began."))


class WorkForm(JobForm):
    page = "work"
    title = _("A job")
    why = _("Skilled work is counted by occupation, place, dates and hours, so each job is asked for by itself.")
    field_order = ("job_title", "noc", "country")

    country = SelectQuestion(
        label=_("In which country were you while you did this work?"),
        source=country_choices,
        missing=_("Choose the country you were in, or tick “I don't know yet”."),
        may_be_unknown=True,
        why=_("Work in Canada and work elsewhere are counted apart."),
    )
    employer_country = SelectQuestion(
        label=_("In which country was the employer?"),
        source=country_choices,
        missing=_("Choose the employer's country, or tick “I don't know yet”."),
        may_be_unknown=True,
        why=_("Work done in Canada for an employer abroad is counted in another way."),
    )


class PartnerWorkForm(JobForm):
    page = "partner-work"
    title = _("Your partner's job in Canada")
    why = _("Only your partner's work in Canada brings points.")

    start = DayField(
        label=_("When did it start?"),
        wrong=_("Enter the day the job started, for example 1 July 2019. It cannot be after today."),
        past=True,
        may_be_unknown=True,
    )
    still_there = ChoiceQuestion(
        label=_("Does your partner still work there?"),
        choices=YES_NO,
        missing=_("Say whether your partner still works there."),
    )
    self_employed = yes_no(
        _("Was your partner self-employed?"),
        _("Say whether your partner was self-employed, or choose “I don't know yet”."),
    )
    authorized = yes_no(
        _("Was your partner allowed to work in Canada at that time?"),
        _("Say whether your partner was allowed to work, or choose “I don't know yet”."),
    )
    student = yes_no(
        _("Was your partner a full-time student at that time?"),
        _("Say whether your partner was a full-time student, or choose “I don't know yet”."),
    )


class PartnerJobForm(PartnerWorkForm):
    page = "partner-jobs"
    title = _("Your partner's job outside Canada")
    why = _("If your partner applies, their skilled work counts as yours would.")
    field_order = ("job_title", "noc", "country")

    country = SelectQuestion(
        label=_("In which country was your partner while they did this work?"),
        source=country_choices,
        missing=_("Choose the country your partner was in, or tick “I don't know yet”."),
        may_be_unknown=True,
    )

    def check(self) -> None:
        """Work in Canada has a page of its own."""
        super().check()
        if self.cleaned_data.get("country") == HOME:
            self.add_error(
                "country",
                _("Work in Canada belongs on the page “Your partner's work in Canada”. Choose another country here."),
            )
