"""Rules out as files and in as drafts, and where staff's rules and the release differ."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programs.loading.drafts import DraftPlan, bring_in, plan_drafts
from programs.loading.release import held_against_release
from programs.packs.archive import rule_files, zipped
from programs.packs.from_database import read_document
from programs.packs.kinds import KINDS
from programs.packs.uploads import MAX_BYTES, UploadRefused, unpacked
from programs.packs.yaml_files import to_yaml

_SALT = "programs.files"
_HELD_SECONDS = 24 * 60 * 60
# A form may send 2.5 MB in all; what is held between the two steps is part of it.
_MOST_HELD = 2_000_000


class UploadForm(forms.Form):
    """A file of rules."""

    file = forms.FileField(
        label=_("A rule pack (YAML), or a zip file of them"),
        max_length=150,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.zip"}),
    )

    def clean_file(self) -> Any:
        """Refuse a large file before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            message = _("The file has %(size)d kB; at most %(most)d kB can be read.")
            raise forms.ValidationError(message % {"size": file.size // 1000, "most": MAX_BYTES // 1000})
        return file


def _page(request: HttpRequest, template: str, title: Any, **context: Any) -> TemplateResponse:
    base = {**admin.site.each_context(request), "title": title, "is_nav_sidebar_enabled": False}
    return TemplateResponse(request, f"admin/programs/{template}", {**base, **context})


def may_take_out(user: Any) -> bool:
    """Whether someone may look at everything that a file would say."""
    return all(user.has_perm(f"programs.view_{kind.model._meta.model_name}") for kind in KINDS.values())


def may_bring_in(user: Any) -> bool:
    """Whether someone may make every kind of draft that a file may hold."""
    versioned = [kind for kind in KINDS.values() if kind.version is not None]
    models = [model for kind in versioned for model in (kind.model, kind.version) if model is not None]
    return all(user.has_perm(f"programs.add_{model._meta.model_name}") for model in models)


def _require_view(request: HttpRequest) -> None:
    if not may_take_out(request.user):
        raise PermissionDenied


def export_all(request: HttpRequest) -> HttpResponse:
    """Everything published, as a zip file of packs and tables."""
    _require_view(request)
    response = HttpResponse(zipped(rule_files()), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="rulebook.zip"'
    return response


def export_one(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    """One thing as a pack: what is published of it."""
    _require_view(request)
    document = read_document(kind, pk) if kind in KINDS else None
    if document is None:
        raise Http404
    response = HttpResponse(to_yaml(document), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{document.id}.yaml"'
    return response


def release(request: HttpRequest) -> HttpResponse:
    """Where the published rules and those of the release differ."""
    _require_view(request)
    return _page(request, "release.html", _("Where staff and the release differ"), found=held_against_release())


def files(request: HttpRequest) -> HttpResponse:
    """Take rules out; bring rules in, in two steps: the file, and what would come of it."""
    _require_view(request)
    form = UploadForm()
    if request.method == "POST":
        if not may_bring_in(request.user):
            raise PermissionDenied
        try:
            if "held" in request.POST:
                return _second_step(request)
            form = UploadForm(request.POST, request.FILES)
            if form.is_valid():
                return _first_step(request, form.cleaned_data["file"])
        except UploadRefused as refusal:
            if "held" in request.POST:
                messages.error(request, str(refusal))
            else:
                form.add_error("file", str(refusal))
    return _page(
        request,
        "files.html",
        _("Rules as files"),
        form=form,
        may_bring_in=may_bring_in(request.user),
        most_kb=MAX_BYTES // 1000,
    )


def _first_step(request: HttpRequest, file: Any) -> HttpResponse:
    upload = unpacked(file.read(), file.name)
    plan = plan_drafts(upload.texts)
    needed = {pack.file: upload.texts[pack.file] for pack in plan.differing}
    return _preview(request, plan, needed, others=upload.others)


def _second_step(request: HttpRequest) -> HttpResponse:
    texts = _unheld(request.POST["held"])
    with transaction.atomic():
        plan = plan_drafts(texts)
        if request.POST.get("shown") == plan.fingerprint:
            made = bring_in(plan, request.user)
            said = ngettext("%(number)d draft has arrived.", "%(number)d drafts have arrived.", len(made))
            messages.success(request, said % {"number": len(made)})
            return HttpResponseRedirect(reverse("admin:index"))
    messages.warning(request, _("Something changed since this was shown. Look again before you bring it in."))
    return _preview(request, plan, texts)


def _preview(request: HttpRequest, plan: DraftPlan, texts: dict[str, str], **more: Any) -> HttpResponse:
    return _page(request, "files_preview.html", _("What would come of it"), plan=plan, held=_held(texts), **more)


def _held(texts: dict[str, str]) -> str:
    """The files between the steps: the page carries them, signed and packed, so nothing is left behind."""
    held = signing.dumps(texts, salt=_SALT, compress=True)
    if len(held) > _MOST_HELD:
        raise UploadRefused(_("Too much in it differs from what is here. Bring it in in parts."))
    return held


def _unheld(token: str) -> dict[str, str]:
    try:
        texts: dict[str, str] = signing.loads(token, salt=_SALT, max_age=_HELD_SECONDS)
    except signing.BadSignature as error:
        raise UploadRefused(_("The file was held for a day and is gone. Choose it again.")) from error
    return texts
