"""Unit groups pasted into a draft of an occupation list: each line with its title or what is wrong with it.

A line is a code, and after a tab, a semicolon or several blanks a note or a figure (a wage floor, say).
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.actions.base import record
from programs.admin.action_pages import change_url
from programs.admin.found import found_or_404
from programs.admin.together import token_of
from programs.models import Change, ListEntry, Occupation, OccupationListVersion, Status

_CODE = re.compile(r"^(?:NOC\s*)?(\d+)\b[\t ;,:–-]*(.*)$", re.IGNORECASE)
_FIGURE = re.compile(r"^\$?\s*(\d[\d,]*(?:\.\d+)?)$")


class PasteForm(forms.Form):
    """The column of codes, and what to do with it."""

    how = forms.ChoiceField(
        label=gettext_lazy("What to do"),
        choices=[
            ("replace", gettext_lazy("These are all: replace the list")),
            ("add", gettext_lazy("Add these to the list")),
            ("remove", gettext_lazy("Take these off the list")),
        ],
        widget=forms.RadioSelect,
        initial="replace",
    )
    lines = forms.CharField(
        label=gettext_lazy("Codes, one a line"),
        widget=forms.Textarea(attrs={"rows": 14, "cols": 60, "class": "paste", "spellcheck": "false"}),
        help_text=gettext_lazy("After a tab or a semicolon there may be a note, or a figure such as a wage."),
    )
    figure = forms.SlugField(
        label=gettext_lazy("What a figure in the second column is"),
        required=False,
        max_length=50,
        help_text=gettext_lazy("For example hourly_floor. Rules call the figure by this name."),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A line that was pasted."""

    number: int
    typed: str
    code: str = ""
    occupation: Occupation | None = None
    note: str = ""
    figure: float | None = None
    wrong: str = ""


@dataclass(slots=True)
class ListPlan:
    """What a paste would do to a draft."""

    lines: list[Line] = field(default_factory=list)
    added: list[Occupation] = field(default_factory=list)
    removed: list[ListEntry] = field(default_factory=list)
    changed: list[tuple[ListEntry, Line]] = field(default_factory=list)

    @property
    def wrong(self) -> list[Line]:
        """The lines that cannot be taken."""
        return [line for line in self.lines if line.wrong]

    @property
    def does_something(self) -> bool:
        """Whether anything would be different."""
        return bool(self.added or self.removed or self.changed)


def read_lines(text: str, version: OccupationListVersion, figure: str) -> list[Line]:
    """What each line says, with the title of its code or what is wrong with it."""
    known = {
        row.code: row for row in Occupation.objects.filter(classification=version.occupation_list.classification_id)
    }
    seen: dict[str, int] = {}
    lines = []
    for number, typed in enumerate(text.splitlines(), start=1):
        if typed.strip():
            lines.append(_read_line(number, typed.strip(), known, seen, figure))
    return lines


def _read_line(number: int, typed: str, known: dict[str, Occupation], seen: dict[str, int], figure: str) -> Line:
    found = _CODE.match(typed)
    if found is None:
        return Line(number, typed, wrong=_("begins with no code. Put the five digits of the unit group first."))
    code, rest = found.group(1), found.group(2).strip()
    occupation = known.get(code)
    if occupation is None:
        return Line(number, typed, code, wrong=_("there is no unit group with the code %(code)s.") % {"code": code})
    if code in seen:
        wrong = _("%(code)s stands on line %(line)d already.") % {"code": code, "line": seen[code]}
        return Line(number, typed, code, occupation, wrong=wrong)
    seen[code] = number
    amount = _FIGURE.match(rest)
    if amount is None:
        # A column of titles often comes along; it is no note.
        note = "" if rest.casefold() in (occupation.title_en.casefold(), occupation.title_fr.casefold()) else rest
        return Line(number, typed, code, occupation, note=note)
    if not figure:
        wrong = _("%(figure)s is a figure: say below what it is.") % {"figure": rest}
        return Line(number, typed, code, occupation, wrong=wrong)
    return Line(number, typed, code, occupation, figure=float(amount.group(1).replace(",", "")))


def plan_paste(version: OccupationListVersion, how: str, lines: list[Line], figure: str) -> ListPlan:
    """What the lines would do to the draft."""
    standing = {entry.occupation.code: entry for entry in _entries(version)}
    plan = ListPlan(lines)
    fine = {line.code: line for line in lines if not line.wrong}
    if how == "remove":
        for line in fine.values():
            if line.code in standing:
                plan.removed.append(standing[line.code])
            else:
                missing = _("%(code)s is not on the list.") % {"code": line.code}
                plan.lines[lines.index(line)] = Line(line.number, line.typed, line.code, line.occupation, wrong=missing)
        return plan
    for code, line in fine.items():
        if code not in standing and line.occupation is not None:
            plan.added.append(line.occupation)
        elif code in standing and _differs(standing[code], line, figure):
            plan.changed.append((standing[code], line))
    if how == "replace":
        plan.removed = [entry for code, entry in standing.items() if code not in fine]
    return plan


