"""Rules out as files and in as drafts, and where staff's rules and the release differ."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programs.actions.base import ActionRefused
from programs.loading.drafts import DraftPlan, bring_in, plan_drafts
from programs.loading.release import held_against_release
from programs.loading.waiting import PutInForce, TurnDown, fingerprint, may_put_in_force, planned
from programs.models import WaitingChange
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
        waiting=WaitingChange.objects.filter(state=WaitingChange.State.WAITING),
        most_kb=MAX_BYTES // 1000,
    )


def waiting_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file said beside versions, against what is here; a publisher puts it in force or turns it down."""
    _require_view(request)
    change = get_object_or_404(WaitingChange, pk=pk)
    try:
        if request.method == "POST":
            if _decide(request, change):
                return HttpResponseRedirect(reverse("admin:files"))
            change.refresh_from_db()
    except ActionRefused as refusal:
        for line in str(refusal).splitlines():
            messages.error(request, line)
    plan = planned(change) if change.state == WaitingChange.State.WAITING else None
    return _page(
        request,
        "waiting_change.html",
        _("A change that waits"),
        subtitle=change.title,
        change=change,
        plan=plan,
        shown=fingerprint(plan) if plan else "",
        may_put_in_force=may_put_in_force(request.user),
        may_turn_down=may_put_in_force(request.user) or change.by_name == request.user.get_username(),
    )


def _decide(request: HttpRequest, change: WaitingChange) -> bool:
    """Do what was asked for; False if it was nothing."""
    if "put_in_force" in request.POST:
        made = PutInForce(change, request.user, request.POST.get("shown", "")).execute()
        messages.success(request, _("“%(title)s” is in force as the file says.") % {"title": change.title})
        if made:
            said = ngettext("%(number)d draft has arrived.", "%(number)d drafts have arrived.", len(made))
            messages.success(request, said % {"number": len(made)})
        return True
    if "turn_down" in request.POST:
        TurnDown(change, request.user).execute()
        messages.success(request, _("“%(title)s” was turned down. Nothing has changed.") % {"title": change.title})
        return True
    return False


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
            made, waiting = bring_in(plan, request.user)
            said = ngettext("%(number)d draft has arrived.", "%(number)d drafts have arrived.", len(made))
            messages.success(request, said % {"number": len(made)})
            if waiting:
                said = ngettext(
                    "%(number)d change waits for a publisher.", "%(number)d changes wait for a publisher.", len(waiting)
                )
                messages.success(request, said % {"number": len(waiting)})
            return HttpResponseRedirect(reverse("admin:files" if waiting else "admin:index"))
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
