"""What nobody means to send, and somebody does."""

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

# What a browser can send: text without lone surrogates, which no encoding of a page has.
sendable = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
values = st.one_of(st.sampled_from(STRANGE), sendable)
several = st.lists(values, max_size=4)

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(10**40), 10**40)
    | st.floats()
    | st.sampled_from(STRANGE)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def spoiled_text(draw: st.DrawFn, text: str) -> str:
    """The text with some pieces cut out, doubled, moved or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + draw(st.sampled_from([0, 1, 8, 60, 2_000])))))
        piece = text[start:end]
        put = draw(st.one_of(values, st.sampled_from(["", piece * 2, *PIECES]), st.just(piece[::-1])))
        text = text[:start] + put + text[end:]
    return text


PIECES = (
    "{", "}", "[", "]", '"', ",", ":", "-", "- ", "  ", "\n", "\t", "&a ", "*a", "!!python/object:os.system ", "<<: *a",
    "null", "~", "? ", "| ", "> ", "%YAML 9.9\n", "---\n", "...\n", "[" * 60, "{a: " * 60, "\\ud800", "\\u0000", "#",
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in nested data, the outermost first."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, inner in items for found in places(inner, (*path, key)))]


@st.composite
def spoiled_data(draw: st.DrawFn, data: Any) -> Any:
    """Nested data with some values replaced, taken away, doubled or put elsewhere."""
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from(places(data)[1:] or [()]))
        if path:
            data = _with(data, path, draw)
    return data


def _with(data: Any, path: tuple[Any, ...], draw: st.DrawFn) -> Any:
    """A copy of `data` in which something happened at `path`; what was not touched is shared."""
    key, *rest = path
    copy = dict(data) if isinstance(data, dict) else list(data)
    if rest:
        copy[key] = _with(copy[key], tuple(rest), draw)
        return copy
    match draw(st.sampled_from(["replace", "replace", "remove", "double", "wrap", "rename"])):
        case "remove":
            del copy[key]
        case "double" if isinstance(copy, list):
            copy.insert(key, copy[key])
        case "wrap":
            copy[key] = draw(st.sampled_from([[copy[key]], {"a": copy[key]}, str(copy[key])]))
        case "rename" if isinstance(copy, dict):
            copy[draw(values)] = copy.pop(key)
        case _:
            copy[key] = draw(json_values)
    return copy
