"""The page of plans. The goal stands in the address; choosing a plan and letting it go are the only changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from config.rate_limits import rate_limited
from eligibility.answers import store
from eligibility.answers.document import Answers
from eligibility.answers.to_profile import to_profile
from eligibility.engine import assess
from eligibility.engine.assessment import Assessment
from eligibility.engine.fulfilled import FULFILLED
from eligibility.express_entry import CRS
from eligibility.planning import plan, read_goal
from eligibility.planning.chosen import ChosenPlan, ChosenStep, choose, chosen, let_go
from eligibility.planning.goals import GoalError
from eligibility.planning.nearest import nearest
from eligibility.planning.offered import levers_of, options_for
from eligibility.planning.options import day_done
from eligibility.planning.plans import Planned
from eligibility.planning.search import MOST_TOGETHER
from eligibility.plans.forms import DOOR, GoalForm, Programs, typed_for
from eligibility.plans.presentation import nearest_view, present
from eligibility.plans.wording import Names, goal_text, titles
from eligibility.results import words
from eligibility.results.own_view import EvaluatedView
from eligibility.wizard import clock, rules
from programs.rulebook import Rulebook

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
        names, kept = Names(now, language), chosen(answers.beside)
        form = self._form(now)
        context |= {
            "form": form,
            "now": now.scores.get(CRS),
            "open_doors": sum(one.verdict in FULFILLED for one in now.programs),
            "most": MOST_TOGETHER,
            **(_kept(kept, rulebook, names) if kept is not None else {}),
        }
        if form.is_valid():
            try:
                goal = read_goal(form.written, profile, rulebook)
            except GoalError:
                form.add_error("goal", _("The rules hold nothing to reach this by today. Choose another goal."))
            else:
                context |= self._found(plan(profile, rulebook, today, goal), rulebook, names, kept)
        return render(self.request, "eligibility/plans/page.html", context)

    def _form(self, now: Assessment) -> GoalForm:
        """The form as it was sent, or with the goal that is proposed."""
        score = now.scores.get(CRS)
        most = score.maximum if score else 0
        typed = self.request.GET if "goal" in self.request.GET else typed_for(_default(now, most))
        return GoalForm(typed, grid=CRS, most_points=most, programs=_programs(now))

    def _found(self, planned: Planned, rulebook: Rulebook, names: Names, kept: ChosenPlan | None) -> dict[str, Any]:
        """What was found for a goal, and what comes nearest if that is asked for."""
        goal = planned.goal.written
        steps = frozenset(step.id for step in kept.steps) if kept and kept.goal == goal else frozenset()
        page = present(planned, names, steps)
        told = {"page": page, "goal": goal, "goal_typed": typed_for(goal), "goal_text": goal_text(goal, names)}
        if page.can_be_asked_for_nearest and ASK_NEAREST in self.request.GET:
            found = nearest(planned, rulebook)
            told["nearest"] = nearest_view(found, planned, names, steps) if found else None
            told["asked_nearest"] = True
        return told

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
    wanted = dict.fromkeys(ids)
    if not 0 < len(wanted) <= MOST_TOGETHER or not offered.keys() >= wanted.keys():
        return None
    return ChosenPlan(goal, tuple(ChosenStep.of(offered[one]) for one in wanted), today)


def _kept(kept: ChosenPlan, rulebook: Rulebook, names: Names) -> dict[str, Any]:
    """The plan that the person chose, in words."""
    options = kept.options(levers_of(rulebook))
    return {
        "kept": kept,
        "kept_goal": goal_text(kept.goal, names),
        "kept_steps": titles(options, names),
        "kept_done_on": day_done(options, kept.chosen_on),
    }


def _default(now: Assessment, most_points: int) -> str:
    """The goal that is proposed: the nearest cut-off not reached yet of rounds that the person may be in, if any is."""
    if CRS not in now.scores:
        return DOOR
    total = now.scores[CRS].total
    kinds = now.invitations.by_kind if now.invitations else ()
    cutoffs = [kind.last_cutoff or 0 for kind in kinds if kind.eligible_for and not kind.last_is_on_another_scale]
    ahead = [cutoff for cutoff in cutoffs if cutoff > total]
    return f"{CRS}:{min(ahead) if ahead else min(total + MORE, most_points)}"


def _programs(now: Assessment) -> Programs:
    """The programs that are not open yet, by their kind."""
    closed = [one for one in now.programs if one.verdict is not None and one.verdict not in FULFILLED]
    by_kind = [
        (title, [(one.id, one.name) for one in closed if one.category == key])
        for key, title in words.CATEGORIES.items()
    ]
    return [(str(title), found) for title, found in by_kind if found]
