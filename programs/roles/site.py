"""The staff's part of the site: Django's admin, with a second step of signing in and pages of no one kind of thing."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect

from programs import further_pages
from programs.roles import gate, sign_in, two_factor


class StaffSite(admin.AdminSite):
    """The admin, for people whose second factor is passed too."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this person may see any page at all."""
        return super().has_permission(request) and two_factor.is_passed(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Let in who may; ask the others, and keep what they sent meanwhile."""
        if view == self.logout:
            # Open to whoever gave a password and no code yet: Django's own gate would keep them signed in half way.
            return csrf_protect(view)
        guarded = super().admin_view(view, cacheable)

        @wraps(view)
        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            question = self._question(request) if request.method == "POST" else None
            if question is None and view != self.password_change and self._has_to_choose_password(request):
                messages.info(request, _("Somebody else chose your password. Choose your own, then go on."))
                return HttpResponseRedirect(reverse("admin:password_change"))
            return question or guarded(request, *args, **kwargs)

        return keeping

    def _has_to_choose_password(self, request: HttpRequest) -> bool:
        return self.has_permission(request) and sign_in.has_to_choose_password(request)

    def _question(self, request: HttpRequest) -> HttpResponse | None:
        if not request.user.is_authenticated:
            question = gate.ask_to_sign_in(request)
            if question is not None:
                return question
        if super().has_permission(request) and not two_factor.is_passed(request) and two_factor.is_on(request.user):
            return gate.ask_for_code(request)
        return None

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's page for name and password; then, for whom there is one, the second step."""
        if request.method == "GET" and super().has_permission(request) and not two_factor.is_passed(request):
            step = "two_factor_code" if two_factor.is_on(request.user) else "two_factor_set_up"
            onwards = urlencode({REDIRECT_FIELD_NAME: next_address(request)})
            return HttpResponseRedirect(f"{reverse(f'admin:{step}')}?{onwards}")
        return super().login(request, extra_context)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's; with it the person has a password that nobody else knows."""
        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            sign_in.chose_password(request)
        return response

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's, and the browser forgets what it still holds of the pages."""
        response = super().logout(request, extra_context)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The pages for accounts, for the second factor and those that others add come before Django's own."""
        from programs.admin import file_pages, freshness_pages, guide
        from programs.roles import pages, sign_in_pages

        def signed_in(view: Callable[..., HttpResponseBase]) -> Any:
            return self.admin_view(view)

        own: list[URLPattern | URLResolver] = [
            path("two-factor/code/", pages.code, name="two_factor_code"),
            path("two-factor/set-up/", pages.set_up, name="two_factor_set_up"),
            path("two-factor/", signed_in(pages.two_factor_page), name="two_factor"),
            path("sign-ins/", signed_in(sign_in_pages.own), name="sign_ins"),
            path("accounts/", signed_in(pages.accounts), name="accounts"),
            path("accounts/<int:pk>/sign-ins/", signed_in(sign_in_pages.of_account), name="account_sign_ins"),
            path("accounts/<int:pk>/unlock/", signed_in(pages.unlock), name="account_unlock"),
            path("accounts/<int:pk>/two-factor-off/", signed_in(pages.reset_two_factor), name="account_two_factor_off"),
            path("freshness/sources/", signed_in(freshness_pages.sources), name="freshness_sources"),
            path("freshness/examples/", signed_in(freshness_pages.examples), name="freshness_examples"),
            path("freshness/limits/", signed_in(freshness_pages.limits), name="freshness_limits"),
            path("freshness/checked/", signed_in(freshness_pages.checked), name="checked"),
            path("freshness/programs/<path:pk>/", signed_in(freshness_pages.program), name="freshness_program"),
            path("files/", signed_in(file_pages.files), name="files"),
            path("files/release/", signed_in(file_pages.release), name="files_release"),
            path("files/waiting/<int:pk>/", signed_in(file_pages.waiting_change), name="files_waiting"),
            path("files/all.zip", signed_in(file_pages.export_all), name="files_export_all"),
            path("files/<slug:kind>/<path:pk>.yaml", signed_in(file_pages.export_one), name="files_export"),
            path("guide/", signed_in(guide.contents), name="guide"),
            path("guide/pictures/<str:name>", signed_in(guide.picture), name="guide_picture"),
            path("guide/<slug:name>/", signed_in(guide.page), name="guide_page"),
        ]
        return own + further_pages.urls(signed_in) + super().get_urls()


def next_address(request: HttpRequest) -> str:
    """Where to go after signing in: the page that was asked for, if it is one of ours."""
    given = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    ours = url_has_allowed_host_and_scheme(given, {request.get_host()}, require_https=request.is_secure())
    return given if ours else reverse("admin:index")
