"""Totals side by side: what differs is drawn, to scale and in words, and the table holds everything."""

import xml.etree.ElementTree as ET

import pytest

from eligibility.pictures.differences import Differences, Total, differences

SVG = "{http://www.w3.org/2000/svg}"

NOW = Total("Now", 478, 503, {"Age": (110, 110), "French": (0, 25), "Education": (135, 135)})
WITH_FRENCH = Total("With French", 528, 528, {"Age": (105, 105), "French": (50, 50), "Education": (135, 135)})


def shown(*totals: Total) -> Differences:
    return differences(key="d", title="Now <and> then", totals=totals or (NOW, WITH_FRENCH))


def drawn(found: Differences) -> ET.Element:
    return ET.fromstring(found.picture.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def test_only_what_differs_is_drawn_and_the_table_holds_everything() -> None:
    found = shown()
    words = ["".join(text.itertext()) for text in drawn(found).iter(f"{SVG}text")]
    assert [word for word in words if word in ("Total", "Age", "French", "Education")] == ["Total", "Age", "French"]
    assert [row.name for row in found.rows] == ["Age", "French", "Education"]
    assert found.names == ("Now", "With French")


def test_a_bar_says_its_figure_its_change_and_its_name() -> None:
    words = ["".join(text.itertext()) for text in drawn(shown()).iter(f"{SVG}text")]
    assert "478 to 503 Now" in words
    assert "528 (+50) With French" in words
    assert "105 (−5) With French" in words


def test_bars_of_factors_share_one_scale() -> None:
    bars = [shape for shape in drawn(shown()).iter(f"{SVG}rect") if shape.get("class") != "nb-chart__maybe"]
    widths = [float(shape.get("width", "").rstrip("%")) for shape in bars[2:]]
    assert widths[0] / widths[1] == pytest.approx(110 / 105, rel=1e-3)
    assert widths[0] / widths[3] == pytest.approx(110 / 50, rel=1e-3)


def test_it_is_described_in_words_without_a_style() -> None:
    picture = drawn(shown())
    described = {one.get("id"): one.text for one in picture if one.get("id")}
    assert described["d-title"] == "Now <and> then"
    assert "French: 0 to 25 Now, 50 (+50) With French" in str(described["d-desc"])
    assert "style=" not in shown().picture


def test_two_to_four_totals_can_be_compared() -> None:
    assert len(shown(NOW, WITH_FRENCH, NOW, WITH_FRENCH).total.bars) == 4
    with pytest.raises(ValueError, match="2 to 4"):
        shown(NOW)
    with pytest.raises(ValueError, match="2 to 4"):
        shown(*[NOW] * 5)
