"""The engine: a profile and the rulebook in force on its date give an assessment.

It imports no Django, touches no database and reads no clock.
"""

from collections.abc import Sequence

from eligibility.engine.assessment import Assessment, Invitations, Levels, ProgramResult
from eligibility.engine.check import check_profile
from eligibility.engine.compiled import CompiledRules, Plan, compiled, plan_for, pool_of, ranks_the_pool
from eligibility.engine.grids import Branch
from eligibility.engine.invitations import Outlook
from eligibility.facts import Facts, branches
from eligibility.facts.language import Result
from eligibility.facts.values import Value, known
from eligibility.profile.model import Profile
from programs.rulebook import ABILITIES, RulebookInForce

VERDICTS = {verdict: known(verdict) for verdict in ("eligible", "likely", "unknown", "not_eligible")}


class _Assessor:
    """One profile being assessed, as a plan says."""

    def __init__(self, facts: Facts, rules: CompiledRules, plan: Plan) -> None:
        self.facts = facts
        self._rules = rules
        self._plan = plan
        self._views = plan.everything.views(facts)
        self._branches = self._each_branch() if plan.grids else []
        self.scores = {key: grid.score(self._branches, facts) for key, grid in plan.grids}
        self._results: dict[str, ProgramResult] = {}

    def _each_branch(self) -> list[Branch]:
        """The branches under which scores are worked out; one in most cases, the facts as they are."""
        return [
            Branch(each, self._views if each is self.facts else self._plan.of_grids.views(each))
            for each in branches(self.facts)
        ]

    def _total(self, grid: str, program: str | None) -> Value:
        """A grid's total as a range, as a program counts it that counts it in its own way."""
        score = self.scores[grid]
        if program is None:
            return Value(*score.range, score.missing)
        return Value(*self._rules.grids[grid].total_for(self._branches, program), score.missing)

    def results(self) -> tuple[ProgramResult, ...]:
        """The results of the programs that were asked for."""
        put, views, results = self._rules.readings.put, self._views, self._results
        for slot, grid, program in self._plan.totals:
            put(views, slot, self._total(grid, program))
        for rules, looked_for_at in self._plan.programs:
            result = results[rules.id] = rules.result(views)
            if looked_for_at is not None:
                put(views, looked_for_at, VERDICTS[result.verdict or "unknown"])
        return tuple([results[program] for program in self._plan.shown])

    def verdict_of(self, program: str) -> str:
        """A program's verdict; of one that has no rules on this day nothing is known."""
        result = self._results.get(program)
        return (result.verdict if result else None) or "unknown"

    def invitations(self) -> Invitations | None:
        """The invitation outlook, where rounds are known and the score they rank by."""
        ranked_by = ranks_the_pool(self._rules)
        if ranked_by is None or not self.facts.book.rounds:
            return None
        outlook = Outlook(
            score=self.scores[ranked_by],
            verdict_of=self.verdict_of,
            pool=[program.id for program in pool_of(self._rules)],
            nomination=self.facts.value("nomination_express_entry"),
        )
        return outlook.over(self.facts.book.rounds, self.facts.book.pool, self.facts.as_of())


def _levels(result: Result) -> Levels:
    if result.test is None:
        return None
    return {
        ability: value.low if value.is_known else None for ability, value in zip(ABILITIES, result.levels, strict=True)
    }


def _best_of(found: list[Result]) -> Result:
    return max(found, key=lambda result: (result.lowest.low, sum(value.low for value in result.levels)))


def _clb(facts: Facts) -> dict[str, dict[str, Levels]]:
    """The levels that count, by person and language: of several results, the strongest."""
    chosen = facts.choices()
    partner = [choice.partner for choice in chosen if choice.partner.test is not None]
    return {
        "applicant": {
            "en": _levels(_best_of([choice.english for choice in chosen])),
            "fr": _levels(_best_of([choice.french for choice in chosen])),
        },
        "partner": {
            language: _levels(_best_of(of_language)) if of_language else None
            for language in ("en", "fr")
            for of_language in [[result for result in partner if result.language == language]]
        },
    }


def assess(
    profile: Profile,
    book: RulebookInForce,
    language: str = "en",
    *,
    programs: Sequence[str] | None = None,
    grids: Sequence[str] | None = None,
    scores_only: bool = False,
) -> Assessment:
    """Assess a profile under the rulebook in force on its date.

    Args:
        profile: the applicant's answers.
        book: `rulebook.on(profile.as_of)`.
        language: of all texts, "en" or "fr".
        programs: only these programs (all when None).
        grids: only these scores (all when None).
        scores_only: leave programs out.

    Raises:
        ProfileError: for scores a test cannot give and for codes the classification does not have.

    """
    check_profile(profile, book)
    rules = compiled(book, language)
    plan = plan_for(rules, () if scores_only else programs, grids)
    facts = Facts(profile, book)
    assessor = _Assessor(facts, rules, plan)
    return Assessment(
        id=profile.id,
        as_of=profile.as_of,
        rulebook=book.revision,
        clb=_clb(facts),
        scores={key: score for key, score in assessor.scores.items() if grids is None or key in grids},
        programs=assessor.results(),
        notices=rules.notices,
        invitations=None if scores_only or programs is not None else assessor.invitations(),
        draws=book.draws,
    )