def _differs(entry: ListEntry, line: Line, figure: str) -> bool:
    return bool(line.note and line.note != entry.note_en) or (
        line.figure is not None and line.figure != entry.figures.get(figure)
    )


def _entries(version: OccupationListVersion) -> list[ListEntry]:
    return list(version.entries.select_related("occupation").order_by("position", "pk"))


def take_paste(plan: ListPlan, version: OccupationListVersion, figure: str, by: Any) -> None:
    """Do what was shown, each change on record. To be called inside a transaction."""
    for entry in plan.removed:
        record(Change.What.DELETED, entry, by)
        entry.delete()
    by_code = {line.code: line for line in plan.lines if not line.wrong}
    for entry, line in plan.changed:
        before = {"note_en": entry.note_en, "figures": dict(entry.figures)}
        _put(entry, line, figure)
        entry.save()
        after = {"note_en": entry.note_en, "figures": entry.figures}
        record(Change.What.CHANGED, entry, by, before=before, after=after)
    position = max((entry.position for entry in _entries(version)), default=-1)
    for occupation in plan.added:
        position += 1
        entry = ListEntry(version=version, occupation=occupation, position=position)
        _put(entry, by_code[occupation.code], figure)
        entry.save()
        record(Change.What.CREATED, entry, by)


def _put(entry: ListEntry, line: Line, figure: str) -> None:
    entry.note_en = line.note or entry.note_en
    if line.figure is not None:
        entry.figures = {**entry.figures, figure: line.figure}


def difference(version: OccupationListVersion, codes: Iterable[str]) -> dict[str, Any] | None:
    """What sets codes apart from the version in force on the draft's first day; None where there is none."""
    earlier = version.siblings().filter(status=Status.PUBLISHED, effective_from__lte=version.effective_from)
    before = earlier.order_by("-effective_from").first()
    if before is None:
        return None
    titles = {
        row.code: row for row in Occupation.objects.filter(classification=version.occupation_list.classification_id)
    }
    old, new = {entry.occupation.code for entry in _entries(before)}, set(codes)
    return {
        "version": before,
        "added": [titles[code] for code in sorted(new - old)],
        "removed": [titles[code] for code in sorted(old - new)],
    }


def paste_page(owner: admin.ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Take codes, show what they would do, and do it when that is confirmed."""
    version = found_or_404(OccupationListVersion, object_id)
    if not version.is_editable or not owner.has_change_permission(request, version):
        raise PermissionDenied
    form = PasteForm(request.POST or None, initial={"figure": _figure_of(version)})
    plan: ListPlan | None = None
    token = ""
    with transaction.atomic():
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            rows = [version, *_entries(version)]
            token = token_of(rows).partition(".")[0]
            plan = plan_paste(version, data["how"], read_lines(data["lines"], version, data["figure"]), data["figure"])
            as_shown = request.POST.get("shown") == _fingerprint(token, data)
            if "do" in request.POST and as_shown and not plan.wrong:
                take_paste(plan, version, data["figure"], request.user)
                messages.success(request, _("“%(list)s” is changed. It is still a draft.") % {"list": version})
                return HttpResponseRedirect(change_url(version))
            token = _fingerprint(token, data)
    context = {
        **owner.admin_site.each_context(request),
        "opts": owner.opts,
        "title": _("Paste occupations"),
        "subtitle": str(version),
        "original": version,
        "back": change_url(version),
        "media": owner.media,
        "form": form,
        "plan": plan,
        "token": token,
        "difference": difference(version, _codes_after(version, plan)),
    }
    return TemplateResponse(request, "admin/programs/editor/paste_list.html", context)


def _fingerprint(token: str, data: dict[str, Any]) -> str:
    """What was shown: the draft as it was, and the lines as they were typed."""
    typed = "\0".join((token, data["how"], data["figure"], "\n".join(data["lines"].split())))
    return hashlib.sha256(typed.encode()).hexdigest()[:32]


def _codes_after(version: OccupationListVersion, plan: ListPlan | None) -> set[str]:
    codes = {entry.occupation.code for entry in _entries(version)}
    if plan is None:
        return codes
    gone = {entry.occupation.code for entry in plan.removed}
    return (codes - gone) | {occupation.code for occupation in plan.added}


def _figure_of(version: OccupationListVersion) -> str:
    """The figure that the list's entries have already, where it is one."""
    names = {name for entry in version.entries.all() for name in entry.figures}
    return next(iter(names)) if len(names) == 1 else ""
