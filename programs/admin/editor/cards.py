"""Cards: things with routes of conditions on one page, read from what was typed and rearranged by buttons.

What is typed travels whole with every button. A button that adds, removes, moves or opens something shows the page
again with everything as it was typed; only saving writes. Names of fields say where they stand: `r2-text_en` is of the
third card, `r2-0-1-op` of the second condition of its first route. A card that is not open keeps its values in hidden
fields, so that the page stays light.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from programs.admin.editor.choices import Offered
from programs.admin.editor.condition import ConditionForm
from programs.admin.editor.tools import Tool, moved, up_and_down
from programs.checks.holds import route_problems
from programs.rulebook import vocabulary

Values = dict[str, list[str]]
Routes = list[list[Values]]
_NAME = re.compile(r"^([a-z])(\d{1,4})-(?:(\d{1,4})-(\d{1,4})-)?([a-z_]+)$")
# A card with more conditions shows the fields of one at a time.
_SHOWN_TOGETHER = 3
# More than any program has, so that a crafted page cannot keep the server busy.
_MOST = 500


@dataclass(frozen=True, slots=True)
class Said:
    """Something wrong with a card."""

    severity: str
    message: str


@dataclass(frozen=True, slots=True)
class ConditionPlace:
    """A condition on the page, with its buttons."""

    form: ConditionForm
    tools: list[Tool]
    show: Tool
    is_folded: bool = False

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What it says, for hidden fields."""
        return _hidden_condition(self.form)


@dataclass(frozen=True, slots=True)
class RoutePlace:
    """A route on the page, with its conditions and buttons."""

    legend: Any
    conditions: list[ConditionPlace]
    tools: list[Tool]


