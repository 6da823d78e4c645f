"""The public marks of verdicts and findings, for staff: a word and a shape each."""

from django.utils.translation import gettext, gettext_lazy

from eligibility.engine.assessment import Met
from eligibility.results.words import VERDICTS, Mark

_NONE = gettext_lazy("No rules on this day")


def verdict(key: str | None) -> Mark:
    """The mark of a verdict; "none" or None where the program has no rules on the day."""
    if key in (None, "none"):
        return Mark("unchecked", str(_NONE))
    return Mark(str(key), str(VERDICTS[str(key)]))


def met(value: Met, *, is_judgement: bool = False) -> Mark:
    """The mark of a requirement or a condition."""
    if value is None:
        return Mark("confirm", gettext("To confirm")) if is_judgement else Mark("unknown", gettext("Unknown"))
    return Mark("met", gettext("Met")) if value else Mark("missed", gettext("Not met"))
