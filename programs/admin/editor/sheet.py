"""A draft's requirements on one page: read from the database or from what was typed, checked, saved."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from programs.actions.base import record
from programs.admin.editor.cards import Card, CardSheet, Said, rearranged, typed_cards
from programs.admin.editor.requirement_form import RequirementForm
from programs.admin.editor.routes import put_routes, routes_of
from programs.checks.problems import Problem
from programs.models import Change, ProgramVersion, Requirement, Source

MARKER, COMMAND = "rules", "_rules"
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


class RuleSheet(CardSheet):
    """The requirements of a draft as they stand on the page."""

    letter = "r"
    command_name = COMMAND

    def __init__(self, version: ProgramVersion, cards: list[Card], *, check: bool = False) -> None:
        """With `check` the cards are what someone wants to save."""
        self.version = version
        super().__init__(cards, check=check)

    def form_of(self, card: Card, prefix: str) -> RequirementForm:
        """What a requirement says."""
        return RequirementForm(card.values, prefix=prefix, check=self.check)

    @classmethod
    def of_version(cls, version: ProgramVersion) -> "RuleSheet":
        """The page as the database has it."""
        rows = version.requirements.select_related("source").prefetch_related("conditions").order_by("position", "pk")
        return cls(version, [card_of(row) for row in rows])

    @classmethod
    def typed(cls, version: ProgramVersion, post: Mapping[str, Any]) -> "RuleSheet | None":
        """The page as it was sent, rearranged if one of its buttons was pressed. None if it was not on the page."""
        if MARKER not in post:
            return None
        cards = typed_cards(post, cls.letter)
        command = str(post.get(COMMAND, ""))
        if not command:
            return cls(version, cards, check=True)
        if command == "add":
            for card in cards:
                card.is_open = False
            cards = [*cards, _new_card(version)]
        sheet = cls(version, rearranged(cards, command))
        sheet.was_rearranged = True
        sheet.look()
        return sheet

    def say(self, problems: list[Problem]) -> None:
        """Put what the checks say of the version's requirements at their cards."""
        for each in problems:
            place = place_of(each)
            if place is not None and place < len(self.cards):
                self.cards[place].said.append(Said(each.severity, each.message))

    def is_valid(self) -> bool:
        """Whether all of it can be saved; `errors` says what concerns no single field."""
        self.errors = []
        fine = self.all_valid()
        keys: set[str] = set()
        for card in self.cards:
            if not card.routes:
                card.is_open = True
                self.errors.append(
                    _("“%(text)s” has no condition yet. Add one, or remove the requirement.") % {"text": card.text}
                )
            key = (card.values.get("key") or [""])[-1]
            if key and key in keys:
                self.errors.append(_("Two requirements have the id “%(key)s”. Give one another.") % {"key": key})
            keys.add(key)
        return fine and not self.errors

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
        documents = card.documents
        asked = put_routes(documents, requirement=row)
        if asked is not None:
            before["asks"], after["asks"] = asked
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


def place_of(problem: Problem) -> int | None:
    """Which requirement of its version a problem is about, by its place; None for something else."""
    found = problem.location
    is_one = len(found) > 3 and found[2] == "requirements" and isinstance(found[3], int)
    return int(found[3]) if is_one else None


def card_of(row: Requirement) -> Card:
    """A requirement as the page shows it."""
    values = {name: [str(getattr(row, name))] for name in _TEXTS}
    values["source"] = [row.source.url]
    values["pk"] = [str(row.pk)]
    return Card(values, routes_of(row.conditions.all()))


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


def _plain(value: Any) -> Any:
    return value.url if isinstance(value, Source) else value