@dataclass
class Card:
    """Something with routes, as it stands on the page."""

    values: Values
    routes: Routes = field(default_factory=list)
    is_open: bool = False
    number: int = 0
    prefix: str = ""
    is_last: bool = True
    form: Any = None
    route_forms: list[list[ConditionForm]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    @property
    def pk(self) -> str:
        """The row that it is, empty for a new one."""
        return (self.values.get("pk") or [""])[-1]

    @property
    def text(self) -> str:
        """What it asks, for its heading."""
        return (self.values.get("text_en") or [""])[-1]

    def build(self, number: int, prefix: str, form: Any, offered: Offered, check: bool) -> None:
        """Make the forms, where it stands as number `number`."""
        self.number, self.prefix, self.form = number, prefix, form
        self.route_forms = [
            [
                ConditionForm(values, offered, prefix=f"{prefix}-{route}-{place}", check=check)
                for place, values in enumerate(conditions)
            ]
            for route, conditions in enumerate(self.routes)
        ]

    @property
    def conditions(self) -> list[ConditionForm]:
        """All conditions of all routes."""
        return [form for route in self.route_forms for form in route]

    @property
    def forms(self) -> list[Any]:
        """All its forms."""
        return [*([self.form] if self.form is not None else []), *self.conditions]

    @property
    def has_errors(self) -> bool:
        """Whether something was typed that cannot be saved."""
        return any(form.is_bound and form.errors for form in self.forms)

    @property
    def documents(self) -> list[list[Any]]:
        """Its routes as documents. To be asked once all of it is valid."""
        return [[form.document for form in route] for route in self.route_forms]

    @property
    def told(self) -> list[str]:
        """What each route asks, in a sentence; empty for one that is not finished."""
        routes = [[form.sentence for form in route] for route in self.route_forms]
        return ["; and ".join(route) if all(route) else "" for route in routes]

    def look(self) -> None:
        """Note what is odd about the routes as they were typed."""
        for route in self.route_forms:
            documents = tuple(form.checked_document for form in route)
            if all(document is not None for document in documents):
                self.said += [Said(*found) for found in route_problems(documents, vocabulary())]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Everything that was typed, for hidden fields."""
        found = [(f"{self.prefix}-{name}", each) for name, said in self.values.items() for each in said]
        for form in self.conditions:
            found += _hidden_condition(form)
        return [(f"{self.prefix}-pk", self.pk), *((name, each) for name, each in found if each and name[-3:] != "-pk")]

    @property
    def places(self) -> list[RoutePlace]:
        """Its routes with their buttons."""
        return [self._route_place(route, forms) for route, forms in enumerate(self.route_forms)]

    def _route_place(self, route: int, forms: list[ConditionForm]) -> RoutePlace:
        many, here = len(self.route_forms), f"{self.number}:{route}"
        legend = _("Either all of these") if route == 0 else _("or all of these")
        tools = [Tool(f"condition:{here}", f"{self.prefix}-{route}-{len(forms)}", _("and … add a condition"))]
        tools += up_and_down(here, route, many, lambda place: f"{self.prefix}-{place}", _("this “or”"))
        if many > 1:
            tools.append(Tool(f"cut:{here}", self.prefix, _("Remove this “or”"), css="rule__remove"))
        places = [self._condition_place(route, place, form, len(forms)) for place, form in enumerate(forms)]
        return RoutePlace(legend if many > 1 else _("All of these"), places, tools)

    def _condition_place(self, route: int, place: int, form: ConditionForm, many: int) -> ConditionPlace:
        here, start = f"{self.number}:{route}:{place}", f"{self.prefix}-{route}"
        tools = up_and_down(here, place, many, lambda other: f"{start}-{other}", _("this condition"))
        tools.append(Tool(f"drop:{here}", self.prefix, _("Remove this condition"), css="rule__remove"))
        show = Tool(f"show:{self.number}:{route}", f"{start}-{place}", _("Show the fields that go with this"))
        is_folded = self._is_folded(form)
        if is_folded:
            tools.insert(0, Tool(f"edit:{here}", f"{start}-{place}", _("Change")))
        return ConditionPlace(form, tools, show, is_folded)

    def _is_folded(self, form: ConditionForm) -> bool:
        many = len(self.conditions) > _SHOWN_TOGETHER
        wrong = form.is_bound and form.errors
        return bool(many and not form.values.get("open") and not wrong and form.sentence)

    @property
    def moves(self) -> list[Tool]:
        """The buttons that move it among the cards."""
        letter = self.prefix[:1]
        many = self.number + (1 if self.is_last else 2)
        return up_and_down(str(self.number), self.number, many, lambda other: f"{letter}{other}", _("this"))

    @property
    def more_tools(self) -> list[Tool]:
        """The buttons below its conditions."""
        words = _("or … add another way to meet it") if self.routes else _("Add a condition")
        return [Tool(f"route:{self.number}", f"{self.prefix}-{len(self.routes)}-0", words)]


def _hidden_condition(form: ConditionForm) -> list[tuple[str, str]]:
    return [(f"{form.prefix}-{name}", each) for name, said in form.values_now.items() for each in said]


def typed_cards(post: Mapping[str, Any], letter: str) -> list[Card]:
    """The cards of a letter, as they were sent."""
    said: dict[int, Values] = {}
    conditions: dict[int, dict[int, dict[int, Values]]] = {}
    for name in post:
        found = _NAME.match(name)
        if found is None or found.group(1) != letter:
            continue
        _letter, number, route, place, key = found.groups()
        values = post.getlist(name)  # type: ignore[attr-defined]
        if route is None:
            said.setdefault(int(number), {})[key] = values
        else:
            places = conditions.setdefault(int(number), {}).setdefault(int(route), {})
            places.setdefault(int(place), {})[key] = values
    return [_typed_card(said[number], conditions.get(number, {})) for number in sorted(said)[:_MOST]]


def _typed_card(said: Values, routes: dict[int, dict[int, Values]]) -> Card:
    is_open = bool(said.pop("open", None))
    ordered = [[routes[route][place] for place in sorted(routes[route])] for route in sorted(routes)]
    return Card(said, ordered, is_open=is_open)


def rearranged(cards: list[Card], command: str) -> list[Card]:
    """The cards after a button.

    Commands are `open:2`, `fold:2`, `remove:2`, `up:2`, `route:2`, `condition:2:0`, `cut:2:0`, `drop:2:0:1`, and so on.
    What does not point to anything changes nothing.
    """
    name, *places = command.split(":")
    numbers = [int(place) for place in places if place.isdecimal()]
    if not numbers or numbers[0] >= len(cards):
        return cards
    first = numbers[0]
    if name == "remove":
        return cards[:first] + cards[first + 1 :]
    if name in ("up", "down") and len(numbers) == 1:
        return moved(cards, first, name)
    for number, card in enumerate(cards):
        card.is_open = number == first and name != "fold"
    card = cards[first]
    if name == "route":
        card.routes.append([{}])
    elif len(numbers) > 1 and numbers[1] < len(card.routes):
        _rearrange_route(card, name, numbers[1], numbers[2] if len(numbers) > 2 else None)
    return cards


def _rearrange_route(card: Card, name: str, route: int, place: int | None) -> None:
    conditions = card.routes[route]
    if name == "condition":
        conditions.append({})
    elif name == "cut":
        del card.routes[route]
    elif name in ("up", "down") and place is None:
        card.routes = moved(card.routes, route, name)
    elif place is not None and place < len(conditions):
        if name == "drop":
            del conditions[place]
        elif name == "edit":
            for each in (each for others in card.routes for each in others):
                each.pop("open", None)
            conditions[place]["open"] = ["1"]
        elif name in ("up", "down"):
            card.routes[route] = moved(conditions, place, name)
    card.routes = [each for each in card.routes if each]


class CardSheet:
    """Cards of one letter on a page. With `check` they are what someone wants to save."""

    letter = "r"
    # The name of the buttons that rearrange it.
    command_name = "_rules"

    def __init__(self, cards: list[Card], *, check: bool = False) -> None:
        self.cards = cards
        self.check = check
        self.was_rearranged = False
        self.errors: list[str] = []
        self.offered = Offered()
        for number, card in enumerate(cards):
            prefix = f"{self.letter}{number}"
            card.is_last = number == len(cards) - 1
            card.build(number, prefix, self.form_of(card, prefix), self.offered, check)

    def form_of(self, card: Card, prefix: str) -> Any:
        """The form of what a card says beside its routes; None where it says nothing."""
        raise NotImplementedError

    def look(self) -> None:
        """Note at each card what is odd about it as it was typed."""
        for card in self.cards:
            card.look()

    def all_valid(self) -> bool:
        """Whether every form can be saved; a card where one cannot is open."""
        for card in self.cards:
            # Every form is asked, so that each says what is wrong with it.
            if [form for form in card.forms if not form.is_valid()]:
                card.is_open = True
        return not any(card.has_errors for card in self.cards)

    def __iter__(self) -> Iterator[Card]:
        return iter(self.cards)
