"""The pages of scenarios: all of them beside the person's own answers, and one to rename, use or remove."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from eligibility.answers import scenarios, store
from eligibility.answers.document import Answers
from eligibility.answers.scenarios import MOST_SCENARIOS, TooManyScenariosError
from eligibility.answers.whose import Whose
from eligibility.own_pages import own_pages
from eligibility.results import words
from eligibility.results.own_view import EvaluatedView
from eligibility.results.views import EverythingView
from eligibility.what_if.comparison import compare
from eligibility.what_if.forms import NameForm
from eligibility.wizard import clock
from eligibility.wizard.views.private import PrivateView


class CompareView(EvaluatedView):
    """Every scenario beside the person's own answers, and a way to make another."""

    http_method_names = ["get", "head", "options", "post"]

    def post(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        """Copy the answers, and go to the copy to change it."""
        form = NameForm(request.POST)
        if not form.is_valid() and request.POST.get("name", "").strip():
            return self.safely(store.visit(self.secret), form=form)
        try:
            with store.change(self.secret) as person:
                name = form.cleaned_data.get("name") or self.proposed_name(person)
                made = scenarios.copy_answers(person, name)
        except TooManyScenariosError:
            return redirect("eligibility:what_if", self.secret)
        return redirect("eligibility:check", Whose(self.secret, made.number))

    def proposed_name(self, person: Answers) -> str:
        """A name for the next scenario, that none of them has."""
        used = {one.name for one in scenarios.scenarios(person)}
        names = (_("Scenario %(number)d") % {"number": number} for number in range(1, MOST_SCENARIOS + 2))
        return next(name for name in names if name not in used)

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """What differs."""
        found = scenarios.scenarios(answers)
        form = address.get("form") or NameForm(initial={"name": self.proposed_name(answers)})
        context |= {
            "scenarios": [(one, Whose(self.secret, one.number)) for one in found],
            "is_full": len(found) >= MOST_SCENARIOS,
            "most": MOST_SCENARIOS,
            "form": form,
            "comparison": compare(answers, found, _("Your answers"), clock.today()) if found else None,
        }
        return render(self.request, "eligibility/what_if/page.html", context, status=400 if form.errors else 200)


class ScenarioResultsView(EverythingView):
    """Everything that follows from a scenario's answers, to be read: the person's own results stay as they are."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show it."""
        return self.safely(store.visit(self.secret, address["scenario"]))

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """The page of results in full, whose questions lead into the scenario."""
        assert isinstance(answers, scenarios.Scenario)
        context |= {
            "scenario": answers.name,
            "secret": Whose(self.secret, answers.number),
            "here": reverse("eligibility:what_if", args=[self.secret]),
        }
        return super().evaluated(answers, context)


class OneScenarioView(PrivateView):
    """What pages about one scenario share."""

    def draw(self, template: str, number: int, **context: Any) -> HttpResponse:
        """Draw a page about a scenario. Its form holds the name that it has, unless another form is given."""
        found = scenarios.scenario(store.visit(self.secret), number)
        shared = {
            "application": True,
            "secret": self.secret,
            "form": NameForm(initial={"name": found.name}),
            "whose": Whose(self.secret, number),
            "own_pages": own_pages(self.secret, self.request.path),
            "one": found,
        }
        return render(self.request, f"eligibility/what_if/{template}.html", shared | context)


class ScenarioView(OneScenarioView):
    """One scenario: what one can do with it, and its name."""

    def get(self, request: HttpRequest, scenario: int) -> HttpResponse:
        """Show it."""
        return self.draw("scenario", scenario)

    def post(self, request: HttpRequest, scenario: int) -> HttpResponse:
        """Give it another name."""
        form = NameForm(request.POST)
        if not form.is_valid():
            return self.draw("scenario", scenario, form=form)
        with store.change(self.secret, scenario) as found:
            assert isinstance(found, scenarios.Scenario)
            found.name = form.cleaned_data["name"]
        return redirect("eligibility:what_if", self.secret)


class UseScenarioView(OneScenarioView):
    """Making a scenario's answers the person's own."""

    def get(self, request: HttpRequest, scenario: int) -> HttpResponse:
        """Ask."""
        return self.draw("use", scenario, former=self.former_name())

    def post(self, request: HttpRequest, scenario: int) -> HttpResponse:
        """Exchange the two, so that nothing is lost, and show what follows."""
        with store.change(self.secret) as person:
            scenarios.make_own(person, scenario, self.former_name())
        return redirect("eligibility:results", self.secret)

    def former_name(self) -> str:
        """What the person's present answers are called from then on."""
        return _("My answers until %(day)s") % {"day": words.day(clock.today())}


class RemoveScenarioView(OneScenarioView):
    """Removing a scenario."""

    def get(self, request: HttpRequest, scenario: int) -> HttpResponse:
        """Ask."""
        return self.draw("remove", scenario)

    def post(self, request: HttpRequest, scenario: int) -> HttpResponse:
        """Remove it. Twice is as good as once."""
        with store.change(self.secret) as person:
            scenarios.remove(person, scenario)
        return redirect("eligibility:what_if", self.secret)
