"""What nobody means to send, and somebody does.

What is sent is made from a number (`Random`), not drawn piece by piece: Hypothesis chooses the numbers, and making a
case costs less than sending it. The same number makes the same case.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import strategies as st

# Numbers that are none or too many, dates that never were, ends of lines, direction marks, markup, names of other
# questions' answers, and what a database or a template might take for its own.
STRANGE = (
    "", " ", "\x00", "\x1b[2J", "\r\n", "\u2028", "\u202e", "\ufeff", "\ufffe", "\U0010ffff", "e\u0301" * 40, "𝟙𝟚",
    "0", "-0", "-1", "007", "+1", "1e999", "1e-999", "NaN", "Infinity", "-Infinity", "9" * 19, "9" * 400, "1_000", "٣",
    "２１２３１", "²", "½", "0x10", "1,000", "1.000,50", "99.99999999999999", "2026-02-30", "0000-00-00", "9999-12-31",
    "10000-01-01", "31", "29", "32", "13", "1900", "2025", "true", "null", "None", "[]", "{}", "yes", "no", "unknown",
    "on", "unsure", "CA", "US", "ON", "21231", "00000", "check", "add", "delete_selected", "<script>alert(1)</script>",
    '"><b>', "'; DROP TABLE x; --", "{{ 1 }}", "{% load x %}", "%(name)s", "%s", "{0}", "../../etc/passwd", "https://",
    "javascript:alert(1)", "http://[", "a" * 301, "b" * 5_000, "é" * 4_000,
)  # fmt: skip
NUMBERS = (0, -1, 1, 13, 32, 10**40, -(10**40), 2**31, 2**63, 0.1, -0.0, 1e308, 5e-324, float("inf"), float("nan"))
PIECES = (
    "{", "}", "[", "]", '"', ",", ":", "-", "- ", "  ", "\n", "\t", "&a ", "*a", "!!python/object:os.system ", "<<: *a",
    "null", "~", "? ", "| ", "> ", "%YAML 9.9\n", "---\n", "...\n", "[" * 60, "{a: " * 60, "\\ud800", "\\u0000", "#",
)  # fmt: skip
# Half of a character (U+D800 to U+DFFF) is no text that a browser could send.
_ALPHABETS = ((0x20, 0x7E), (0x00, 0x24F), (0x370, 0x10FF), (0x2000, 0x2BFF), (0x4E00, 0x9FFF), (0xE000, 0x10FFFF))

# For the machine that answers in any order, where Hypothesis draws each value itself.
values = st.one_of(st.sampled_from(STRANGE), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
several = st.lists(values, max_size=4)
# What a test makes its cases from.
seeds = st.integers(0, 2**62)


def value(pick: Random) -> str:
    """Something that a browser can send."""
    return pick.choice(STRANGE) if pick.random() < 0.7 else text(pick, 30)


def text(pick: Random, most: int) -> str:
    """Characters of one script, or of any."""
    return "".join(chr(pick.randint(*pick.choice(_ALPHABETS))) for _ in range(pick.randint(0, most)))


def some_values(pick: Random) -> list[str]:
    """What several fields of one name hold, or none of it."""
    return [value(pick) for _ in range(pick.randint(0, 4))]


def json_value(pick: Random, depth: int = 2) -> Any:
    """Any JSON, and what Python's reader takes for JSON."""
    kinds: list[Callable[[], Any]] = [
        lambda: pick.choice((None, True, False)),
        lambda: pick.choice(NUMBERS),
        lambda: pick.randint(-100, 3_000),
        lambda: pick.choice(STRANGE),
        lambda: text(pick, 8),
    ]
    if depth:
        kinds += [
            lambda: [json_value(pick, depth - 1) for _ in range(pick.randint(0, 3))],
            lambda: {text(pick, 8): json_value(pick, depth - 1) for _ in range(pick.randint(0, 3))},
        ]
    return pick.choice(kinds)()


def spoiled_text(pick: Random, text: str) -> str:
    """The text with some pieces cut out, doubled, moved or replaced."""
    for _ in range(pick.randint(1, 4)):
        start = pick.randint(0, len(text))
        end = pick.randint(start, min(len(text), start + pick.choice((0, 1, 8, 60, 2_000))))
        piece = text[start:end]
        put = pick.choice((value(pick), "", piece * 2, piece[::-1], pick.choice(PIECES), pick.choice(PIECES)))
        text = text[:start] + put + text[end:]
    return text


def spoiled_bytes(pick: Random, content: bytes) -> bytes:
    """The content with some bytes changed, cut out or put in."""
    for _ in range(pick.randint(0, 3)):
        at = pick.randint(0, len(content))
        content = content[:at] + pick.randbytes(pick.randint(0, 6)) + content[at + pick.choice((0, 1, 2, 500)) :]
    return content


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in nested data, the outermost first."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(found for key, inner in items for found in places(inner, (*path, key)))]


def spoiled_data(pick: Random, data: Any) -> Any:
    """Nested data with some values replaced, taken away, doubled or put elsewhere."""
    for _ in range(pick.choice((1, 1, 2, 4))):
        path = pick.choice(places(data)[1:] or [()])
        if path:
            data = _with(pick, data, path)
    return data


def _with(pick: Random, data: Any, path: tuple[Any, ...]) -> Any:
    """A copy of `data` in which something happened at `path`; what was not touched is shared."""
    key, *rest = path
    copy = dict(data) if isinstance(data, dict) else list(data)
    if rest:
        copy[key] = _with(pick, copy[key], tuple(rest))
        return copy
    match pick.choice(("replace", "replace", "remove", "double", "wrap", "rename")):
        case "remove":
            del copy[key]
        case "double" if isinstance(copy, list):
            copy.insert(key, copy[key])
        case "wrap":
            copy[key] = pick.choice(([copy[key]], {"a": copy[key]}, str(copy[key])))
        case "rename" if isinstance(copy, dict):
            copy[value(pick)] = copy.pop(key)
        case _:
            copy[key] = json_value(pick)
    return copy
