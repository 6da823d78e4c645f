"""The page that imports a file: choose it, look at what it would do, confirm. Nothing is written before that.

Between its steps the page itself carries the file, signed and packed, so nothing is left behind when somebody goes
away. What was shown is named in it too: where the rows have moved meanwhile, it is shown anew and not done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programs.admin.found import numbers
from programs.imports.files import MAX_BYTES, FileRefused
from programs.imports.plan import Answers, Plan, State, carry_out, latest_source, plan_import
from programs.imports.tables import ROUNDS, Table

TEMPLATE = "admin/programs/import.html"
_SALT = "programs.imports"
_HELD_SECONDS = 24 * 60 * 60
# More rows than these are counted and not shown.
SHOWN = 200
_SECTIONS: tuple[tuple[State, Any], ...] = (("changed", _("Rows that would change")), ("new", _("New rows")))


def may_import(request: HttpRequest, tables: Sequence[Table]) -> bool:
    """Whether this person may add and change everything that a file may hold."""
    user: Any = request.user
    return all(
        user.has_perm(f"programs.{right}_{table.model._meta.model_name}")
        for table in tables
        for right in ("add", "change")
    )


class UploadForm(forms.Form):
    """The file, and where it comes from."""

    file = forms.FileField(label=_("File"), max_length=150)
    source = forms.URLField(
        label=_("Address it was read from"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"size": 100}),
        help_text=_("For Canada's own feed. Rows in CSV name their source themselves."),
    )

    def __init__(self, *args: Any, tables: Sequence[Table], **kwargs: Any) -> None:
        """Only rounds come from a feed."""
        super().__init__(*args, **kwargs)
        if ROUNDS not in tables:
            del self.fields["source"]

    def clean_file(self) -> Any:
        """Refuse a large file before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            message = _("The file has %(size)d kB; at most %(most)d kB can be read.")
            raise forms.ValidationError(message % {"size": file.size // 1000, "most": MAX_BYTES // 1000})
        return file


@dataclass(frozen=True, slots=True)
class _Held:
    """A file between the steps of the page."""

    text: str
    name: str
    source: str

    def packed(self) -> str:
        return signing.dumps([self.text, self.name, self.source], salt=_SALT, compress=True)

    @classmethod
    def unpacked(cls, token: str) -> "_Held":
        """Raises FileRefused for what this page did not pack itself, or long ago."""
        try:
            return cls(*signing.loads(token, salt=_SALT, max_age=_HELD_SECONDS))
        except signing.BadSignature as error:
            raise FileRefused(_("The file was held for a day and is gone. Choose it again.")) from error


class ImportPage:
    """One page in two steps: the file, and what it would do."""

    def __init__(self, owner: admin.ModelAdmin, tables: Sequence[Table]) -> None:
        """`tables` are what the file may hold; the first is what the page is about."""
        self.owner = owner
        self.tables = tables

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if not may_import(request, self.tables):
            raise PermissionDenied
        form = UploadForm(
            request.POST or None, request.FILES or None, tables=self.tables, initial={"source": self._feed()}
        )
        try:
            if request.method == "POST" and "held" in request.POST:
                return self._second_step(request, _Held.unpacked(request.POST["held"]))
            if request.method == "POST" and form.is_valid():
                return self._first_step(request, form.cleaned_data)
        except FileRefused as refusal:
            if "held" in request.POST:
                form = UploadForm(tables=self.tables, initial={"source": self._feed()})
                messages.error(request, str(refusal))
            else:
                form.add_error("file", str(refusal))
        return self._page(request, form=form)

    def _feed(self) -> str:
        return latest_source() if ROUNDS in self.tables else ""

    def _first_step(self, request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
        file = data["file"]
        content = file.read()
        plan = plan_import(content, file.name, self.tables, data.get("source", ""))
        return self._preview(request, plan, _Held(content.decode("utf-8-sig"), file.name, data.get("source", "")))

    def _second_step(self, request: HttpRequest, held: _Held) -> HttpResponse:
        with transaction.atomic():
            plan = plan_import(held.text.encode(), held.name, self.tables, held.source, _answers(request.POST))
            as_shown = request.POST.get("shown") == plan.fingerprint
            if "import" in request.POST and plan.can_be_done and as_shown:
                carry_out(plan, request.user)
                said = _("“%(file)s” is imported: %(new)d new, %(changed)d changed, %(same)d the same.")
                counts = {state: plan.counts[state] for state in ("new", "changed", "same")}
                messages.success(request, said % {"file": held.name, **counts})
                return HttpResponseRedirect(self._list())
        if "import" in request.POST and not as_shown:
            messages.warning(request, _("Something changed since this was shown. Look again before you import."))
        return self._preview(request, plan, held)

    def _preview(self, request: HttpRequest, plan: Plan, held: _Held) -> HttpResponse:
        answers = _answers(request.POST)
        return self._page(
            request,
            plan=plan,
            held=held.packed(),
            sections=[
                (state, title, plan.of(state)[:SHOWN], max(0, plan.counts[state] - SHOWN))
                for state, title in _SECTIONS
                if plan.counts[state]
            ],
            wrong=plan.of("wrong", "left_out")[:SHOWN],
            wrong_further=max(0, plan.counts["wrong"] + plan.counts["left_out"] - SHOWN),
            asks=[
                (f"kind-{number}", name, answers.kinds.get(name, ""))
                for number, name in enumerate(_names(plan, answers))
            ],
        )

    def _page(self, request: HttpRequest, **more: Any) -> HttpResponse:
        context = {
            **self.owner.admin_site.each_context(request),
            "opts": self.owner.opts,
            "title": _("Import from a file"),
            "back": self._list(),
            "table": self.tables[0],
            "takes_feed": ROUNDS in self.tables,
            "most_kb": MAX_BYTES // 1000,
            "media": self.owner.media,
            **more,
        }
        return TemplateResponse(request, TEMPLATE, context)

    def _list(self) -> str:
        return reverse(f"admin:programs_{self.owner.opts.model_name}_changelist")


def _names(plan: Plan, answers: Answers) -> list[str]:
    """The names to ask about: those told already stay on the page, so that they can be told otherwise."""
    return list(dict.fromkeys((*answers.kinds, *plan.asks)))[:SHOWN]


def _answers(posted: Any) -> Answers:
    """What was chosen on the page: kinds by name, rows to leave out."""
    kinds = {
        name: posted.get(f"kind-{number}", "")
        for number, name in enumerate(posted.getlist("name")[:SHOWN])
        if posted.get(f"kind-{number}")
    }
    return Answers(kinds, frozenset(numbers(posted.getlist("leave_out"))))
