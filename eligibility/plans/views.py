"""The page of plans. The goal stands in the address; choosing a plan and letting it go are the only changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from config.rate_limits import rate_limited
from eligibility.answers import store
from eligibility.answers.document import Answers
from eligibility.answers.to_profile import to_profile
from eligibility.engine import assess
from eligibility.engine.assessment import Assessment
from eligibility.engine.fulfilled import FULFILLED
from eligibility.express_entry import CRS
from eligibility.planning import plan, read_goal
from eligibility.planning.changes import day_done
from eligibility.planning.chosen import ChosenPlan, ChosenStep, choose, chosen, let_go
from eligibility.planning.goals import GoalError
from eligibility.planning.nearest import nearest
from eligibility.planning.offered import levers_of, options_for
from eligibility.planning.search import MOST_TOGETHER
from eligibility.plans.forms import MOST_POINTS, GoalForm, Programs, typed_for
from eligibility.plans.presentation import Names, goal_text, nearest_view, present, titles
from eligibility.results import words
from eligibility.results.own_view import EvaluatedView
from eligibility.wizard import clock, rules

# The search for what comes nearest takes longer than that for plans, and is made for whoever asks for it.
ASK_NEAREST = "nearest"
# Where every cut-off is reached or none is known, so many points more are proposed.
MORE = 20


@rate_limited("plans")
class PlanView(EvaluatedView):
    """What would it take: the goal's form, and the plans that reach it."""

    http_method_names = ["get", "head", "options", "post"]

    def evaluated(self, answers: Answers, context: dict[str, Any], **address: Any) -> HttpResponse:
        """Search, and show what was found."""
        rulebook, today, language = rules.current(), clock.today(), rules.language()
        profile = to_profile(answers, today)
        now = assess(profile, rulebook.on(today), language)
        names = Names(now, language)
        kept = chosen(answers.beside)
        is_asked = "goal" in self.request.GET
        typed = self.request.GET if is_asked else typed_for(_default(now))
        form = GoalForm(typed, grid=CRS, programs=_programs(now))
        context |= {"form": form, "now": now.scores.get(CRS), "open_doors": _open_doors(now), "most": MOST_TOGETHER}
        if kept is not None:
            context["kept"] = kept
            context["kept_goal"] = goal_text(kept.goal, names)
            options = kept.options(levers_of(rulebook))
            context["kept_steps"] = titles(options, names)
            context["kept_done_on"] = day_done(options, kept.chosen_on)
        if form.is_valid():
            planned = plan(profile, rulebook, today, read_goal(form.written, profile, rulebook))
            steps = frozenset(step.id for step in kept.steps) if kept and kept.goal == form.written else frozenset()
            page = present(planned, names, steps)
            if page.can_be_asked_for_nearest and ASK_NEAREST in self.request.GET:
                found = nearest(planned, rulebook)
                context["nearest"] = nearest_view(found, planned, names, steps) if found else None
                context["asked_nearest"] = True
            context |= {
                "page": page,
                "goal": form.written,
                "goal_typed": typed_for(form.written),
                "goal_text": goal_text(form.written, names),
            }
        return render(self.request, "eligibility/plans/page.html", context)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the plan that was chosen, or let it go; what cannot be done by this person is not kept."""
        goal = request.POST.get("goal", "")
        with store.change(self.secret) as answers:
            if "let_go" in request.POST:
                let_go(answers.beside)
            else:
                found = _read_plan(answers, goal, request.POST.getlist("step"))
                if found is not None:
                    choose(answers.beside, found)
        address = reverse("eligibility:plan", args=[self.secret])
        return redirect(f"{address}?{urlencode(typed_for(goal))}" if goal else address)


def _read_plan(answers: Answers, goal: str, ids: list[str]) -> ChosenPlan | None:
    """The plan that was sent, where its goal can be read and each step is one that this person is offered."""
    rulebook, today = rules.current(), clock.today()
    profile = to_profile(answers, today)
    try:
        read_goal(goal, profile, rulebook)
    except GoalError:
        return None
    offered = {option.id: option for option in options_for(profile, rulebook, levers_of(rulebook))}
    if not 0 < len(ids) <= MOST_TOGETHER or not offered.keys() >= set(ids):
        return None
    return ChosenPlan(goal, tuple(ChosenStep.of(offered[one]) for one in ids), today)


def _default(now: Assessment) -> str:
    """The goal that is proposed: the nearest cut-off not reached yet, of rounds that the person may be in."""
    total = now.scores[CRS].total if CRS in now.scores else 0
    kinds = now.invitations.by_kind if now.invitations else ()
    cutoffs = [kind.last_cutoff or 0 for kind in kinds if kind.eligible_for and not kind.last_is_on_another_scale]
    ahead = [cutoff for cutoff in cutoffs if cutoff > total]
    return f"{CRS}:{min(ahead) if ahead else min(total + MORE, MOST_POINTS)}"


def _programs(now: Assessment) -> Programs:
    """The programs that are not open yet, by their kind."""
    closed = [one for one in now.programs if one.verdict is not None and one.verdict not in FULFILLED]
    by_kind = [
        (title, [(one.id, one.name) for one in closed if one.category == key])
        for key, title in words.CATEGORIES.items()
    ]
    return [(str(title), found) for title, found in by_kind if found]


def _open_doors(now: Assessment) -> int:
    return sum(one.verdict in FULFILLED for one in now.programs)
