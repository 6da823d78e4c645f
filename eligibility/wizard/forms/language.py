"""Language tests with their real scores, or an estimate where no test has been taken."""

from functools import cache
from pathlib import Path
from typing import Any, ClassVar, cast

import yaml
from django.utils.translation import gettext_lazy as _

from eligibility.wizard import rules
from eligibility.wizard.fields import UNKNOWN, ChoiceQuestion, DayField, NumberField, SelectQuestion, Words
from eligibility.wizard.forms.base import StepForm

ABILITY_NAMES: dict[str, Words] = {
    "listening": _("Listening"),
    "reading": _("Reading"),
    "writing": _("Writing"),
    "speaking": _("Speaking"),
}


@cache
def _descriptions() -> list[dict[str, Any]]:
    written: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent.parent / "estimates.yaml").read_text("utf-8"))
    return written


def _description(level: int) -> str:
    return next((str(each[rules.language()]) for each in _descriptions() if level <= each["upto"]), "")


def estimate_choices(language: str) -> list[tuple[str, Words]]:
    """The levels one may estimate, in plain words, highest first."""
    levels = rules.levels_to_estimate()
    name = "NCLC" if language == "fr" else "CLB"
    below = levels[0] - 1
    named: list[tuple[str, Words]] = [
        (
            str(level),
            _("%(words)s (%(name)s %(level)s)") % {"words": _description(level), "name": name, "level": level},
        )
        for level in reversed(levels)
    ]
    words = {"words": _description(below), "name": name, "level": levels[0]}
    return [
        ("", _("Choose what fits best")),
        *named,
        (str(below), _("%(words)s (below %(name)s %(level)s)") % words),
        (UNKNOWN, _("I don't know yet")),
    ]


def _score(ability: str) -> NumberField:
    return NumberField(label=ABILITY_NAMES[ability], wrong="", may_be_unknown=True)


class LanguageForm(StepForm):
    page = "language"
    title = _("A language test")
    estimates: ClassVar[tuple[tuple[str, Words], ...]] = (
        ("en", _("Not yet: I estimate my English")),
        ("fr", _("Not yet: I estimate my French")),
    )
    why = _("Language is worth more points than anything else, and every ability is counted by itself.")

    test = ChoiceQuestion(
        label=_("Which test did you take?"),
        help_text=_("One test a page: if you took several, add each."),
        choices=[],
        missing=_("Choose the test you took, or “Not yet” to estimate your level."),
    )
    scale = ChoiceQuestion(
        label=_("Which column of the certificate do you copy?"),
        help_text=_("The certificate shows two. Both give the same level, but their figures are far apart."),
        choices=[],
        missing=_("Choose the column whose figures you copy."),
    )
    date = DayField(
        label=_("When did you take it?"),
        wrong=_("Enter the date you took the test, for example 3 November 2025. It cannot be after today."),
        past=True,
        may_be_unknown=True,
        why=_("A result counts for a limited time."),
    )
    listening = _score("listening")
    reading = _score("reading")
    writing = _score("writing")
    speaking = _score("speaking")

    def prepare(self) -> None:
        """Offer the tests that are accepted, and the scores that the chosen one can give."""
        tests = rules.language_tests()
        field = cast(ChoiceQuestion, self.fields["test"])
        field.choices = [
            *((test.id, test.name) for test in tests),
            *((f"{rules.ESTIMATE}{language}", label) for language, label in self.estimates),
        ]
        chosen = self.raw("test")
        test = next((each for each in tests if each.id == chosen), None)
        if test is not None:
            self._ask_scores(test)
        elif chosen.startswith(rules.ESTIMATE):
            self._ask_estimates(chosen.removeprefix(rules.ESTIMATE))
        else:
            for name in rules.ABILITIES:
                self.fields.pop(name, None)
                self.fields.pop(f"{name}_unknown", None)

    def _ask_scores(self, test: rules.TestChoice) -> None:
        if "scale" in self.fields:
            cast(ChoiceQuestion, self.fields["scale"]).choices = list(test.scales)
        for name in rules.ABILITIES:
            scores = test.range(name, self.raw("scale") or None)
            field = cast(NumberField, self.fields[name])
            given = {
                "test": test.name,
                "ability": ABILITY_NAMES[name],
                "low": f"{scores.low.normalize():f}",
                "high": f"{scores.high.normalize():f}",
                "step": f"{scores.step.normalize():f}",
            }
            if scores.step == 1:
                field.help_text = _("From %(low)s to %(high)s") % given
                wrong = _(
                    "%(ability)s: enter your %(test)s score, a whole number from %(low)s to "
                    "%(high)s, or tick “I don't know yet”."
                )
            else:
                field.help_text = _("From %(low)s to %(high)s, in steps of %(step)s") % given
                wrong = _(
                    "%(ability)s: enter your %(test)s score from %(low)s to %(high)s in steps of %(step)s, "
                    "or tick “I don't know yet”."
                )
            if len(test.scales) > 1:
                wrong = _(
                    "%(ability)s: enter a score from %(low)s to %(high)s. If yours is higher, you "
                    "may be copying the other "
                    "column: check your choice above."
                )
            field.set_limits(
                wrong=wrong % given, low=float(scores.low), high=float(scores.high), step=float(scores.step)
            )

    def _ask_estimates(self, language: str) -> None:
        choices = estimate_choices(language)
        for name in rules.ABILITIES:
            self.fields.pop(f"{name}_unknown", None)
            self.fields[name] = SelectQuestion(
                label=ABILITY_NAMES[name],
                source=lambda: choices,
                missing=_("%(ability)s: choose the sentence that fits you best, or “I don't know yet”.")
                % {"ability": ABILITY_NAMES[name]},
            )


class PartnerLanguageForm(LanguageForm):
    page = "partner-language"
    title = _("Your partner's language test")
    estimates = (("en", _("Not yet: we estimate the English")), ("fr", _("Not yet: we estimate the French")))
    why = _("Your partner's test in English or French is worth points too.")

    test = ChoiceQuestion(
        label=_("Which test did your partner take?"),
        help_text=_("One test a page: if there are several, add each."),
        choices=[],
        missing=_("Choose the test your partner took, or “Not yet” to estimate the level."),
    )
