"""The stored answers of one person, as the questionnaire sees them.

Each page, and each item of a list (a job, a test), keeps two things: the last *answer* that was valid, and
the *draft* typed since, if that was not. So a page is saved even when it is not yet valid, and a valid
answer is never lost to an invalid one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Answer = dict[str, Any]
MOST_ITEMS = 40


class TooManyItemsError(Exception):
    """A list is full."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed and is not valid yet. `shown` names the questions that were on the page then."""

    typed: dict[str, list[str]]
    shown: tuple[str, ...]


@dataclass(slots=True)
class Saved:
    """What is kept of one page or one item."""

    answer: Answer | None = None
    draft: Draft | None = None

    @property
    def is_answered(self) -> bool:
        """Whether there is a valid answer and nothing unfinished above it."""
        return self.answer is not None and self.draft is None

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was ever sent."""
        return self.answer is None and self.draft is None

    def keep(self, answer: Answer) -> None:
        """Take a valid answer. Questions that were not asked this time keep what they had."""
        self.answer = {**(self.answer or {}), **answer}
        self.draft = None


@dataclass(slots=True)
class Item(Saved):
    """One thing of a list. `token` is that of the form which made it, so that sending it twice makes one."""

    id: int = 0
    token: str = ""


@dataclass(slots=True)
class Answers:
    """Everything one person has answered."""

    pages: dict[str, Saved] = field(default_factory=dict)
    lists: dict[str, list[Item]] = field(default_factory=dict)
    next_ids: dict[str, int] = field(default_factory=dict)
    # Pages that a changed answer brought up, until they are answered.
    newly_asked: list[str] = field(default_factory=list)
    # What is kept beside the answers (the plan chosen, scenarios, what was seen last), each under its owner's name.
    beside: dict[str, Any] = field(default_factory=dict)

    def page(self, slug: str) -> Saved:
        """What is kept of a page; nothing, for one never seen."""
        return self.pages.get(slug) or Saved()

    def value(self, slug: str, name: str) -> Any:
        """One valid answer, or None."""
        return (self.page(slug).answer or {}).get(name)

    def keep(self, slug: str, answer: Answer) -> None:
        """Take a page's valid answer."""
        self.pages.setdefault(slug, Saved()).keep(answer)

    def keep_draft(self, slug: str, draft: Draft) -> None:
        """Take what was typed on a page and is not valid yet."""
        self.pages.setdefault(slug, Saved()).draft = draft

    def items(self, slug: str) -> tuple[Item, ...]:
        """The things of a list, in the order they were added."""
        return tuple(self.lists.get(slug, ()))

    def item(self, slug: str, item_id: int) -> Item | None:
        """One thing of a list, or None when it is not there."""
        return next((item for item in self.items(slug) if item.id == item_id), None)

    def item_made_by(self, slug: str, token: str) -> Item | None:
        """The thing that a form of this token has made already."""
        return next((item for item in self.items(slug) if token and item.token == token), None)

    def had_item(self, slug: str, item_id: int) -> bool:
        """Whether a list has, or once had, a thing of this id. Ids are never given twice."""
        return 1 <= item_id < self.next_ids.get(slug, 1)

    def add_item(self, slug: str, token: str) -> Item:
        """Add an empty thing to a list, or return the one that this token has made.

        Raises:
            TooManyItemsError: when the list is full.

        """
        existing = self.item_made_by(slug, token)
        if existing is not None:
            return existing
        if len(self.items(slug)) >= MOST_ITEMS:
            raise TooManyItemsError(slug)
        item = Item(id=self.next_ids.get(slug, 1), token=token)
        self.next_ids[slug] = item.id + 1
        self.lists.setdefault(slug, []).append(item)
        return item

    def restore_item(self, slug: str, item_id: int) -> Item:
        """Put back a thing that was removed while another tab was still changing it.

        Raises:
            TooManyItemsError: when the list is full.

        """
        if len(self.items(slug)) >= MOST_ITEMS:
            raise TooManyItemsError(slug)
        item = Item(id=item_id)
        self.lists[slug] = sorted([*self.items(slug), item], key=lambda each: each.id)
        return item

    def remove_item(self, slug: str, item_id: int) -> None:
        """Take a thing out of a list; one that is gone already stays gone."""
        self.lists[slug] = [item for item in self.items(slug) if item.id != item_id]

    @property
    def are_empty(self) -> bool:
        """Whether nothing was ever sent."""
        return not any(self.lists.values()) and all(saved.is_untouched for saved in self.pages.values())

    def as_document(self) -> dict[str, Any]:
        """The answers as plain data, to be stored."""
        return {
            "format": 1,
            "pages": {slug: _saved_out(saved) for slug, saved in self.pages.items()},
            "lists": {
                slug: [{"id": item.id, "token": item.token, **_saved_out(item)} for item in items]
                for slug, items in self.lists.items()
            },
            "next_ids": self.next_ids,
            "newly_asked": self.newly_asked,
            "beside": self.beside,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Answers":
        """Read what `as_document` wrote."""
        return cls(
            pages={slug: Saved(**_saved_in(kept)) for slug, kept in document.get("pages", {}).items()},
            lists={
                slug: [Item(id=kept["id"], token=kept["token"], **_saved_in(kept)) for kept in items]
                for slug, items in document.get("lists", {}).items()
            },
            next_ids=dict(document.get("next_ids", {})),
            newly_asked=list(document.get("newly_asked", [])),
            beside=dict(document.get("beside", {})),
        )


def _saved_out(saved: Saved) -> dict[str, Any]:
    draft = saved.draft and {"typed": saved.draft.typed, "shown": list(saved.draft.shown)}
    return {"answer": saved.answer, "draft": draft}


def _saved_in(kept: Mapping[str, Any]) -> dict[str, Any]:
    draft = kept["draft"]
    return {
        "answer": kept["answer"],
        "draft": Draft(typed=draft["typed"], shown=tuple(draft["shown"])) if draft else None,
    }
