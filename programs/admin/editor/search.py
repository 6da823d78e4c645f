"""Things that are found by typing: official pages, countries and occupations, by a code, a name or some words."""

import difflib
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBadRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from programs import places
from programs.models import Occupation, Source
from programs.packs.sentences import name_of

# More than this is no answer but a list: another word is asked for.
_MOST = 6
_CODE = re.compile(r"^(?:NOC\s*)?(\d{5})\b", re.IGNORECASE)


def options(what: str) -> HttpResponse:
    """All that can be found, as options for a browser that suggests while someone types."""
    if what == "sources":
        rows: Iterable[Any] = Source.objects.values_list("url", "title_en")
    elif what == "occupations":
        rows = _occupations().values_list("code", "title_en")
    elif what == "countries":
        rows = [(country_words([code]), "") for code in places.countries()]
    else:
        return HttpResponseBadRequest()
    return HttpResponse(format_html_join("", '<option value="{}">{}</option>', rows))


def suggesting(what: str, **attributes: str) -> forms.TextInput:
    """A text field that suggests what can be found, where the browser runs scripts."""
    return forms.TextInput(attrs={**attributes, "data-suggests": what, "autocomplete": "off"})


def _occupations() -> Any:
    return Occupation.objects.filter(classification_id="noc-2021").order_by("code")


def found_source(typed: str) -> Source:
    """The official page with an address, or the only one that has all the words in its title or address.

    Raises:
        django.forms.ValidationError: if there is none, or several.

    """
    exact = Source.objects.filter(url=typed).first()
    if exact is not None:
        return exact
    words = Q()
    for word in typed.split():
        words &= Q(title_en__icontains=word) | Q(title_fr__icontains=word) | Q(url__icontains=word)
    rows = list(Source.objects.filter(words)[: _MOST + 1])
    if len(rows) == 1:
        return rows[0]
    if not rows or len(rows) > _MOST:
        said = (
            _("No official page has these words. Try fewer or others, or add the page under “Sources” first.")
            if not rows
            else _("Many official pages have these words. Add a word of the title or the address.")
        )
        raise forms.ValidationError(said)
    pages = format_html_join("", "<br>{}: {}", ((row.title_en, row.url) for row in rows))
    raise forms.ValidationError(format_html("{}{}", _("Several pages have these words. Copy one's address:"), pages))


def found_occupation(typed: str) -> str:
    """The code of a unit group that was typed by its code or by words of its title.

    Raises:
        django.forms.ValidationError: if there is none, or several.

    """
    typed = typed.strip()
    code = _CODE.match(typed)
    # Whether there is such a code is told by the checks of the draft.
    if code is not None:
        return code.group(1)
    words = Q()
    for word in re.sub(r"\d", "", typed).split():
        words &= Q(title_en__icontains=word) | Q(title_fr__icontains=word)
    rows = list(_occupations().filter(words)[: _MOST + 1]) if words else []
    if len(rows) == 1:
        return str(rows[0].code)
    if not rows:
        raise forms.ValidationError(
            _("There is no occupation “%(typed)s”. Type the five digits or words of its title.") % {"typed": typed}
        )
    shown = "; ".join(f"{row.code} {row.title_en}" for row in rows[:_MOST])
    raise forms.ValidationError(
        _("Several occupations have the words “%(typed)s”: %(shown)s. Type the five digits of one.")
        % {"typed": typed, "shown": shown}
    )


def found_country(typed: str) -> str:
    """The two letters of a country that was typed by its name or its letters.

    Raises:
        django.forms.ValidationError: if there is none.

    """
    code = places.country_code(typed)
    if code is not None:
        return code
    names = [each[_language()] for each in places.countries().values()]
    near = difflib.get_close_matches(typed.strip().title(), names, n=1)
    if near:
        said = _("There is no country “%(typed)s”. Did you mean “%(near)s”?")
        raise forms.ValidationError(said % {"typed": typed, "near": near[0]})
    raise forms.ValidationError(_("There is no country “%(typed)s”.") % {"typed": typed})


def country_words(codes: Iterable[str]) -> str:
    """Countries by their names, with commas between them."""
    return ", ".join(places.country_name(code, _language()) for code in codes)


def occupation_lines(codes: Iterable[str]) -> str:
    """Unit groups by code and title, one a line."""
    return "\n".join(name_of("code", code) for code in codes)


def _language() -> str:
    return "fr" if (get_language() or "en").startswith("fr") else "en"


class CountriesField(forms.CharField):
    """Countries, typed by their names or letters with commas between them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", suggesting("countries", size="30"))
        kwargs.setdefault("help_text", gettext_lazy("By name, with commas: India, United States."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """Make letters of the names."""
        return [found_country(each) for each in super().clean(value).replace(";", ",").split(",") if each.strip()]


class OccupationsField(forms.CharField):
    """Unit groups, one a line, by code or by words of the title; codes alone may have commas between them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "cols": 50}))
        kwargs.setdefault("help_text", gettext_lazy("One a line: five digits, or words of the title."))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """Make codes of the lines."""
        text = super().clean(value)
        if re.fullmatch(r"[\d\s,;]*", text):
            text = "\n".join(re.split(r"[\s,;]+", text))
        return [found_occupation(each) for each in re.split(r"[\n;]", text) if each.strip()]
