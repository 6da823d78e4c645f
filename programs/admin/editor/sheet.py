"""A draft's requirements on one page: read from the database or from what was typed, rearranged, checked, saved.

What is typed travels whole with every button. A button that adds, removes or moves something shows the page again with
everything as it was typed; only saving writes. Names of fields say where they stand: `r2-text_en` is in the third
requirement, `r2-0-1-op` in the second condition of its first route.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.actions.base import record
from programs.admin.editor.choices import Offered
from programs.admin.editor.condition import ConditionForm, condition_values
from programs.models import Change, Condition, Confidence, Occupation, ProgramVersion, Requirement, Source
from programs.models.fields import IDENTIFIER_VALIDATOR, PARTIAL_DATE_VALIDATOR
from programs.packs.condition_rows import condition_columns, condition_value, routes_value
from programs.packs.sentences import routes_sentence

MARKER, COMMAND = "rules", "_rules"
Values = dict[str, list[str]]
Routes = list[list[Values]]
_TEXTS = (
    "key",
    "text_en",
    "text_fr",
    "note_en",
    "note_fr",
    "provision",
    "as_of",
    "confidence",
    "caution_en",
    "caution_fr",
)
_NAME = re.compile(r"^r(\d+)-(?:(\d+)-(\d+)-)?([a-z_]+)$")
# More than any program has, so that a crafted page cannot keep the server busy.
_MOST = 2000


class RequirementForm(forms.Form):
    """What a requirement says and rests on; its conditions have forms of their own."""

    pk = forms.CharField(required=False, widget=forms.HiddenInput())
    text_en = forms.CharField(
        label=gettext_lazy("what it asks, in one sentence (English)"), widget=forms.Textarea(attrs={"rows": 2})
    )
    text_fr = forms.CharField(
        label=gettext_lazy("the same in French"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(
        label=gettext_lazy("official page"),
        help_text=gettext_lazy("Type a word of its title or address and choose it."),
        widget=forms.TextInput(attrs={"list": "rule-sources", "class": "rule-wide"}),
    )
    provision = forms.CharField(label=gettext_lazy("where on that page"), required=False, max_length=500)
    as_of = forms.CharField(
        label=gettext_lazy("text as of"),
        max_length=10,
        validators=[PARTIAL_DATE_VALIDATOR],
        help_text=gettext_lazy("Year, month or day of the text: 2026-03-25."),
    )
    confidence = forms.ChoiceField(label=gettext_lazy("how sure"), choices=Confidence.choices)
    note_en = forms.CharField(
        label=gettext_lazy("note (English)"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    note_fr = forms.CharField(
        label=gettext_lazy("note (French)"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    caution_en = forms.CharField(
        label=gettext_lazy("caution (English)"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    caution_fr = forms.CharField(
        label=gettext_lazy("caution (French)"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    key = forms.CharField(
        label=gettext_lazy("id"),
        required=False,
        max_length=100,
        validators=[IDENTIFIER_VALIDATOR],
        help_text=gettext_lazy("Left empty, it is made from the text. Worked examples call the requirement by it."),
    )

    def __init__(self, values: Values, *, prefix: str, check: bool) -> None:
        """Show the values, or check them."""
        data = MultiValueDict({f"{prefix}-{name}": value for name, value in values.items()})
        initial = {name: value[-1] for name, value in values.items() if value}
        super().__init__(data if check else None, prefix=prefix, initial=initial)

    @property
    def main_fields(self) -> list[Any]:
        """What every requirement needs."""
        return [self[name] for name in ("text_en", "text_fr", "source", "provision", "as_of", "confidence")]

    @property
    def further_fields(self) -> list[Any]:
        """What few have."""
        return [self[name] for name in ("note_en", "note_fr", "caution_en", "caution_fr", "key")]

    def clean_source(self) -> str:
        """Refuse an address that no source has."""
        url = str(self.cleaned_data["source"]).strip()
        if not Source.objects.filter(url=url).exists():
            raise forms.ValidationError(
                _("No source has this address. Choose one of the list, or add the page under “Sources” first.")
            )
        return url


@dataclass
class Card:
    """A requirement on the page."""

    values: Values
    routes: Routes = field(default_factory=list)
    is_open: bool = False
    number: int = 0
    form: Any = None
    route_forms: list[list[ConditionForm]] = field(default_factory=list)

    @property
    def pk(self) -> str:
        """The row that it is, empty for a new one."""
        return (self.values.get("pk") or [""])[-1]

    @property
    def text(self) -> str:
        """What it asks, for its heading."""
        return (self.values.get("text_en") or [""])[-1]

    def build(self, number: int, offered: Offered, check: bool) -> None:
        """Make the forms, where it stands as number `number`."""
        self.number = number
        self.form = RequirementForm(self.values, prefix=f"r{number}", check=check)
        self.route_forms = [
            [
                ConditionForm(values, offered, prefix=f"r{number}-{route}-{place}", check=check)
                for place, values in enumerate(conditions)
            ]
            for route, conditions in enumerate(self.routes)
        ]

    @property
    def conditions(self) -> list[ConditionForm]:
        """All conditions of all routes."""
        return [form for route in self.route_forms for form in route]

    @property
    def has_errors(self) -> bool:
        """Whether something was typed that cannot be saved."""
        return any(form.is_bound and form.errors for form in (self.form, *self.conditions))

    @property
    def sentence(self) -> str:
        """What its conditions ask, in one sentence; empty while one is not finished."""
        told = [[form.sentence for form in route] for route in self.route_forms]
        return " — or — ".join("; and ".join(route) for route in told) if all(map(all, told)) else ""


class RuleSheet:
    """The requirements of a draft as they stand on the page."""

    def __init__(self, version: ProgramVersion, cards: list[Card], *, check: bool = False) -> None:
        """With `check` the cards are what someone wants to save."""
        self.version = version
        self.cards = cards
        self.check = check
        self.was_rearranged = False
        self.errors: list[str] = []
        self.offered = Offered()
        self._build()

    def _build(self) -> None:
        for number, card in enumerate(self.cards):
            card.build(number, self.offered, self.check)

    @classmethod
    def of_version(cls, version: ProgramVersion) -> "RuleSheet":
        """The page as the database has it."""
        rows = version.requirements.select_related("source").prefetch_related("conditions")
        return cls(version, [card_of(row) for row in rows.order_by("position", "pk")])

    @classmethod
    def typed(cls, version: ProgramVersion, post: Mapping[str, Any]) -> "RuleSheet | None":
        """The page as it was sent, rearranged if one of its buttons was pressed. None if it was not on the page."""
        if MARKER not in post:
            return None
        cards = _cards(post)
        command = str(post.get(COMMAND, ""))
        if not command:
            return cls(version, cards, check=True)
        sheet = cls(version, rearranged(version, cards, command))
        sheet.was_rearranged = True
        return sheet

    @cached_property
    def sources(self) -> Any:
        """The sources to choose from."""
        return Source.objects.all()

    @cached_property
    def occupations(self) -> Any:
        """The occupations to choose from."""
        return Occupation.objects.filter(classification_id="noc-2021").order_by("code")

    def is_valid(self) -> bool:
        """Whether all of it can be saved; `errors` says what concerns no single field."""
        self.errors = []
        keys: set[str] = set()
        for card in self.cards:
            fine = [form.is_valid() for form in (card.form, *card.conditions)]
            if not card.routes:
                self.errors.append(
                    _("“%(text)s” has no condition yet. Add one, or remove the requirement.") % {"text": card.text}
                )
            if not all(fine) or not card.routes:
                card.is_open = True
            key = (card.values.get("key") or [""])[-1]
            if key and key in keys:
                self.errors.append(_("Two requirements have the id “%(key)s”. Give one another.") % {"key": key})
            keys.add(key)
        return not self.errors and not any(card.has_errors for card in self.cards)

    def save(self, by: Any) -> None:
        """Write what is different, each change on record. To be called after `is_valid`, inside a transaction."""
        standing = {str(row.pk): row for row in self.version.requirements.all()}
        kept = {card.pk for card in self.cards}
        for pk, row in standing.items():
            if pk not in kept:
                record(Change.What.DELETED, row, by)
                row.delete()
        sources = {source.url: source for source in Source.objects.filter(url__in=self._urls())}
        keys = {(card.values.get("key") or [""])[-1] for card in self.cards}
        for position, card in enumerate(self.cards):
            data = card.form.cleaned_data
            data["key"] = data["key"] or _new_key(data["text_en"], keys)
            row = standing.get(card.pk) or Requirement(version=self.version)
            self._save_card(card, row, {**data, "source": sources[data["source"]], "position": position}, by)

    def _urls(self) -> list[str]:
        return [card.form.cleaned_data["source"] for card in self.cards]

    def _save_card(self, card: Card, row: Requirement, data: dict[str, Any], by: Any) -> None:
        is_new = row.pk is None
        names = [*_TEXTS, "source", "position"]
        before = {} if is_new else {name: _plain(getattr(row, name)) for name in names}
        after = {name: _plain(data[name]) for name in names}
        if is_new or before != after:
            for name in names:
                setattr(row, name, data[name])
            row.save()
        documents = [[form.document for form in route] for route in card.route_forms]
        said = [] if is_new else list(row.conditions.all())
        if is_new or _documents(said) != documents:
            before["asks"], after["asks"] = _told(said), routes_sentence(documents)
            Condition.objects.filter(pk__in=[each.pk for each in said]).delete()
            Condition.objects.bulk_create(
                Condition(requirement=row, route=number, position=place, **condition_columns(document))
                for number, route in enumerate(documents, start=1)
                for place, document in enumerate(route)
            )
        different = {name for name in after if before.get(name) != after[name]}
        if is_new:
            record(Change.What.CREATED, row, by, after=after)
        elif different:
            record(
                Change.What.CHANGED,
                row,
                by,
                before={name: before.get(name) for name in sorted(different)},
                after={name: after[name] for name in sorted(different)},
            )


def card_of(row: Requirement, *, as_new: bool = False) -> Card:
    """A requirement as the page shows it; `as_new` makes one of the same words of it."""
    values = {name: [str(getattr(row, name))] for name in _TEXTS}
    values["source"] = [row.source.url]
    values["pk"] = [""] if as_new else [str(row.pk)]
    routes: dict[int, list[Values]] = {}
    for condition in sorted(row.conditions.all(), key=lambda each: (each.route, each.position)):
        routes.setdefault(condition.route, []).append(condition_values(condition_value(condition)))
    return Card(values, list(routes.values()), is_open=as_new)


def _cards(post: Mapping[str, Any]) -> list[Card]:
    requirements: dict[int, Values] = {}
    conditions: dict[int, dict[int, dict[int, Values]]] = {}
    for name in post:
        found = _NAME.match(name)
        if found is None:
            continue
        number, route, place, key = found.groups()
        values = post.getlist(name)  # type: ignore[attr-defined]
        if route is None:
            requirements.setdefault(int(number), {})[key] = values
        else:
            places = conditions.setdefault(int(number), {}).setdefault(int(route), {})
            places.setdefault(int(place), {})[key] = values
    cards = []
    for number in sorted(requirements)[:_MOST]:
        said = requirements[number]
        routes = conditions.get(number, {})
        ordered = [[routes[route][place] for place in sorted(routes[route])] for route in sorted(routes)]
        cards.append(Card(said, ordered, is_open=bool(said.pop("open", None))))
    return cards


def rearranged(version: ProgramVersion, cards: list[Card], command: str) -> list[Card]:
    """The cards after a button.

    Commands are `add`, `remove:2`, `up:2`, `route:2`, `condition:2:0`, `drop:2:0:1`, `show:2:0`, and so on.
    What does not point to anything changes nothing.
    """
    name, *places = command.split(":")
    numbers = [int(place) for place in places if place.isdecimal()]
    if name == "add":
        return [*cards, _new_card(version)]
    if not numbers or numbers[0] >= len(cards):
        return cards
    first = numbers[0]
    card = cards[first]
    if name == "remove":
        return cards[:first] + cards[first + 1 :]
    if name in ("up", "down") and len(numbers) == 1:
        return _moved(cards, first, name)
    card.is_open = True
    if name == "route":
        card.routes.append([{}])
    elif len(numbers) > 1 and numbers[1] < len(card.routes):
        _rearrange_route(card, name, numbers[1], numbers[2] if len(numbers) > 2 else None)
    return cards


def _rearrange_route(card: Card, name: str, route: int, place: int | None) -> None:
    conditions = card.routes[route]
    if name == "condition":
        conditions.append({})
    elif name in ("up", "down") and place is None:
        card.routes = _moved(card.routes, route, name)
    elif place is not None and place < len(conditions):
        if name == "drop":
            del conditions[place]
        elif name in ("up", "down"):
            card.routes[route] = _moved(conditions, place, name)
    card.routes = [each for each in card.routes if each]


def _moved(things: list[Any], place: int, way: str) -> list[Any]:
    other = place - 1 if way == "up" else place + 1
    if not 0 <= other < len(things):
        return things
    moved = list(things)
    moved[place], moved[other] = moved[other], moved[place]
    return moved


def _new_card(version: ProgramVersion) -> Card:
    """A requirement yet to be written: it rests on what the version rests on until someone says otherwise."""
    values = {
        "source": [version.source.url],
        "as_of": [version.as_of],
        "confidence": [version.confidence],
        "provision": [""],
    }
    return Card(values, [[{}]], is_open=True)


def _new_key(text: str, taken: set[str]) -> str:
    words = slugify(text).split("-")[:5]
    base = "-".join(words)[:80].strip("-_") or "requirement"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    taken.add(key)
    return key


def _documents(rows: list[Condition]) -> list[list[Any]] | None:
    """The conditions as documents; None where one of them is not finished."""
    routes: dict[int, list[Any]] = {}
    try:
        for row in sorted(rows, key=lambda each: (each.route, each.position)):
            routes.setdefault(row.route, []).append(row.document())
    except ValueError:
        return None
    return list(routes.values())


def _told(rows: list[Condition]) -> str:
    documents = _documents(rows)
    return routes_sentence(documents) if documents is not None else str(routes_value(rows))


def _plain(value: Any) -> Any:
    return value.url if isinstance(value, Source) else value
