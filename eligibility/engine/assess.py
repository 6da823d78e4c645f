"""The engine: a profile and the rulebook in force on its date give an assessment.

It imports no Django, touches no database and reads no clock.
"""

from collections.abc import Sequence

from eligibility.engine.assessment import Assessment, Finding, Invitations, Levels, ProgramResult, Score, Verdict
from eligibility.engine.check import check_profile
from eligibility.engine.compiled import CompiledProgram, CompiledRules, compiled
from eligibility.engine.invitations import Outlook
from eligibility.facts import Facts
from eligibility.facts.language import Result
from eligibility.facts.values import Value
from eligibility.profile.model import Profile
from programs.rulebook import ABILITIES, RulebookInForce


def verdict_from(findings: Sequence[Finding]) -> Verdict:
    """The verdict that findings make: one surely missed decides, then one that an answer would decide."""
    if any(finding.met is False for finding in findings):
        return "not_eligible"
    undecided = [finding for finding in findings if finding.met is None]
    if not undecided:
        return "eligible"
    return "likely" if all(finding.needs_a_person for finding in undecided) else "unknown"


class _Assessor:
    """One profile being assessed: scores and verdicts are worked out once, when first asked."""

    def __init__(self, facts: Facts, rules: CompiledRules) -> None:
        self.facts = facts
        self._rules = rules
        self._scores: dict[str, Score] = {}
        self._results: dict[str, ProgramResult] = {}
        self._asked: list[str] = []

    def each_choice(self) -> list["_Chosen"]:
        """The context under each choice of language results."""
        return [_Chosen(self, self.facts.choosing(choice)) for choice in self.facts.choices()]

    def estimates(self) -> bool:
        """Whether the applicant's language levels are their own estimate."""
        return any(test.estimated for test in self.facts.profile.language_tests or ())

    def score(self, grid_id: str) -> Score:
        """A grid's score."""
        found = self._scores.get(grid_id)
        if found is None:
            found = self._scores[grid_id] = self._rules.grids[grid_id].score(self.facts)
        return found

    def grid_total(self, grid: str) -> Value:
        """A grid's total as a range; while a program that the grid knows is assessed, as that program counts it."""
        score = self.score(grid)
        if self._asked and self._asked[-1] in score.by_program:
            return Value(*self._rules.grids[grid].total_for(self.facts, self._asked[-1]), score.missing)
        return Value(*score.range, score.missing)

    def verdict_of(self, program: str) -> str:
        """A program's verdict; of one that has no rules on this day nothing is known."""
        rules = self._rules.programs.get(program)
        return (self.program(rules).verdict if rules else None) or "unknown"

    def invitations(self) -> Invitations | None:
        """The invitation outlook, where rounds are known and the score they rank by."""
        pool = [program for program in self._rules.programs.values() if program.leads_into_the_pool]
        ranked_by = [grid for grid in (pool[0].grids if pool else ()) if all(grid in one.grids for one in pool)]
        if not ranked_by or not self.facts.book.rounds:
            return None
        outlook = Outlook(
            score=self.score(ranked_by[0]),
            verdict_of=self.verdict_of,
            pool=[program.id for program in pool],
            nomination=self.facts.value("nomination_express_entry"),
        )
        return outlook.over(self.facts.book.rounds, self.facts.book.pool, self.facts.as_of())

    def program(self, rules: CompiledProgram) -> ProgramResult:
        """A program's result. Programs that ask for each other's verdicts in a circle are a mistake in the rules.

        Raises:
            LookupError: naming the circle.

        """
        found = self._results.get(rules.id)
        if found is None:
            if rules.id in self._asked:
                raise LookupError(f"verdicts depend on each other: {' > '.join((*self._asked, rules.id))}")
            self._asked.append(rules.id)
            try:
                findings = tuple([requirement.finding(self) for requirement in rules.requirements])
            finally:
                self._asked.pop()
            found = self._results[rules.id] = rules.result(findings, verdict_from(findings) if findings else None)
        return found


class _Chosen:
    """The assessor seen with one choice of language results."""

    def __init__(self, assessor: _Assessor, facts: Facts) -> None:
        self._assessor = assessor
        self.facts = facts

    def grid_total(self, grid: str) -> Value:
        """A grid's total does not depend on the choice: each grid takes its own best."""
        return self._assessor.grid_total(grid)

    def verdict_of(self, program: str) -> str:
        """Another program's verdict."""
        return self._assessor.verdict_of(program)


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
    assessor = _Assessor(Facts(profile, book), rules)
    results: list[ProgramResult] = []
    if not scores_only:
        results = [
            assessor.program(program)
            for program in rules.programs.values()
            if programs is None or program.id in programs
        ]
    return Assessment(
        id=profile.id,
        as_of=profile.as_of,
        rulebook=book.revision,
        clb=_clb(assessor.facts),
        scores={grid_id: assessor.score(grid_id) for grid_id in book.grids if grids is None or grid_id in grids},
        programs=tuple(results),
        notices=rules.notices,
        invitations=None if scores_only or programs is not None else assessor.invitations(),
        draws=book.draws,
    )
