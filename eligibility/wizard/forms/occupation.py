"""The two questions that find an occupation: a job title, and which of its unit groups is meant."""

from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from eligibility.occupations import search
from eligibility.occupations.described import Described, described
from eligibility.wizard import rules
from eligibility.wizard.fields import UNKNOWN, ChoiceQuestion, TextField, Words
from eligibility.wizard.forms.base import StepForm


def job_title(**kwargs: object) -> TextField:
    """The question for a job title."""
    field = TextField(
        help_text=_("Write it as you would say it, for example “software engineer”. A NOC code does as well."),
        missing=_("Enter a job title, for example “software engineer”, or tick “I don't know yet”."),
        may_be_unknown=True,
        attrs={"autocomplete": "off", "data-occupation-search": ""},
        **kwargs,  # type: ignore[arg-type]
    )
    field.finds_occupations = True
    return field


def unit_group() -> ChoiceQuestion:
    """The question which unit group is meant."""
    return ChoiceQuestion(
        label=_("Which of these describes the work best?"),
        help_text=_("Go by what you do all day, not by the title: officers compare your duties with the group's."),
        choices=[],
        missing=_("Choose the occupation that is nearest to the work. To see others, change the job title above."),
        why=_("Every program looks at the National Occupational Classification (NOC), Canada's list of occupations."),
    )


class OccupationForm(StepForm):
    """A form with `job_title` and `noc`."""

    def prepare(self) -> None:
        """Offer what the title leads to, and always what is chosen already."""
        if "noc" not in self.fields:
            return
        found = search.search(self.raw("job_title"))
        titles = {each.code: each.title for each in found}
        chosen = self.raw("noc")
        title = rules.occupation_title(chosen)
        if title is not None:
            titles.setdefault(chosen, title)
        field = cast(ChoiceQuestion, self.fields["noc"])
        field.choices = [*titles.items(), (UNKNOWN, _("None of these fits, or I don't know yet"))]
        # Looked up only when the page is drawn: forms are also made to read answers again.
        hints = SimpleLazyObject(lambda: {code: hint(about) for code, about in described(titles).items()})
        field.hints = cast(Mapping[str, Words], hints)
        if not found:
            field.help_text = _(
                "We found no occupation for this title. Try other words above, for example what your job is called in "
                "an advertisement."
            )


def hint(about: Described) -> SafeString:
    """What stands below an occupation: code and level, what sets it apart, the lists it is on."""
    return _hint(about, get_language())


@lru_cache(maxsize=2048)
def _hint(about: Described, _language: str | None) -> SafeString:
    lists = " ".join(part for part in (about.lists, about.more_words) if part)
    lines = ((line,) for line in (about.apart, lists) if line)
    return format_html("{}{}", about.hint, format_html_join("", '<span class="nb-hint__line">{}</span>', lines))
