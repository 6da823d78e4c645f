"""What every page's form does: ask only what applies, keep what was typed, say what is missing."""

import datetime as dt
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from eligibility.answers.document import Answer, Answers, Draft, Saved
from eligibility.wizard import routing
from eligibility.wizard.fields import DayField, Question, Words

UNKNOWN_SUFFIX = "_unknown"
_MOST_CHARACTERS = 300
_MOST_VALUES = 20


class UnknownBox(Question, forms.BooleanField):
    """The box "I don't know yet", below the question it belongs to."""

    kind = "companion"

    def __init__(self, label: Words) -> None:
        super().__init__(required=False, label=label)
        self.ask(optional=True)


@lru_cache(maxsize=64)
def _unknown_box(label: str) -> UnknownBox:
    """The box with this label: the same below every question, for no form changes it."""
    return UnknownBox(label)


class QuestionBoundField(BoundField):
    """A question on a page: knows its box "I don't know yet" and where an error should lead."""

    form: "StepForm"

    def value(self) -> Any:
        """What was typed; of a question that has just come back onto the page, what was answered before."""
        form = self.form
        if form.is_bound and self.name in form.newly_asked and self.name in form.initial:
            return self.field.prepare_value(self.initial)
        return super().value()

    @property
    def companion(self) -> BoundField | None:
        """The box "I don't know yet" below this question."""
        name = self.name + UNKNOWN_SUFFIX
        return self.form[name] if name in self.form.fields else None

    @property
    def focus_id(self) -> str:
        """The id of the first thing one can type in or choose."""
        several = getattr(self.field, "kind", "") in {"radios", "date", "checkboxes"}
        return f"{self.auto_id}_0" if several else str(self.auto_id)

    @property
    def aria_describedby(self) -> str:
        """The ids of hint, reason and error, in the order in which they stand."""
        ids = [f"{self.auto_id}_helptext"] if self.help_text else []
        ids += [f"{self.auto_id}_why"] if getattr(self.field, "why", "") else []
        ids += [f"{self.auto_id}_error"] if self.errors else []
        return " ".join(ids)

    @property
    def is_sole(self) -> bool:
        """Whether this is the only question its page can have, and so its heading."""
        return self.use_fieldset and len(type(self.form).base_fields) == 1

    @property
    def chosen(self) -> str:
        """What is chosen in a select; empty if nothing is."""
        value = self.value()
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Context:
    """What a form may look at beside its own fields."""

    answers: Answers
    today: dt.date


