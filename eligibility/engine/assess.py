"""The engine: a profile and the rulebook in force on its date give an assessment.

It imports no Django, touches no database and reads no clock.
"""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Final

from eligibility.engine.assessment import Assessment, Invitations, Levels, ProgramResult, Score, Verdict
from eligibility.engine.check import check_profile
from eligibility.engine.compiled import CompiledRules, Plan, compiled
from eligibility.engine.grids import Branch, Scores
from eligibility.engine.invitations import Outlook
from eligibility.engine.together import FoundLater
from eligibility.facts import Facts, branches
from eligibility.facts.language import Result
from eligibility.facts.values import Value, known
from eligibility.profile.model import Profile
from programs.rulebook import RulebookInForce

# Makes a named tuple of its parts in half the time.
_new: Final = tuple.__new__


class _Assessor:
    """One profile being assessed, as a plan says."""

    def __init__(self, facts: Facts, rules: CompiledRules, plan: Plan) -> None:
        self.facts = facts
        self._rules = rules
        self._plan = plan
        self._views = plan.everything.views(facts)
        found = plan.grids.score(self._each_branch(), facts) if plan.grids is not None else Scores({}, {})
        self.scores, self._totals = found
        self._verdicts: list[Verdict | None] = []

    def _each_branch(self) -> list[Branch]:
        """The branches under which scores are worked out; one in most cases, the facts as they are."""
        facts = self.facts
        return [
            Branch(each, self._views if each is facts else self._plan.of_grids.views(each)) for each in branches(facts)
        ]

    def shown_scores(self) -> dict[str, Score]:
        """The scores that were asked for."""
        scores, shown = self.scores, self._plan.shown_grids
        return scores if len(scores) == len(shown) else {key: scores[key] for key in shown}

    def _total(self, grid: str, program: str | None) -> Value:
        """A grid's total as a range, as a program counts it that counts it in its own way."""
        score = self.scores[grid]
        low, high = score.range if program is None else self._totals[grid, program]
        return known(low) if low == high and not score.missing else Value(low, high, score.missing)

    def results(self) -> tuple[ProgramResult, ...]:
        """The results of the programs that were asked for."""
        plan, views = self._plan, self._views
        for slot, grid, counted_for in plan.totals:
            self._rules.readings.put(views, slot, self._total(grid, counted_for))
        self._verdicts = plan.verdicts.found(views)
        findings = FoundLater(plan.findings, views)
        parts = zip(plan.told, self._verdicts, repeat(None), plan.find, repeat(findings))
        made = map(_new, repeat(ProgramResult), parts)
        return plan.shown((*made, *plan.always))

    def verdict_of(self, program: str) -> str:
        """A program's verdict; of one that has no rules on this day nothing is known."""
        place = self._plan.verdicts.places.get(program)
        return "unknown" if place is None else self._verdicts[place] or "unknown"

    def invitations(self) -> Invitations | None:
        """The invitation outlook, where rounds are known and the score they rank by."""
        rules, facts, day = self._rules, self.facts, self.facts.as_of()
        if rules.ranked_by is None or not facts.book.rounds:
            return None
        score, nomination = self.scores[rules.ranked_by], facts.value("nomination_express_entry")
        verdicts = tuple([self.verdict_of(program) for program in (*rules.pool, *rules.invited)])
        key = (day, score.range, verdicts, nomination)
        found = rules.invitations.get(key)
        if found is None:
            outlook = Outlook(score=score, verdict_of=self.verdict_of, pool=rules.pool, nomination=nomination)
            found = rules.readings.memory.keep(
                rules.invitations, key, outlook.over(facts.book.rounds, facts.book.pool, day)
            )
        return found


def _strongest(found: Iterable[Result]) -> Levels:
    """The levels of the strongest of several results."""
    results = list(dict.fromkeys(found))
    if len(results) > 1:
        return max(results, key=lambda one: (one.lowest.low, sum([value.low for value in one.levels]))).by_ability
    return results[0].by_ability if results else None


def _clb(facts: Facts) -> dict[str, dict[str, Levels]]:
    """The levels that count, by person and language: of several results, the strongest."""
    chosen = facts.choices()
    if len(chosen) == 1:
        only = chosen[0]
        spouse = only.partner
        in_french = spouse.language == "fr"
        return {
            "applicant": {"en": only.english.by_ability, "fr": only.french.by_ability},
            "partner": {
                "en": None if in_french else spouse.by_ability,
                "fr": spouse.by_ability if in_french else None,
            },
        }
    partner = [choice.partner for choice in chosen if choice.partner.test is not None]
    return {
        "applicant": {
            "en": _strongest([choice.english for choice in chosen]),
            "fr": _strongest([choice.french for choice in chosen]),
        },
        "partner": {
            "en": _strongest([result for result in partner if result.language == "en"]),
            "fr": _strongest([result for result in partner if result.language == "fr"]),
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
    plan = rules.plan(() if scores_only else programs, grids)
    facts = Facts(profile, book)
    assessor = _Assessor(facts, rules, plan)
    return _new(
        Assessment,
        (
            profile.id,
            profile.as_of,
            book.revision,
            _clb(facts),
            assessor.shown_scores(),
            () if scores_only else assessor.results(),
            rules.notices,
            None if scores_only or programs is not None else assessor.invitations(),
            book.draws,
        ),
    )
