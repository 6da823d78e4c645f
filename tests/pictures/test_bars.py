"""Bars are drawn to scale, named for screen readers, and hold nothing that the content policy forbids."""

import xml.etree.ElementTree as ET

from eligibility.pictures.bars import MarkLine, Segment, bar, strip

SVG = "{http://www.w3.org/2000/svg}"


def draw(**changes: object) -> ET.Element:
    given = {
        "key": "crs",
        "title": "CRS by section",
        "description": "478 of 1,200",
        "segments": (Segment("Core", 378), Segment("Partner", 0), Segment("Transferability", 100)),
        "maximum": 1200,
    }
    return ET.fromstring(bar(**given | changes).replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def pieces(svg: ET.Element) -> list[ET.Element]:
    return [shape for shape in svg.iter(f"{SVG}rect") if "nb-chart__piece" in shape.get("class", "")]


def test_sections_stand_in_a_row_and_to_scale() -> None:
    assert [(piece.get("x"), piece.get("width")) for piece in pieces(draw())] == [
        ("0.000%", "31.500%"),
        ("31.500%", "8.333%"),
    ]


def test_a_section_keeps_its_tone_where_another_has_no_points() -> None:
    assert [piece.get("class").split()[-1] for piece in pieces(draw())] == [
        "nb-chart__tone-1",
        "nb-chart__tone-3",
    ]


def test_it_has_a_title_and_a_description() -> None:
    svg = draw()
    named = {element.get("id"): element.text for element in svg if element.get("id")}
    assert [named[key] for key in svg.get("aria-labelledby").split()] == ["CRS by section", "478 of 1,200"]
    assert svg.get("role") == "img"


def test_what_is_possible_is_hatched_and_never_past_the_end() -> None:
    svg = draw(segments=(Segment("Core", 1100, 400),))
    (possible,) = [shape for shape in svg.iter(f"{SVG}rect") if shape.get("class") == "nb-chart__possible"]
    assert possible.get("fill") == "url(#crs-hatch)"
    assert possible.get("width") == "33.333%"


def test_marks_are_labelled_on_the_side_where_there_is_room() -> None:
    svg = draw(maximum=100, marks=(MarkLine(67, "Pass mark 67"), MarkLine(20, "Low")))
    labels = [text for text in svg.iter(f"{SVG}text") if text.get("class") == "nb-chart__label"]
    assert [(text.text, text.get("text-anchor")) for text in labels] == [("Pass mark 67", "end"), ("Low", "start")]


def test_words_from_the_rules_are_escaped() -> None:
    assert "<script>" not in bar(key="a", title="<script>", description="&", segments=(Segment("a", 1),), maximum=2)


def test_no_inline_style() -> None:
    assert "style=" not in ET.tostring(draw(), encoding="unicode")
    assert "style=" not in strip(10, 20, 30, 100, 0)


def test_a_section_s_own_bar_shows_reached_possible_and_most() -> None:
    svg = ET.fromstring(strip(378, 400, 500, 1200, 0))
    assert [shape.get("width") for shape in svg] == ["41.667%", "31.500%", "1.833%"]
