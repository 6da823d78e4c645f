"""Help with the question for an occupation: by the code on a US form, or by what one does all day.

It begins where a job is asked for, after what was typed there has been kept, and leads back with the occupation chosen.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from eligibility.answers.document import Answers, Draft, Saved
from eligibility.occupations.views import code_answer, duty_answer, typed
from eligibility.wizard import rules
from eligibility.wizard.forms import ITEM_FORMS, PAGE_FORMS
from eligibility.wizard.forms.occupation import OccupationForm
from eligibility.wizard.views.private import PrivateView

TEMPLATES = {"code": "occupation_code", "duties": "occupation_duties"}


class OccupationHelpView(PrivateView):
    """One way to find the occupation of one job."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the question that is to be answered."""
        self.slug: str = kwargs.pop("slug")
        self.way: str = kwargs.pop("way")
        self.item_id: int | None = kwargs.pop("item", None)
        forms = PAGE_FORMS if self.item_id is None else ITEM_FORMS
        if not issubclass(forms.get(self.slug, object), OccupationForm):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @property
    def job_url(self) -> str:
        """The page on which the job is asked for."""
        query = "?return=check" if self._sent().get("return") == "check" else ""
        if self.item_id is None:
            return reverse("eligibility:page", args=[self.whose, self.slug]) + query
        return reverse("eligibility:item", args=[self.whose, self.slug, self.item_id]) + query

    def _sent(self) -> Any:
        return self.request.POST if self.request.method == "POST" else self.request.GET

    def saved(self, answers: Answers) -> Saved:
        """What is kept of the job.

        Raises:
            Http404: if there is no such job.

        """
        if self.item_id is None:
            return answers.pages.setdefault(self.slug, Saved())
        item = answers.item(self.slug, self.item_id)
        if item is None:
            raise Http404
        return item

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the way, with what it has found."""
        answers = self.visit()
        self.saved(answers)
        found = code_answer(typed(request, "code")) if self.way == "code" else duty_answer(request)
        context = found | {
            "back_url": self.job_url,
            "returns": request.GET.get("return") == "check",
            "may_choose": True,
        }
        return self.show(TEMPLATES[self.way], answers, **context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the occupation that was chosen, beside all else that was typed, and go back to the job."""
        code = request.POST.get("noc", "")
        title = rules.occupation_title(code)
        if title is None:
            return redirect(request.path)
        with self.change() as answers:
            _take(self.saved(answers), code, title)
        return redirect(f"{self.job_url}#question-noc")


def _take(saved: Saved, code: str, title: str) -> None:
    if saved.draft is None and saved.answer is not None:
        saved.answer = {**saved.answer, "noc": code, "job_title": saved.answer.get("job_title") or title}
        return
    draft = saved.draft or Draft(typed={}, shown=("job_title",))
    typed_so_far = {name: values for name, values in draft.typed.items() if name != "job_title_unknown"}
    typed_so_far["noc"] = [code]
    if not "".join(typed_so_far.get("job_title", [])).strip():
        typed_so_far["job_title"] = [title]
    saved.draft = Draft(typed_so_far, tuple(dict.fromkeys((*draft.shown, "noc"))))
