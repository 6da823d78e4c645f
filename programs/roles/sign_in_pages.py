"""The pages that say where a person is signed in, and end what they do not know: one's own, and that of an account."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programs.roles import gate, open_sign_ins
from programs.roles.open_sign_ins import SignIn
from programs.roles.pages import to_help


def own(request: HttpRequest) -> HttpResponse:
    """Where one is signed in oneself."""
    asking: Any = request.user
    return _answer(request, User.objects.get(pk=asking.pk), _("Where you are signed in"))


def of_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Where someone else is signed in, for those who may change the account."""
    person = to_help(request, pk)
    return _answer(request, person, _("Where %(name)s is signed in") % {"name": person.get_username()})


def _answer(request: HttpRequest, person: User, title: Any) -> HttpResponse:
    if request.method == "POST":
        return gate.ask_to_confirm(request) or _end(request, person)
    found = open_sign_ins.of(person)
    here, others = _apart(request, found)
    context = {
        "title": title,
        "person": person,
        "is_own": person.pk == request.user.pk,
        "here": here,
        "sign_ins": [here, *others] if here else others,
        "more_than_one": len(others) > 1,
    }
    return TemplateResponse(request, "admin/sign_ins.html", {**admin.site.each_context(request), **context})


def _apart(request: HttpRequest, found: list[SignIn]) -> tuple[SignIn | None, list[SignIn]]:
    """The sign-in that asks, if it is among them, and the others."""
    here = next((each for each in found if each.key == request.session.session_key), None)
    return here, [each for each in found if each is not here]


def _end(request: HttpRequest, person: User) -> HttpResponse:
    # The one that asks is ended by logging out, which also has the browser forget its pages.
    _here, others = _apart(request, open_sign_ins.of(person))
    is_all = "end_all" in request.POST
    chosen = [each for each in others if is_all or each.name == request.POST.get("end")]
    open_sign_ins.end(chosen, person, request.user)
    if chosen:
        told = ngettext("%(count)s sign-in was ended.", "%(count)s sign-ins were ended.", len(chosen))
        messages.success(request, told % {"count": len(chosen)})
    else:
        messages.info(request, _("There was nothing left to end."))
    return HttpResponseRedirect(request.path)
