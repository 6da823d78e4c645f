"""The engine: a profile and the rulebook in force on its date give an assessment.

It imports no Django, touches no database and reads no clock.
"""

from collections.abc import Iterable, Sequence

from eligibility.engine.assessment import Assessment, Invitations, Levels, ProgramResult
from eligibility.engine.check import check_profile
from eligibility.engine.compiled import CompiledRules, Plan, compiled
from eligibility.engine.grids import Branch, Scores
from eligibility.engine.invitations import Outlook
from eligibility.engine.together import FoundLater
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
        found = plan.grids.score(self._each_branch(), facts) if plan.grids is not None else Scores({}, {})
        self.scores, self._totals = found
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
        return Value(*self._totals[grid, program], score.missing)

    def results(self) -> tuple[ProgramResult, ...]:
        """The results of the programs that were asked for."""
        put, memory = self._rules.readings.put, self._rules.readings.memory
        views, results = self._views, self._results
        for total_at, grid, counted_for in self._plan.totals:
            put(views, total_at, self._total(grid, counted_for))
        numbers = [self._plan.truths.of(view) for view in views]
        findings = FoundLater(self._plan.findings, views)
        first, several = numbers[0], len(views) > 1
        for program, key_in, kept, find, always, slot, place in self._plan.programs:
            if always is not None:
                results[program.id] = always
                continue
            by_choice = several and program.by_choice
            key = tuple([key_in(each) for each in numbers]) if by_choice else key_in(first)
            verdict = kept.get(key) or memory.keep(kept, key, (program.verdict(views),))
            results[program.id] = ProgramResult(program.told, verdict[0], None, find, findings)
            if slot is not None and place is not None:
                put(views, slot, VERDICTS[verdict[0] or "unknown"])
                for each, view in zip(numbers, views, strict=True):
                    each[place] = view.codes[slot]
        return tuple([results[program] for program in self._plan.shown])

    def verdict_of(self, program: str) -> str:
        """A program's verdict; of one that has no rules on this day nothing is known."""
        result = self._results.get(program)
        return (result.verdict if result else None) or "unknown"

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


def _levels(result: Result) -> Levels:
    if result.test is None:
        return None
    if result.numbers is not None:
        return dict(zip(ABILITIES, result.numbers, strict=False))
    return {
        ability: value.low if value.is_known else None for ability, value in zip(ABILITIES, result.levels, strict=True)
    }


def _strongest(found: Iterable[Result]) -> Levels:
    """The levels of the strongest of several results."""
    results = list(dict.fromkeys(found))
    if len(results) > 1:
        return _levels(max(results, key=lambda one: (one.lowest.low, sum([value.low for value in one.levels]))))
    return _levels(results[0]) if results else None


def _clb(facts: Facts) -> dict[str, dict[str, Levels]]:
    """The levels that count, by person and language: of several results, the strongest."""
    chosen = facts.choices()
    if len(chosen) == 1:
        only = chosen[0]
        spouse = only.partner
        of_spouse = _levels(spouse)
        return {
            "applicant": {"en": _levels(only.english), "fr": _levels(only.french)},
            "partner": {
                "en": of_spouse if spouse.language == "en" else None,
                "fr": of_spouse if spouse.language == "fr" else None,
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
