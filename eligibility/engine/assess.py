"""The engine: a profile and the rulebook in force on its date give an assessment.

It imports no Django, touches no database and reads no clock.
"""

from collections.abc import Sequence
from typing import Any

from eligibility.engine import grids
from eligibility.engine.assessment import (
    Assessment,
    Finding,
    IntakeState,
    Levels,
    NextStep,
    NoticeShown,
    OutlookState,
    ProgramFact,
    ProgramResult,
    Score,
    Verdict,
)
from eligibility.engine.check import check_profile
from eligibility.engine.conditions import citation, requirement_finding
from eligibility.engine.words import Words
from eligibility.facts import Facts
from eligibility.facts.language import Result
from eligibility.facts.values import Value
from eligibility.profile.model import Profile
from programs.packs.schema.tables import Notice
from programs.rulebook import ABILITIES, ProgramInForce, RulebookInForce


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

    def __init__(self, facts: Facts, words: Words) -> None:
        self.facts = facts
        self.book: RulebookInForce = facts.book
        self.words = words
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
            found = self._scores[grid_id] = grids.score(self.facts, self.book.grids[grid_id], self.words)
        return found

    def grid_total(self, grid: str) -> Value:
        """A grid's total, as a range."""
        score = self.score(grid)
        return Value(*score.range, score.missing)

    def verdict_of(self, program: str) -> str:
        """A program's verdict. A program that asks for itself, directly or not, is a mistake in the rules.

        Raises:
            LookupError: if programs ask for each other's verdicts in a circle.
        """
        if program in self._asked:
            raise LookupError(f"the verdict of {program} depends on itself: {' > '.join(self._asked)}")
        for candidate in self.book.programs:
            if candidate.document.id == program:
                self._asked.append(program)
                verdict = self.program(candidate).verdict
                self._asked.pop()
                return verdict or "unknown"
        return "not_eligible"

    def program(self, program: ProgramInForce) -> ProgramResult:
        """A program's result."""
        document = program.document
        found = self._results.get(document.id)
        if found is None:
            found = self._results[document.id] = self._assess(program)
        return found

    def _assess(self, program: ProgramInForce) -> ProgramResult:
        document, version, language = program.document, program.version, self.words.language
        findings: tuple[Finding, ...] = ()
        if version is not None:
            findings = tuple(requirement_finding(req, self, version) for req in version.requirements)
        return ProgramResult(
            id=document.id,
            name=document.name.in_language(language),
            authority=document.authority,
            category=document.category,
            leads_to=document.leads_to,
            summary=document.summary.in_language(language),
            official_url=document.official_url,
            verdict=verdict_from(findings) if findings else None,
            intake=self._intake(program),
            outlook=self._outlook(program),
            requirements=findings,
            version=version.version if version else None,
            effective_from=version.effective_from if version else None,
            grids=tuple(grid for grid in document.grids if grid in self.book.grids),
            facts=tuple(
                ProgramFact(
                    fact.topic, fact.text.in_language(language), fact.amount_cad, citation(fact, self.book, language)
                )
                for fact in document.facts
            ),
            next_steps=tuple(NextStep(step.text.in_language(language), step.url) for step in document.next_steps),
            not_checked=document.not_checked.in_language(language) if document.not_checked else None,
            express_entry_linked=document.express_entry_linked,
            notices=tuple(notice.id for notice in self.book.notices if document.id in notice.concerns),
        )

    def _intake(self, program: ProgramInForce) -> IntakeState | None:
        intake = program.intake
        if intake is None:
            return None
        language = self.words.language
        return IntakeState(
            status=intake.status,
            since=intake.from_,
            until=intake.to,
            note=intake.note.in_language(language) if intake.note else None,
            citation=citation(intake, self.book, language),
        )

    def _outlook(self, program: ProgramInForce) -> OutlookState | None:
        outlook = program.outlook
        if outlook is None:
            return None
        language = self.words.language
        return OutlookState(
            outlook.realistic, outlook.text.in_language(language), citation(outlook, self.book, language)
        )


class _Chosen:
    """The assessor seen with one choice of language results."""

    def __init__(self, assessor: _Assessor, facts: Facts) -> None:
        self._assessor = assessor
        self.facts = facts
        self.book = assessor.book
        self.words = assessor.words

    def grid_total(self, grid: str) -> Value:
        """A grid's total does not depend on the choice: each grid takes its own best."""
        return self._assessor.grid_total(grid)

    def verdict_of(self, program: str) -> str:
        """Another program's verdict."""
        return self._assessor.verdict_of(program)


def _notice(notice: Notice, language: str) -> NoticeShown:
    return NoticeShown(
        id=notice.id,
        title=notice.title.in_language(language),
        text=notice.text.in_language(language),
        concerns=notice.concerns,
        confidence=notice.confidence,
        effective_from=notice.effective_from,
        sources=tuple((source.url, source.title, source.as_of) for source in notice.sources),
    )


def _levels(result: Result) -> Levels:
    if result.test is None:
        return None
    return {
        ability: value.low if value.is_known else None
        for ability, value in zip(ABILITIES, result.levels, strict=True)
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
    scores_only: bool = False,
) -> Assessment:
    """Assess a profile under the rulebook in force on its date.

    Args:
        profile: the applicant's answers.
        book: `rulebook.on(profile.as_of)`.
        language: of all texts, "en" or "fr".
        programs: only these programs (all when None).
        scores_only: leave programs out.

    Raises:
        ProfileError: for scores a test cannot give and for codes the classification does not have.
    """
    check_profile(profile, book)
    assessor = _Assessor(Facts(profile, book), Words(language))
    results: list[Any] = []
    if not scores_only:
        wanted = [p for p in book.programs if programs is None or p.document.id in programs]
        results = [assessor.program(program) for program in wanted]
    return Assessment(
        id=profile.id,
        as_of=profile.as_of,
        rulebook=book.revision,
        clb=_clb(assessor.facts),
        scores={grid_id: assessor.score(grid_id) for grid_id in book.grids},
        programs=tuple(results),
        notices=tuple(_notice(notice, language) for notice in book.notices),
    )
