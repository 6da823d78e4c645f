"""Accounts in admin: roles in the place of single rights, every change on record, nobody lifts themselves up."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from programs.actions.base import record
from programs.models import Change, GivenPassword
from programs.roles import open_sign_ins, sign_in
from programs.roles.gate import confirmed
from programs.roles.pages import may_help
from programs.roles.roles import ROLES, role_of

site = admin.site


def register(to: admin.AdminSite) -> None:
    """Put the accounts' page in the place of Django's. Groups are the roles, and secrets are nobody's to see."""
    for model in (User, Group, StaticDevice, TOTPDevice):
        try:
            to.unregister(model)
        except NotRegistered:
            continue
    to.register(User, AccountAdmin)


class AccountAdmin(UserAdmin):
    """A staff account and its role."""

    actions = None
    list_display = ("username", "first_name", "last_name", "role", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Who it is"), {"fields": (("first_name", "last_name"), "email")}),
        (_("What they may do"), {"fields": ("is_active", "groups")}),
        (_("When"), {"fields": (("last_login", "date_joined"),)}),
    )

    @admin.display(description=_("role"))
    def role(self, person: User) -> Any:
        """The highest role."""
        role = role_of(person)
        return role.title if role else "—"

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the roles, for the list."""
        return super().get_queryset(request).prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators change accounts, but not those of superusers."""
        return super().has_change_permission(request, obj) and (obj is None or may_help(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same, and nobody deletes their own account."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or (obj.pk != request.user.pk and may_help(request.user, obj)))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer the four roles, and say what they are for."""
        if db_field.name == "groups":
            kwargs["widget"] = CheckboxSelectMultiple
        field: Any = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups" and field is not None:
            field.queryset = Group.objects.filter(name__in=[role.name for role in ROLES])
            field.label = _("Role")
            field.help_text = " ".join(f"{role.title}: {role.may}" for role in ROLES)
        return field

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Keep people from shutting themselves out."""
        base: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or obj.pk != request.user.pk or "is_active" not in base.base_fields:
            return base

        class OwnForm(base):
            def clean(self) -> Any:
                data = super().clean() or self.cleaned_data
                stays = obj.is_superuser or any(each.name == ROLES[-1].name for each in data.get("groups", ()))
                if not data.get("is_active") or not stays:
                    raise ValidationError(
                        _(
                            "You cannot switch off your own account or give away your own role. "
                            "Ask another administrator."
                        )
                    )
                return data

        return OwnForm

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """With the role comes the way in; off, nobody stays in. Every change goes on record, but no password."""
        person: Any = form.instance
        before = {**self._told(User.objects.get(pk=person.pk)), "is_active": form.initial.get("is_active")}
        super().save_related(request, form, formsets, change)
        stored = User.objects.get(pk=person.pk)
        stored.is_staff = person.is_staff = stored.is_superuser or role_of(stored) is not None
        stored.save(update_fields=["is_staff"])
        names = [name for name in form.changed_data if not name.startswith(("password", "usable"))]
        if not change:
            if stored.has_usable_password():
                GivenPassword.objects.create(person=stored)
            record(Change.What.CREATED, stored, request.user, after=self._told(stored))
        elif names:
            record(
                Change.What.CHANGED,
                stored,
                request.user,
                str(", ".join(names)),
                before=before,
                after=self._told(stored),
            )
        if not stored.is_active:
            # They open nothing meanwhile, but would again once the account is switched on.
            open_sign_ins.end(open_sign_ins.of(stored), stored, request.user)

    def _told(self, person: User) -> dict[str, Any]:
        roles = sorted(group.name for group in person.groups.all())
        return {"roles": roles, "is_active": person.is_active}

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete, on record. What the person did stays on record under their name."""
        record(Change.What.DELETED, obj, request.user, before=self._told(obj))
        super().delete_model(request, obj)

    @confirmed
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask who is there before an account is made or changed."""
        return super().changeform_view(request, *args, **kwargs)

    @confirmed
    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask who is there before an account is deleted."""
        return super().delete_view(request, *args, **kwargs)

    @confirmed
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Give someone a new password, on record."""
        with transaction.atomic():
            response = super().user_change_password(request, id, form_url)
            if request.method == "POST" and response.status_code == 302:
                person = User.objects.get(pk=id)
                sign_in.note_password(person, is_given=person.pk != request.user.pk)
                record(Change.What.CHANGED, person, request.user, "new password given")
        return response