class StepForm(forms.Form):
    """A page's questions.

    Questions that do not apply, by what is on the page or was answered before, are not there (see
    `routing`). When a page is sent and what was chosen brings up further questions, those are
    `newly_asked`: they are no error yet.
    """

    page: ClassVar[str]
    title: ClassVar[str | Promise] = ""
    why: ClassVar[str | Promise] = ""
    bound_field_class = QuestionBoundField

    def __init__(
        self,
        context: Context,
        *,
        data: Mapping[str, Any] | None = None,
        answer: Answer | None = None,
        shown: tuple[str, ...] | None = None,
    ) -> None:
        # Django copies the fields from here, which it declares for the class alone: so only those that are asked.
        self.base_fields = {  # type: ignore[misc]
            name: field
            for name, field in _spoken(type(self), get_language()).items()
            if routing.is_field_asked(self.page, name, partial(_said, data, answer or {}), context.answers)
        }
        super().__init__(data=data, initial=answer or {}, label_suffix="", use_required_attribute=False)
        self.context = context
        self.shown = shown
        self.is_quiet = False
        self._put_boxes()
        self.prepare()

    @classmethod
    def for_saved(cls, context: Context, saved: Saved) -> "StepForm":
        """The form as it was last left: the draft, if there is one, otherwise the answer."""
        if saved.draft is not None:
            data = MultiValueDict(saved.draft.typed)
            return cls(context, data=data, answer=saved.answer, shown=saved.draft.shown)
        return cls(context, answer=saved.answer)

    def full_clean(self) -> None:
        """Judge what was typed, unless the page is only being drawn."""
        if self.is_quiet:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data = {}
        else:
            super().full_clean()

    def prepare(self) -> None:
        """Set what depends on what was typed: choices, limits, words."""

    def raw(self, name: str) -> str:
        """What was typed or answered for a question; otherwise nothing."""
        return _said(self.data if self.is_bound else None, self.initial, name)

    def _put_boxes(self) -> None:
        """Put the box "I don't know yet" below each question that may have one."""
        ordered: dict[str, forms.Field] = {}
        for name, field in self.fields.items():
            ordered[name] = field
            if isinstance(field, DayField):
                field.today = self.context.today
            if isinstance(field, Question) and field.may_be_unknown:
                ordered[name + UNKNOWN_SUFFIX] = _unknown_box(str(field.unknown_label))
        self.fields = ordered

    @property
    def questions(self) -> list[str]:
        """The names of what is asked, without the boxes that belong to them."""
        return [name for name in self.fields if not name.endswith(UNKNOWN_SUFFIX)]

    @property
    def bound_questions(self) -> list[QuestionBoundField]:
        """What is asked, to be drawn."""
        return [cast(QuestionBoundField, self[name]) for name in self.questions]

    @property
    def heading(self) -> str | Promise:
        """The question itself, where a page has only one."""
        bound = self.bound_questions
        return str(bound[0].label) if len(bound) == 1 and bound[0].is_sole else self.title

    @property
    def newly_asked(self) -> tuple[str, ...]:
        """Questions that were not on the page when it was sent."""
        if self.shown is None:
            return ()
        return tuple(name for name in self.questions if name not in self.shown)

    @property
    def is_asking_more(self) -> bool:
        """Whether the page came back only because it has further questions."""
        return not self.is_quiet and bool(self.shown and self.newly_asked)

    def is_unknown(self, name: str) -> bool:
        """Whether the person says that they do not know."""
        return bool(self.cleaned_data.get(name + UNKNOWN_SUFFIX))

    def clean(self) -> dict[str, Any]:
        """Ask for what is missing, and refuse an answer beside "I don't know yet"."""
        for name in self.questions:
            field = self.fields[name]
            if not isinstance(field, Question) or name in self.errors or name not in self.cleaned_data:
                continue
            is_empty = self.cleaned_data[name] in (None, "", [])
            if not is_empty and self.is_unknown(name):
                self.add_error(name, _("You gave an answer and also ticked the box below it. Keep one of the two."))
            elif is_empty and not (field.optional or self.is_unknown(name) or name in self.newly_asked):
                self.add_error(name, ValidationError(field.missing, code="missing"))
        self.check()
        return self.cleaned_data

    def check(self) -> None:
        """Compare answers with each other; `add_error` what does not fit."""

    @property
    def is_complete(self) -> bool:
        """Whether the page is valid and everything that is asked now was on it."""
        return self.is_valid() and not any(self._is_open(name) for name in self.newly_asked)

    def _is_open(self, name: str) -> bool:
        field = self.fields[name]
        return isinstance(field, Question) and not field.optional and self.cleaned_data.get(name) in (None, "", [])

    @property
    def unanswered(self) -> list[str]:
        """Of a form made from an answer: questions asked now for which the answer has nothing."""
        return [name for name in self.questions if name not in self.initial and not self._is_optional(name)]

    def _is_optional(self, name: str) -> bool:
        field = self.fields[name]
        return isinstance(field, Question) and field.optional

    def answer(self) -> Answer:
        """The valid answers, as they are stored."""
        return {name: self._json(field, self.cleaned_data.get(name)) for name, field in self.fields.items()}

    def _json(self, field: forms.Field, value: Any) -> Any:
        return field.to_json(value) if isinstance(field, Question) else value

    def draft(self, shown: tuple[str, ...]) -> Draft:
        """What was typed, cut to a bearable size, with the questions that were on the page."""
        typed = {
            key: [str(value)[:_MOST_CHARACTERS] for value in self._values(key)[:_MOST_VALUES]]
            for key in self.data
            if self._is_ours(key)
        }
        return Draft(typed=typed, shown=tuple(name for name in shown if name in type(self).base_fields))

    def _values(self, key: str) -> list[Any]:
        getlist: Callable[[str], list[Any]] | None = getattr(self.data, "getlist", None)
        return getlist(key) if getlist else [self.data[key]]

    def _is_ours(self, key: str) -> bool:
        return any(key == name or key.startswith(f"{name}_") for name in type(self).base_fields)

    def rows(self) -> list[tuple[str | Promise, str]]:
        """Question and answer in words, for reading them again."""
        rows: list[tuple[str | Promise, str]] = []
        for name in self.questions:
            field = self.fields[name]
            value = self.initial.get(name)
            label = field.label or ""
            if value in (None, "", []):
                if self.initial.get(name + UNKNOWN_SUFFIX):
                    rows.append((label, str(getattr(field, "unknown_label", ""))))
            elif isinstance(field, Question):
                rows.append((label, field.in_words(value)))
        return rows


def _said(data: Mapping[str, Any] | None, answer: Mapping[str, Any], name: str) -> str:
    """What was typed for a question, or answered where nothing was sent; otherwise nothing."""
    return str((answer if data is None else data).get(name) or "").strip()


@cache
def _spoken(form: type[StepForm], _language: str | None) -> dict[str, forms.Field]:
    """A form's questions in one language. Each form begins with a copy, and looks no word up again."""
    fields = deepcopy(form.base_fields)
    for field in fields.values():
        if isinstance(field, Question):
            field.speak()
    return fields
