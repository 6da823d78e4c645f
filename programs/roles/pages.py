"""The pages for one's own second factor, and for who may do what."""

from dataclasses import dataclass
from typing import Any

from axes.utils import reset
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from programs.actions.base import record
from programs.models import Change
from programs.roles import gate, sign_in, two_factor
from programs.roles.roles import ROLES, Role, role_of

_staff = user_passes_test(lambda person: person.is_active and person.is_staff, login_url="admin:login")


def _page(request: HttpRequest, template: str, title: Any, **context: Any) -> TemplateResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), "title": title, **context})


# One's own second factor ------------------------------------------------------------------


class FirstCodeForm(forms.Form):
    """The first code of a new secret."""

    code = forms.CharField(
        label=_("The six digits that the app shows"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


@never_cache
@_staff
def code(request: HttpRequest) -> HttpResponse:
    """The second step of signing in."""
    from programs.roles.site import next_address

    if two_factor.is_passed(request):
        return HttpResponseRedirect(next_address(request))
    if not two_factor.is_on(request.user):
        return HttpResponseRedirect(reverse("admin:two_factor_set_up"))
    question = gate.ask_for_code(request)
    if question is None:
        return HttpResponseRedirect(next_address(request))
    question.status_code = 200
    return question


@never_cache
@_staff
def set_up(request: HttpRequest) -> HttpResponse:
    """Show a new secret, and take it into use with its first code."""
    from programs.roles.site import next_address

    # Who has one has to pass it before they replace it.
    if two_factor.is_on(request.user) and not two_factor.is_passed(request):
        return HttpResponseRedirect(reverse("admin:two_factor_code"))
    form = FirstCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        question = gate.ask_to_confirm(request)
        if question is not None:
            return question
        if form.is_valid():
            try:
                codes = two_factor.set_up(request, form.cleaned_data["code"])
            except two_factor.WrongCode as refusal:
                form.add_error("code", str(refusal))
            else:
                _record_own(request, "two-factor sign-in turned on")
                return _page(
                    request,
                    "admin/backup_codes.html",
                    _("Your backup codes"),
                    codes=codes,
                    onwards=next_address(request),
                )
    device = two_factor.pending_device(request.user)
    return _page(
        request,
        "admin/two_factor_set_up.html",
        _("Set up two-factor sign-in"),
        form=form,
        picture=two_factor.picture_of(device),
        secret=two_factor.secret_of(device),
        required=settings.TWO_FACTOR_REQUIRED and not two_factor.is_on(request.user),
    )


def two_factor_page(request: HttpRequest) -> HttpResponse:
    """How one's own second factor stands; new backup codes, and turning it off."""
    if request.method == "POST":
        question = gate.ask_to_confirm(request)
        if question is not None:
            return question
        if "new_codes" in request.POST and two_factor.is_on(request.user):
            codes = two_factor.new_backup_codes(request.user)
            _record_own(request, "new backup codes made")
            onwards = reverse("admin:two_factor")
            return _page(request, "admin/backup_codes.html", _("Your backup codes"), codes=codes, onwards=onwards)
        if "turn_off" in request.POST and not settings.TWO_FACTOR_REQUIRED:
            two_factor.turn_off(request.user)
            _record_own(request, "two-factor sign-in turned off")
            messages.success(request, _("Two-factor sign-in is off."))
        return HttpResponseRedirect(reverse("admin:two_factor"))
    return _page(
        request,
        "admin/two_factor.html",
        _("Two-factor sign-in"),
        is_on=two_factor.is_on(request.user),
        left=two_factor.backup_codes_left(request.user),
        required=settings.TWO_FACTOR_REQUIRED,
    )


def _record_own(request: HttpRequest, why: str) -> None:
    person: Any = request.user
    record(Change.What.CHANGED, User.objects.get(pk=person.pk), person, why)


# Who may do what --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Account:
    """A line of the table of accounts."""

    person: User
    role: Role | None
    may: tuple[Any, ...]
    has_more_rights: bool
    two_factor: bool
    locked_until: Any
    may_be_helped: bool


def accounts(request: HttpRequest) -> HttpResponse:
    """Every staff account: its role, what that allows, the last sign-in and the second factor."""
    viewer: Any = request.user
    if not viewer.has_perm("auth.view_user"):
        raise PermissionDenied
    people = User.objects.filter(is_staff=True).prefetch_related("groups", "user_permissions").order_by("username")
    return _page(
        request,
        "admin/accounts.html",
        _("Who may do what"),
        accounts=[_account(person, viewer) for person in people],
        roles=ROLES,
        two_persons=settings.TWO_PERSON_RULE,
        two_factor_required=settings.TWO_FACTOR_REQUIRED,
    )


def _account(person: User, viewer: Any) -> Account:
    role = role_of(person)
    return Account(
        person=person,
        role=role,
        may=tuple(each.may for each in ROLES[: ROLES.index(role) + 1]) if role else (),
        has_more_rights=bool(person.user_permissions.all()),
        two_factor=two_factor.is_on(person),
        locked_until=sign_in.locked_until(person.get_username()),
        may_be_helped=may_help(viewer, person),
    )


def may_help(helper: Any, person: User) -> bool:
    """Whether someone may change another's account: an administrator, but not that of a superuser."""
    return helper.has_perm("auth.change_user") and (helper.is_superuser or not person.is_superuser)


@require_POST
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Let someone try again who failed too often."""
    person = to_help(request, pk)
    reset(username=person.get_username())
    record(Change.What.UNLOCKED, person, request.user)
    messages.success(request, _("%(name)s can sign in again.") % {"name": person.get_username()})
    return HttpResponseRedirect(reverse("admin:accounts"))


@require_POST
def reset_two_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn the second factor off for someone who lost their phone and their backup codes."""
    person = to_help(request, pk)
    question = gate.ask_to_confirm(request)
    if question is not None:
        return question
    two_factor.turn_off(person)
    record(Change.What.CHANGED, person, request.user, "two-factor sign-in turned off by an administrator")
    messages.success(request, _("Two-factor sign-in is off for %(name)s.") % {"name": person.get_username()})
    return HttpResponseRedirect(reverse("admin:accounts"))


def to_help(request: HttpRequest, pk: int) -> User:
    """The person of an account that the one who asks may change.

    Raises:
        Http404: if there is no such account.
        PermissionDenied: if it is not theirs to change.

    """
    person = get_object_or_404(User, pk=pk)
    if not may_help(request.user, person):
        raise PermissionDenied
    return person
