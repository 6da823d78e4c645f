"""The page that rolls back, and the buttons that lead to it from the pages of versions."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.actions import RollBackTo
from programs.admin.action_pages import ActionPage
from programs.admin.forms import PublishForm
from programs.models import Status, Version


class RollBackForm(PublishForm):
    """From which day the former rules are to hold again, and why."""

    on = forms.DateField(
        label=_("In force again from"), widget=AdminDateWidget(), initial=lambda: timezone.localdate().isoformat()
    )
    field_order = ("on", "why")


def roll_back_page(owner: admin.ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask from which day and why, and bring a former version back."""

    def act(row: Version, request: HttpRequest, data: dict[str, Any]) -> Version:
        accept, because = data["accept"], data["because"]
        return RollBackTo(row, data["on"], request.user, data["why"], accept=accept, because=because).execute()

    title, done = _("Roll back to these rules"), _("Rolled back: “%(subject)s” is published.")
    page = ActionPage(owner, title, RollBackForm, act, done, asks_who=True)
    user: Any = request.user
    return page(request, object_id, user.has_perm(f"programs.publish_{owner.opts.model_name}"))


def former_versions(version: Version | None) -> list[tuple[str, str]]:
    """The address and name of what may be rolled back to from the page of a version.

    From rules that ended that is they themselves, from rules in force or to come those before them.
    """
    if version is None or version.status != Status.PUBLISHED:
        return []
    former = version
    if version.effective_to is None or version.effective_to >= timezone.localdate():
        earlier = version.siblings().filter(status=Status.PUBLISHED, effective_from__lt=version.effective_from)
        before = earlier.order_by("-effective_from").first()
        if before is None:
            return []
        former = before
    address = reverse(f"admin:programs_{former._meta.model_name}_roll_back", args=[former.pk])
    return [(address, former.label)]
