"""From US codes and codes of NOC 2016 to unit groups."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eligibility.occupations import codes, search
from eligibility.occupations.codes import look_up, standard_forms
from programs.models import Classification, Correspondence, Origin

pytestmark = pytest.mark.database


@pytest.mark.parametrize(
    ("typed", "first", "match"),
    [
        ("15-1252", "21231", "close"),
        ("15-1252.00", "21231", "close"),
        (" 151252 ", "21231", "close"),
        ("15–1252", "21231", "close"),
        ("15-1299.08", "21231", "close"),
        ("15-1212", "21220", "exact"),
        ("2173", "21231", "close"),
        ("2147", "21311", "exact"),
        ("0011", "00010", "exact"),
    ],
)
def test_a_code_leads_to_the_usual_occupation_first(tables: None, typed: str, first: str, match: str) -> None:
    found = look_up(typed)
    assert found is not None
    assert (found.candidates[0].code, found.candidates[0].match) == (first, match)
    assert not found.is_nearest


def test_a_code_of_soc_2010_leads_on_step_by_step(tables: None) -> None:
    found = look_up("15-1132")
    assert found is not None
    assert [(older.code, newer.code) for older, newer in found.changes] == [("15-1132", "15-1252")]
    assert [found.asked.name, found.changes[0][1].name] == ["SOC 2010", "SOC 2018"]
    assert found.candidates[0].code == "21231"
    # A chain is no surer than its weakest part.
    assert {candidate.confidence for candidate in found.candidates} == {"memory"}


def test_a_code_that_became_two_leads_to_what_either_became(tables: None) -> None:
    found = look_up("15-1134")
    assert found is not None
    assert {newer.code for _older, newer in found.changes} == {"15-1254", "15-1255"}
    assert {"21234", "21233"} <= {candidate.code for candidate in found.candidates}


def test_a_code_that_stands_in_both_is_read_as_the_newer_one(tables: None) -> None:
    found = look_up("13-2051")
    assert found is not None
    assert (found.asked.classification, found.changes) == ("soc-2018", ())


def test_an_unknown_extension_falls_back_to_the_wider_code_and_says_so(tables: None) -> None:
    found = look_up("15-1252.77")
    assert found is not None
    assert (found.asked.code, found.is_nearest) == ("15-1252", True)


@pytest.mark.parametrize("typed", ["", "15-12", "99-9999", "nurse", "123", "15-1252.0", "1" * 200, "99999"])
def test_what_is_no_code_or_an_unknown_one_leads_nowhere(tables: None, typed: str) -> None:
    assert look_up(typed) is None


def test_titles_on_us_forms_are_found(tables: None) -> None:
    found = codes.by_title("Software Developers")
    assert (found[0].code, found[0].classification) == ("15-1252", "soc-2018")
    assert "15-1132" in [each.code for each in found]


def test_a_circle_of_codes_comes_to_an_end(tables: None) -> None:
    one, two = (Classification.objects.create(pk=name, name_en=name) for name in ("one-2001", "two-2002"))
    for start, end in ((one, two), (two, one)):
        Correspondence.objects.create(
            from_classification=start, from_code="9998", from_title_en="x", to_classification=end, to_code="9998",
            confidence="memory",
        )  # fmt: skip
    found = look_up("9998")
    assert found is not None
    assert found.candidates == ()


def test_every_code_on_file_leads_to_an_occupation(tables: None) -> None:
    dead_ends = [
        code
        for code in sorted(set(Correspondence.objects.values_list("from_code", flat=True)))[::7]
        if not (found := look_up(code)) or not found.candidates
    ]
    assert dead_ends == []


def test_the_job_title_box_takes_codes_of_every_classification(tables: None) -> None:
    assert [each.code for each in search.search("21231")] == ["21231"]
    assert search.search("15-1252.00")[0].code == "21231"
    assert search.search("2173")[0].code == "21231"
    assert search.search("99999") == search.search("15-12") == []


def test_what_leads_to_an_occupation_is_told_from_its_side(tables: None) -> None:
    leading = codes.leading_to("21231")
    assert list(leading) == ["SOC 2018", "NOC 2016"]
    assert "15-1252" in [code.code for code, _match in leading["SOC 2018"]]


def test_everything_loaded_is_the_packs_own(tables: None) -> None:
    assert set(Correspondence.objects.values_list("origin", flat=True)) == {Origin.PACK}


@settings(max_examples=200)
@given(st.text(max_size=40) | st.from_regex(r"[0-9 .\-–]{1,14}", fullmatch=True))
def test_any_text_has_a_form_or_none(typed: str) -> None:
    for form in standard_forms(typed):
        assert standard_forms(form)[0] == form
