"""The vocabulary, mirrored into the database so that rules can point to facts."""

from programs.models import Fact
from programs.rulebook import vocabulary

LANGUAGE_SET = "language_set"


def load_vocabulary() -> None:
    """Make the facts in the database those of the vocabulary. Facts that rules still use are never removed."""
    words = vocabulary()
    rows = [
        Fact(
            key=entry.key,
            type=entry.type,
            unit=entry.unit or "",
            label_en=entry.label.en,
            label_fr=entry.label.fr,
            choices=list(entry.choices),
            operators=list(entry.operators),
        )
        for entry in words.facts.values()
    ]
    rows += [
        Fact(key=entry.key, type=LANGUAGE_SET, label_en=entry.label.en, label_fr=entry.label.fr)
        for entry in words.language_sets.values()
    ]
    for position, row in enumerate(rows):
        row.position = position
    columns = [field.name for field in Fact._meta.concrete_fields if not field.primary_key]
    Fact.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=columns)
