"""The page that takes the rows of a reference table's draft from CSV: pasted or as a file, shown before it is done."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from programs.admin.action_pages import change_url
from programs.imports.figures import FiguresPlan, plan_figures, take_figures
from programs.imports.files import FileRefused, text_of
from programs.models import ReferenceTableVersion

TEMPLATE = "admin/programs/figures.html"


class FiguresForm(forms.Form):
    """The rows, pasted or in a file. What a file says is put into the field, to be looked at."""

    rows = forms.CharField(
        label=_("Rows"), required=False, widget=forms.Textarea(attrs={"rows": 12, "cols": 60, "spellcheck": "false"})
    )
    file = forms.FileField(label=_("Or a file"), required=False)

    def clean(self) -> dict[str, Any]:
        """The file's text, where one was chosen."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("file"):
            try:
                given["rows"] = text_of(given["file"].read())
            except FileRefused as refusal:
                self.add_error("file", str(refusal))
        elif not given.get("rows"):
            self.add_error("rows", _("Paste the rows, or choose a file."))
        return given


def figures_page(owner: admin.ModelAdmin, request: HttpRequest, version: ReferenceTableVersion) -> HttpResponse:
    """Answer one request for a draft that this person may change."""
    if not version.is_editable or not owner.has_change_permission(request, version):
        raise PermissionDenied
    form = FiguresForm(request.POST or None, request.FILES or None, initial={"rows": _written(version)})
    plan: FiguresPlan | None = None
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan_figures(form.cleaned_data["rows"], version)
        except FileRefused as refusal:
            form.add_error("rows", str(refusal))
        else:
            shown = request.POST.get("shown") == plan.fingerprint
            if "import" in request.POST and shown and not plan.wrong:
                take_figures(plan, version, request.user)
                messages.success(request, _("The rows of “%(version)s” are those of the file.") % {"version": version})
                return HttpResponseRedirect(change_url(version))
            form = FiguresForm(initial={"rows": form.cleaned_data["rows"]})
    context = {
        **owner.admin_site.each_context(request),
        "opts": owner.opts,
        "title": _("Rows from CSV"),
        "subtitle": str(version),
        "original": version,
        "back": change_url(version),
        "form": form,
        "plan": plan,
    }
    return TemplateResponse(request, TEMPLATE, context)


def _written(version: ReferenceTableVersion) -> str:
    return "\n".join(("at,value", *(f"{row.at},{row.value!r}" for row in version.rows.order_by("position"))))
