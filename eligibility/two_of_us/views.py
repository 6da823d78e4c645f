"""The page of the couple."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from eligibility.answers.document import Answers
from eligibility.results.own_view import EvaluatedView
from eligibility.two_of_us.ways import two_of_us
from eligibility.wizard import clock, routing


class TwoOfUsView(EvaluatedView):
    """Both as the applicant, with the other one along or not, side by side."""

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """The four ways, or what would bring them up."""
        context |= {
            "couple": two_of_us(answers, clock.today()),
            "has_partner": routing.has_partner(answers),
            "is_told": answers.value("family", "marital_status") is not None,
            "has_begun": routing.partner_as_applicant(answers),
        }
        return render(self.request, "eligibility/two_of_us/page.html", context)
