"""“Why did this person get this?”: a profile and a day in, the whole working out. Nothing of it is stored or logged."""

import datetime as dt
import json
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from eligibility.impact.people import demo_names
from eligibility.impact.people import person as person_of
from eligibility.profile import ProfileError
from eligibility.staff import drafts
from eligibility.staff.explained import Explained, explained
from eligibility.staff.impact_page import name_of_person
from eligibility.staff.profile_text import BadProfileText, from_profile, read
from eligibility.staff.rights import draft_for, require_rules
from eligibility.wizard import rules
from programs import store
from programs.models import Status

LONGEST_PROFILE = 200_000


class ExplainForm(forms.Form):
    """Who, when, and under which rules."""

    person = forms.ChoiceField(label=_("Someone made up"), required=False)
    profile = forms.CharField(
        label=_("Or a profile as JSON"),
        required=False,
        max_length=LONGEST_PROFILE,
        help_text=_("As the command line and the API take it. It is not stored. If it is filled in, it counts."),
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "class": "explain-json"}),
    )
    on = forms.DateField(
        label=_("On which day"),
        required=False,
        help_text=_("Empty: the profile's own day; for someone made up, today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    draft = forms.ChoiceField(label=_("With a draft in force"), required=False)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        """Offer the demo people, and the drafts that this person may look at."""
        super().__init__(*args, **kwargs)
        chosen = self.data.get("person", "") if self.is_bound else ""
        names = [f"demo:{name}" for name in demo_names()]
        # Someone of the population, come from a preview's list.
        names += [chosen] if str(chosen).startswith("sample:") else []
        self._choose(
            "person", [("", _("Nobody: the profile below")), *((name, name_of_person(name)) for name in names)]
        )
        self._choose("draft", [("", _("None: the rules in force")), *_drafts_for(user)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for somebody."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("person") and not cleaned.get("profile"):
            raise forms.ValidationError(_("Choose someone, or paste a profile."))
        return cleaned


def _drafts_for(user: Any) -> list[tuple[str, str]]:
    return [
        (f"{kind}-{version.pk}", str(version))
        for kind in drafts.KINDS
        if user.has_perm(f"programs.view_{kind}")
        for version in apps.get_model("programs", kind)
        ._default_manager.filter(status__in=(Status.DRAFT, Status.IN_REVIEW))
        .order_by("effective_from")
    ]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: HttpRequest) -> HttpResponse:
    """Ask who and when; with an answer, show the working. A link may name someone made up: nothing real is in it."""
    require_rules(request)
    asked: Any = request.POST if request.method == "POST" else None
    if asked is None and request.GET:
        # An address ends up in logs and histories, so it may name someone made up and never hold a profile.
        asked = {**request.GET.dict(), "profile": ""}
    form = ExplainForm(request.user, asked)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": _("Why did this person get this?"),
        "form": form,
    }
    if asked is not None and form.is_valid():
        context |= _answer(request, form)
    response = TemplateResponse(request, "eligibility/staff/explain.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _answer(request: HttpRequest, form: ExplainForm) -> dict[str, Any]:
    day: dt.date | None = form.cleaned_data["on"]
    text: str = form.cleaned_data["profile"]
    try:
        if not text:
            text = json.dumps(person_of(form.cleaned_data["person"], day or timezone.localdate()), indent=2)
        return {"explained": _explained(request, form, text, day), "written": text}
    except BadProfileText as error:
        return {"faults": error.faults}
    except drafts.CannotBeCompiled as error:
        form.add_error("draft", _("This draft is not whole yet: %(why)s") % {"why": error})
    except LookupError:
        form.add_error("person", _("There is nobody of this name."))
    return {}


def _explained(request: HttpRequest, form: ExplainForm, text: str, day: dt.date | None) -> Explained:
    rulebook = store.current()
    if form.cleaned_data["draft"]:
        kind, _dash, pk = form.cleaned_data["draft"].rpartition("-")
        rulebook = drafts.rulebook_with(draft_for(request, kind, int(pk)))
    profile = read(text, day.isoformat() if day else None)
    try:
        return explained(profile, rulebook.on(profile.as_of), rules.language())
    except ProfileError as error:
        raise from_profile(error, text) from None
