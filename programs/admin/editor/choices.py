"""What the drop-downs of the rules' page offer, with labels in place of keys. Read once for each page."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programs import places
from programs.models import Grid, OccupationList, Program, ReferenceTable
from programs.rulebook import FactEntry, vocabulary
from programs.rulebook.vocabulary import LanguageSet

Choices = list[tuple[str, Any]]

YES_OR_NO: Choices = [("true", _("yes")), ("false", _("no"))]
VERDICTS: Choices = [
    ("eligible", _("eligible")),
    ("likely", _("likely")),
    ("unknown", _("undecided")),
    ("not_eligible", _("not eligible")),
]
OTHER_KINDS: Choices = [
    ("experience", _("Work experience")),
    ("credential", _("Education and credentials")),
    ("occupation", _("An occupation is on a list, or is not")),
    ("main_teer", _("The TEER of most of the experience")),
    ("grid", _("The score in a points grid")),
    ("list_level", _("A list's figure for an occupation")),
    ("relative", _("A relative in Canada")),
    ("program", _("Another program's verdict")),
    ("judgement", _("Something that only a person can judge")),
]
# The facts in groups, by the first step of the answers that settle them; what is not named is about the person.
_GROUPS: Mapping[str, Any] = {
    "language_tests": _("Languages"),
    "job_offer": _("Job offer and employer"),
    "canada": _("Canada now"),
    "h1b": _("United States and H-1B"),
    "us_job": _("United States and H-1B"),
    "partner": _("Partner"),
    "nomination": _("Certificates and nominations"),
    "trade_certificate": _("Certificates and nominations"),
}
_PERSON = _("The person")


class Offered:
    """Choices of one page; those that are in the database are read when first asked for, and kept."""

    @cached_property
    def looked_at(self) -> Choices:
        """Everything that a condition can look at: other kinds first, then the facts in groups."""
        groups: dict[str, Choices] = {str(_("More than one answer")): list(OTHER_KINDS), str(_PERSON): []}
        for entry in vocabulary().facts.values():
            name = str(_GROUPS.get(entry.answers[0].partition(".")[0], _PERSON) if entry.answers else _PERSON)
            groups.setdefault(name, []).append((f"fact:{entry.key}", label_of(entry)))
        first = str(_PERSON)
        others = [(name, choices) for name, choices in groups.items() if name != first]
        return [("", _("Choose what is looked at")), (first, groups[first]), *others[1:], others[0]]

    @cached_property
    def measured(self) -> Choices:
        """What the rows or columns of a table can stand for: a number, or a choice."""
        kinds = [pair for pair in OTHER_KINDS if pair[0] in ("experience", "credential", "list_level", "grid")]
        groups = self.looked_at[1:-1]
        sets = [(f"fact:{each.key}", each.label.in_language(get_language() or "en")) for each in _language_sets()]
        return [
            ("", _("Choose what they stand for")),
            *groups,
            (str(_("Each ability of a language")), sets),
            (str(_("More than one answer")), kinds),
        ]

    @cached_property
    def lists(self) -> Choices:
        """Occupation lists."""
        return _named(OccupationList.objects.all())

    @cached_property
    def tables(self) -> Choices:
        """Reference tables."""
        return _named(ReferenceTable.objects.all())

    @cached_property
    def grids(self) -> Choices:
        """Points grids."""
        return _named(Grid.objects.all())

    @cached_property
    def programs(self) -> Choices:
        """Programs."""
        return _named(Program.objects.all())

    def facts(self, types: Iterable[str] = ()) -> Choices:
        """The facts of some types; all without types."""
        wanted = frozenset(types)
        entries = [entry for entry in vocabulary().facts.values() if not wanted or entry.type in wanted]
        return [("", _("Choose")), *((entry.key, label_of(entry)) for entry in entries)]


def _language_sets() -> Iterable[LanguageSet]:
    return vocabulary().language_sets.values()


def _named(rows: Any) -> Choices:
    return [("", _("Choose")), *((row.pk, f"{row} ({row.authority})") for row in rows)]


def label_of(entry: FactEntry) -> str:
    """A fact as it is called in the reader's language."""
    return entry.label.in_language(get_language() or "en")


def levels() -> Choices:
    """The levels of education, lowest first."""
    return [(level.key, level.label.in_language(get_language() or "en")) for level in vocabulary().levels]


def relations() -> Choices:
    """The relations that rules know."""
    return [(key, label.in_language(get_language() or "en")) for key, label in vocabulary().relations.items()]


def provinces() -> Choices:
    """The provinces and territories."""
    language = "fr" if (get_language() or "en").startswith("fr") else "en"
    return [(code, names[language]) for code, names in places.PROVINCES.items()]


def benchmarks() -> Choices:
    """The Canadian Language Benchmarks."""
    return _whole_scale("clb", "CLB")


def teer() -> Choices:
    """The TEER categories."""
    return _whole_scale("TEER", "TEER")


def _whole_scale(name: str, unit: str) -> Choices:
    scale = vocabulary().scales[name]
    assert scale.high is not None
    return [(str(step), f"{unit} {step}") for step in range(scale.low, scale.high + 1)]


def values_of(entry: FactEntry) -> Choices:
    """The values of a fact that has a closed list of them; none for one that is open."""
    kind = entry.of if entry.type == "set" else entry.type
    if kind == "province":
        return provinces()
    labels = entry.choice_labels
    language = get_language() or "en"
    return [
        (key, labels[key].in_language(language) if key in labels else key.replace("_", " ")) for key in entry.choices
    ]
