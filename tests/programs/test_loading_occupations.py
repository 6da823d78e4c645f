"""Loading the guide to occupations, codes of other classifications and abbreviations."""

from pathlib import Path

import pytest

from programs.loading.rulebook import load_rulebook
from programs.models import (
    Abbreviation,
    Correspondence,
    MainDuty,
    Occupation,
    OccupationGuide,
    OccupationRemark,
    Origin,
    RulebookRevision,
)
from programs.packs.errors import PackErrors

pytestmark = pytest.mark.django_db

SOC = "occupations/soc-2018-to-noc-2021.csv"
GUIDE = "occupations/noc-2021-guide.yaml"
WORDS = "occupations/abbreviations.csv"
FILES = {
    SOC: """\
from_code,from_title_en,to_code,rank,match,confidence,note_en
15-1252,Software Developers,21232,1,close,confirmed,Compare duties.
""",
    WORDS: "word,stands_for\nSWE,software engineer\nii,\n",
    GUIDE: """\
classification: noc-2021
occupations:
- noc: "21232"
  apart: {en: Writing software., fr: Écrire des logiciels.}
  source: https://example.org/noc
  as_of: 2025-04
  confidence: judgement
  neighbours:
  - {noc: "72200", how_to_tell: Wires and not words.}
  duties: [Write code, Test code]
questions:
- {noc: "21232", duty: You write software., confidence: memory}
remarks:
- id: be-careful
  text: Compare.
  source: https://example.org/x
  as_of: "2026"
  confidence: single
  occupations: ["21232"]
""",
}


@pytest.fixture
def filled(packs: Path, db: None) -> Path:
    """The made-up packs with a guide, a code and abbreviations, loaded."""
    for name, text in FILES.items():
        (packs / name).write_text(text, encoding="utf-8")
    load_rulebook(packs)
    return packs


def change(packs: Path, name: str, old: str, new: str) -> None:
    text = (packs / name).read_text(encoding="utf-8")
    assert old in text
    (packs / name).write_text(text.replace(old, new), encoding="utf-8")


def test_everything_is_loaded_with_its_classification_and_confidence(filled: Path) -> None:
    row = Correspondence.objects.get()
    assert (row.from_classification_id, row.to_classification_id) == ("soc-2018", "noc-2021")
    assert (row.match, row.confidence, row.origin) == ("close", "confirmed", Origin.PACK)
    guide = OccupationGuide.objects.get()
    assert (guide.apart_fr, guide.duties_en, guide.confidence) == (
        "Écrire des logiciels.",
        "Write code\nTest code",
        "judgement",
    )
    assert [each.occupation.code for each in guide.neighbours.all()] == ["72200"]
    assert MainDuty.objects.get().confidence == "memory"
    assert OccupationRemark.objects.get().occupations.get().code == "21232"
    assert set(Abbreviation.objects.values_list("word", "stands_for")) == {("swe", "software engineer"), ("ii", "")}


def test_loading_again_changes_nothing(filled: Path) -> None:
    assert load_rulebook(filled) == []


def test_changed_files_take_the_place_of_the_former(filled: Path) -> None:
    change(filled, SOC, "close", "exact")
    change(filled, GUIDE, "Writing software.", "Making software.")
    change(filled, WORDS, "ii,\n", "")
    load_rulebook(filled)
    assert Correspondence.objects.get().match == "exact"
    assert OccupationGuide.objects.get().apart_en == "Making software."
    assert Abbreviation.objects.count() == 1


def test_what_staff_changed_is_kept(filled: Path) -> None:
    Correspondence.objects.update(note_en="Staff's note", origin=Origin.STAFF)
    number = RulebookRevision.current_number()
    OccupationGuide.objects.update(apart_en="Staff's words", origin=Origin.STAFF)
    # Lists of occupations keep what the guide says until the rules move.
    assert RulebookRevision.current_number() > number
    MainDuty.objects.update(duty_en="Staff's duty", origin=Origin.STAFF)
    OccupationRemark.objects.update(text_en="Staff's remark", origin=Origin.STAFF)
    Abbreviation.objects.create(word="dev", stands_for="developer")
    change(filled, SOC, "Compare duties.", "Something else.")
    change(filled, GUIDE, "Writing", "Making")
    change(filled, WORDS, "ii,\n", "")
    load_rulebook(filled)
    assert Correspondence.objects.get().note_en == "Staff's note"
    assert OccupationGuide.objects.get().apart_en == "Staff's words"
    assert MainDuty.objects.get().duty_en == "Staff's duty"
    assert OccupationRemark.objects.get().text_en == "Staff's remark"
    assert Abbreviation.objects.filter(word="dev").exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (SOC, ",21232,", ",99999,", "there is no unit group '99999'"),
        (SOC, "close", "near", "the match must be exact, close, partial or empty"),
        (SOC, "confirmed", "sure", "the confidence must be one of"),
        (SOC, ",1,close", ",first,close", "the rank must be a number"),
        (SOC, "from_code", "code", "missing: from_code"),
        (WORDS, "SWE", "S W E", "this must be one word"),
        (GUIDE, 'noc: "72200"', 'noc: "99999"', "there is no unit group '99999'"),
        (GUIDE, "apart:", "aside:", "occupations.0"),
        (GUIDE, "classification: noc-2021", "classification: [", "not well-formed YAML"),
    ],
)
def test_what_cannot_be_read_is_refused_by_line(filled: Path, file: str, old: str, new: str, told: str) -> None:
    change(filled, file, old, new)
    with pytest.raises(PackErrors, match=told) as refused:
        load_rulebook(filled)
    assert Path(file).name in str(refused.value)
    assert Occupation.objects.exists()
    assert Correspondence.objects.get().match == "close"
