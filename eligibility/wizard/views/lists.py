"""A list: what is in it, as sentences, and whether there is more."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from eligibility.answers.document import MOST_ITEMS, Answers, Saved
from eligibility.wizard import progress, routing
from eligibility.wizard.forms import GATES, GateForm
from eligibility.wizard.sentences import sentence
from eligibility.wizard.views.questions import CHECK, QuestionsView


@dataclass(frozen=True, slots=True)
class Line:
    """A thing of a list, as the page shows it."""

    id: int
    sentence: str
    is_finished: bool


class ListView(QuestionsView):
    """The list's own page."""

    template = "list"
    form_class: type[GateForm]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the list's first question."""
        self.page = kwargs.pop("page")
        self.form_class = GATES[self.page.slug]
        return super().dispatch(request, *args, **kwargs)

    def lines(self, answers: Answers) -> list[Line]:
        """What is in the list."""
        context = self.context(answers)
        return [
            Line(
                item.id,
                sentence(self.page.slug, item, answers),
                progress.item_status(self.page.slug, item, context) == "answered",
            )
            for item in answers.items(self.page.slug)
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what is in the list, or the first question if there is nothing."""
        answers = self.visit()
        form = self.form_class.for_saved(self.context(answers), answers.page(self.page.slug))
        return self.show_list(answers, form)

    def show_list(self, answers: Answers, form: Any, **context: Any) -> HttpResponse:
        """Draw the page."""
        lines = self.lines(answers)
        return self.show_form(answers, form, lines=lines, is_full=len(lines) >= MOST_ITEMS, **context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Go on: to the next page, or to the first thing to add."""
        if self.is_not_to_be_stored:
            answers = self.visit()
            form = self.sent_form(answers, answers.page(self.page.slug))
            form.is_quiet = True
            return self.show_list(answers, form, must_resend=True)
        with self.change() as answers:
            has_items = bool(answers.items(self.page.slug))
            saved = answers.pages.setdefault(self.page.slug, Saved())
            form = self.sent_form(answers, saved)
            if not has_items:
                is_complete = self.keep(answers, saved, form)
        here = reverse("eligibility:page", args=[self.whose, self.page.slug])
        if not has_items and not is_complete:
            return self.again(here, form)
        if not has_items and saved.answer and saved.answer["any"] == "yes":
            query = "?return=check" if self.returns_to_check else ""
            return redirect(reverse("eligibility:add", args=[self.whose, self.page.slug]) + query)
        following = CHECK if self.returns_to_check else routing.after(self.page.slug, answers).slug
        return redirect("eligibility:page", self.whose, following)
