"""At the results: remember what is seen, and notice what is different from what was seen before."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone

from eligibility.answers import store
from eligibility.answers.document import Answers
from eligibility.engine.assessment import Assessment
from eligibility.results.doors import Door
from eligibility.since import causes
from eligibility.since.mark import KEY, Mark, mark, read
from eligibility.since.notice import Notice, notice
from eligibility.wizard import rules


def remember(secret: str, seen: Mark) -> None:
    """Keep what a person has seen now."""
    with store.change(secret) as person:
        person.beside[KEY] = seen.as_document()


def noticed(
    request: HttpRequest, secret: str, answers: Answers, assessment: Assessment, doors: Iterable[Door]
) -> Notice | None:
    """What is new to a person who looks at their results, and at these doors; None if nothing is.

    Writes once at the first look, and when only their own answers changed the outcome: that they know.
    """
    if answers.are_empty or getattr(request, "draft_seen", None):
        return None
    rulebook = rules.current()
    before, now = read(answers), mark(answers, assessment, rulebook, timezone.now(), doors)
    if before is None:
        remember(secret, now)
        return None
    if before.says_the_same(now):
        return None
    has_news = before.rules != now.rules or bool(before.new_rounds(rulebook, now.day))
    if not has_news and _only_the_answers(before, now, answers):
        remember(secret, now)
        return None
    return notice(before, now, rulebook)


def _only_the_answers(before: Mark, now: Mark, answers: Answers) -> bool:
    if before.outcome == now.outcome or before.day == now.day:
        return True
    if before.answers == now.answers:
        return False
    return causes.same_but_for_the_answers(before, answers, now.outcome, rules.current())
