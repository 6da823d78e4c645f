"""Pages that ask before something is done: a form, what stands in the way, one button."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse

from programs.actions import ActionRefused, AlreadyDone, CannotPublish
from programs.admin.found import found_or_404
from programs.checks.problems import Problem
from programs.roles.gate import ask_to_confirm

TEMPLATE = "admin/programs/action.html"


def change_url(row: models.Model) -> str:
    """The admin page of a row."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


class ActionPage:
    """Asks for what an action needs, does it once on POST, and goes to the page of what came of it."""

    def __init__(
        self,
        owner: admin.ModelAdmin,
        title: Any,
        form: type[forms.Form],
        act: Callable[[Any, HttpRequest, dict[str, Any]], models.Model],
        done: Any,
        *,
        asks_who: bool = False,
        linked: Callable[[Any, Sequence[Problem]], Sequence[Any]] = lambda _row, problems: problems,
    ) -> None:
        """`act` takes the row, the request and the form's data; `done` is what to say afterwards.

        `linked` gives the problems of a row with the addresses of their places.
        With `asks_who`, whoever signed in a while ago has to prove again who they are.
        """
        self.asks_who = asks_who
        self.linked = linked
        self.owner = owner
        self.title = title
        self.form = form
        self.act = act
        self.done = done

    def __call__(
        self,
        request: HttpRequest,
        object_id: str,
        may: bool,
        problems: Callable[[Any], Sequence[Problem]] | None = None,
        **form_options: Any,
    ) -> HttpResponse:
        """Answer one request; `may` says whether this person may do it at all."""
        if not may:
            raise PermissionDenied
        row = found_or_404(self.owner.model, object_id)
        question = ask_to_confirm(request) if self.asks_who and request.method == "POST" else None
        if question is not None:
            return question
        form = self.form(request.POST or None, **form_options)
        found: Sequence[Problem] = ()
        if request.method == "POST" and form.is_valid():
            try:
                result = self.act(row, request, form.cleaned_data)
            except AlreadyDone as refusal:
                messages.warning(request, str(refusal))
                return HttpResponseRedirect(change_url(row))
            except CannotPublish as refusal:
                found = refusal.problems
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            else:
                messages.success(request, self.done % {"subject": result})
                return HttpResponseRedirect(change_url(result))
        elif problems is not None:
            found = problems(row)
        return TemplateResponse(request, TEMPLATE, self._context(request, row, form, found))

    def _context(
        self, request: HttpRequest, row: models.Model, form: forms.Form, found: Sequence[Problem]
    ) -> dict[str, Any]:
        new_figures = _new_figures(form, found)
        if "because" in form.fields and not (new_figures or form["because"].data):
            # Nothing is asked for that has no use here.
            form.fields["because"].widget = forms.HiddenInput()
        return {
            **self.owner.admin_site.each_context(request),
            "opts": self.owner.opts,
            "title": self.title,
            "subtitle": str(row),
            "original": row,
            "back": change_url(row),
            "form": form,
            "media": self.owner.media + form.media,
            "errors": self.linked(row, [each for each in found if _is_error(each) and not _may_accept(form, each)]),
            "new_figures": new_figures,
            "warnings": self.linked(row, [each for each in found if not _is_error(each)]),
        }


def _is_error(problem: Problem) -> bool:
    return problem.severity == "error"


def _may_accept(form: forms.Form, problem: Problem) -> bool:
    return "accept" in form.fields and bool(problem.example)


def _new_figures(form: forms.Form, found: Sequence[Problem]) -> list[dict[str, Any]]:
    """The worked examples that come out differently, each with all that differs and whether it was accepted."""
    accepted = form.data.getlist("accept") if isinstance(form.data, QueryDict) else []
    examples: dict[str, dict[str, Any]] = {}
    for problem in found:
        if _may_accept(form, problem):
            new = {"key": problem.example, "where": problem.where, "accepted": problem.example in accepted, "said": []}
            examples.setdefault(problem.example, new)["said"].append(problem.message)
    return list(examples.values())
