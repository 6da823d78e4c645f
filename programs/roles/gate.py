"""The gate before the staff's pages: whoever has to prove who they are first loses nothing of what they sent.

The question is put at the very address that was asked for, with what was typed in hidden fields, so that the answer and
the work arrive together and the work goes on.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from programs.roles import sign_in, two_factor

PREFIX = "ask"
_NOT_HELD = ("csrfmiddlewaretoken",)


class CodeForm(forms.Form):
    """The second step of signing in."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The six digits that your authenticator app shows now, or one of your backup codes."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        """Refuse a wrong code."""
        code: str = self.cleaned_data["code"]
        try:
            two_factor.verify(self.request, code)
        except two_factor.WrongCode as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return code


class ConfirmForm(forms.Form):
    """Proves once more who sits at the desk."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        self.has_code = two_factor.is_on(request.user)
        if self.has_code:
            self.fields["password"].label = _("Your password, or a code from your app")

    def clean_password(self) -> str:
        """Refuse a wrong password, and a wrong code from those who have an app."""
        given: str = self.cleaned_data["password"]
        code = given.replace(" ", "")
        if self.has_code and len(code) == 6 and code.isascii() and code.isdecimal():
            try:
                two_factor.verify(self.request, code)
            except two_factor.WrongCode as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        elif authenticate(self.request, username=self.request.user.get_username(), password=given) is None:
            raise forms.ValidationError(_("This password is not right. Please try again."))
        return given


def ask_to_sign_in(request: HttpRequest) -> HttpResponse | None:
    """Ask someone whose sign-in has ended; None once they have answered."""
    form = AdminAuthenticationForm(request, _answer(request), prefix=PREFIX)
    if form.is_bound and form.is_valid():
        login(request, form.get_user())
        return None
    told = _("You are not signed in any more. What you entered is kept: it is sent on once you have signed in.")
    return _question(request, form, _("Please sign in again"), told)


def ask_for_code(request: HttpRequest) -> HttpResponse | None:
    """Ask for the second step; None once the code is right."""
    form = CodeForm(request, _answer(request), prefix=PREFIX)
    if form.is_bound and form.is_valid():
        return None
    return _question(request, form, _("Enter your code"), "")


def ask_to_confirm(request: HttpRequest) -> HttpResponse | None:
    """Ask who is there, unless they proved it some minutes ago; None to go on."""
    if sign_in.is_confirmed(request):
        return None
    form = ConfirmForm(request, _answer(request), prefix=PREFIX)
    if form.is_bound and form.is_valid():
        sign_in.confirm(request)
        return None
    told = _("It is a while since you signed in. What you entered is kept: it is sent on once you have confirmed.")
    return _question(request, form, _("Please confirm that it is you"), told)


def confirmed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a method of an admin ask for confirmation before what is sent to it is done."""

    @wraps(view)
    def asking(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        question = ask_to_confirm(request) if request.method == "POST" else None
        return question or view(self, request, *args, **kwargs)

    return asking


def _answer(request: HttpRequest) -> Any:
    """The data of the form, if the request answers it."""
    return request.POST if any(name.startswith(f"{PREFIX}-") for name in request.POST) else None


def _question(request: HttpRequest, form: forms.Form, title: Any, told: Any) -> HttpResponse:
    held = [
        (name, value)
        for name, values in request.POST.lists()
        if not name.startswith(f"{PREFIX}-") and name not in _NOT_HELD
        for value in values
    ]
    context = {**admin.site.each_context(request), "title": title, "told": told, "form": form, "held": held}
    return TemplateResponse(request, "admin/ask.html", context, status=403)
