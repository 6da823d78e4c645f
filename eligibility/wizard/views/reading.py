"""Pages to read: what a situation means, and all answers again before the result."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise

from eligibility.answers.document import Answers
from eligibility.wizard import clock, progress, routing, rules
from eligibility.wizard.forms import GATES, PAGE_FORMS, Context, StepForm
from eligibility.wizard.sentences import sentence
from eligibility.wizard.views.private import PrivateView

Row = tuple[str | Promise, str]


class MeaningView(PrivateView):
    """What the person's situation means for Canada, and the day their time ends."""

    def get(self, request: HttpRequest, page: routing.Page) -> HttpResponse:
        """Show it, or what is missing for it."""
        answers = self.visit()
        situation = rules.situation(answers.value("h1b", "situation"))
        document = rules.h1b()
        return self.show(
            "meaning",
            answers,
            slug=page.slug,
            situation=situation,
            deadline=progress.deadline(answers, clock.today()),
            is_laid_off=routing.h1b_status(answers) == "laid_off",
            grace=document.grace_period,
            links=document.links,
            advice=document.tell_the_user,
        )


@dataclass(frozen=True, slots=True)
class CheckedPage:
    """A page's answers, to be read again."""

    slug: str
    title: str
    rows: list[Row]
    lines: list[str]
    status: progress.Status
    is_new: bool


@dataclass(frozen=True, slots=True)
class CheckedSection:
    """A subject's pages."""

    title: str
    pages: list[CheckedPage]


class CheckView(PrivateView):
    """All answers, with a way to change each."""

    def get(self, request: HttpRequest, page: routing.Page) -> HttpResponse:
        """Show them."""
        answers = self.visit()
        sections = checked_sections(self.context(answers))
        pages = [each for section in sections for each in section.pages]
        return self.show(
            "check",
            answers,
            slug=page.slug,
            # Each page is named: to look every address up takes longer than to draw what it leads to.
            below=reverse("eligibility:check", args=[self.whose]).removesuffix("check/"),
            sections=sections,
            new=[each for each in pages if each.is_new],
            unfinished=[each for each in pages if each.status == "unfinished" and not each.is_new],
            open=[each for each in pages if each.status == "open" and not each.is_new],
        )


def checked_sections(context: Context) -> list[CheckedSection]:
    """Everything that applies, subject by subject."""
    asked = routing.asked_pages(context.answers)
    sections = []
    for section in routing.SECTIONS:
        pages = [
            _checked(page, context) for page in asked if page.section == section.id and page.kind in {"form", "list"}
        ]
        if pages:
            sections.append(CheckedSection(str(section.title), pages))
    return sections


def _checked(page: routing.Page, context: Context) -> CheckedPage:
    answers = context.answers
    form = _form(page, context)
    status = progress.page_status(page, context, form)
    gate = GATES.get(page.slug)
    return CheckedPage(
        slug=page.slug,
        title=str(gate.list_heading if gate else routing.title(page)),
        rows=form.rows() if form is not None else [],
        lines=[sentence(page.slug, item, answers) for item in answers.items(page.slug)],
        status=status,
        is_new=page.slug in answers.newly_asked and status != "answered",
    )


def _form(page: routing.Page, context: Context) -> StepForm | None:
    """A page's form with its answer; none of a list that holds something."""
    answers: Answers = context.answers
    if page.kind == "list" and answers.items(page.slug):
        return None
    form_class = GATES.get(page.slug) or PAGE_FORMS[page.slug]
    return form_class(context, answer=answers.page(page.slug).answer)
