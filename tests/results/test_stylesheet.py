"""The colours of the stylesheet keep their contrast, in the light and in the dark."""

import re
from pathlib import Path

import pytest

STYLESHEET = Path(__file__).resolve().parents[2] / "static" / "css" / "northbound.css"


def colours(scheme: str) -> dict[str, str]:
    text = STYLESHEET.read_text()
    dark = text.index("@media (prefers-color-scheme: dark)")
    part = text[:dark] if scheme == "light" else text[dark : text.index("}\n}", dark)]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "ink-soft", "spruce", "spruce-deep", "maple", "ochre"])
@pytest.mark.parametrize("ground", ["paper", "paper-lift", "paper-deep"])
def test_text_stands_out_seven_to_one(scheme: str, text: str, ground: str) -> None:
    palette = colours(scheme)
    assert contrast(palette[text], palette[ground]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), [("on-spruce", "spruce"), ("ink", "spruce-wash"), ("maple", "maple-wash")])
def test_text_on_colour_stands_out_seven_to_one(scheme: str, text: str, ground: str) -> None:
    palette = colours(scheme)
    assert contrast(palette[text], palette[ground]) >= 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("line", ["edge", "focus", "bar-1", "bar-2", "bar-3"])
def test_bars_edges_and_the_focus_ring_stand_out_four_and_a_half_to_one(scheme: str, line: str) -> None:
    palette = colours(scheme)
    assert contrast(palette[line], palette["paper"]) >= 4.5


def test_both_schemes_name_the_same_colours() -> None:
    assert set(colours("light")) == set(colours("dark"))
