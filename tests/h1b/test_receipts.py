"""Receipt numbers: taken apart, their slips named, never made up."""

import string
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.h1b.receipts import check
from programs.packs.schema import H1BSituations
from programs.packs.schema.receipts import ReceiptNumbers
from tests.seeded import seeded_rulebook


@cache
def rules() -> ReceiptNumbers:
    """What the packs say of receipt numbers."""
    said: H1BSituations = seeded_rulebook().of_kind(H1BSituations)[0]
    assert said.receipt_numbers is not None
    return said.receipt_numbers


NUMBERS = st.builds(
    str.__add__,
    st.deferred(lambda: st.sampled_from([office.prefix for office in rules().offices])),
    st.text("0123456789", min_size=10, max_size=10),
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("EAC2190012345", "EAC2190012345"),
        ("  eac 21 900 12345 ", "EAC2190012345"),
        ("IOE-091-234-5678", "IOE0912345678"),
    ],
)
def test_a_number_may_be_typed_with_spaces_dashes_and_small_letters(
    receipt_rules: ReceiptNumbers, typed: str, number: str
) -> None:
    report = check(typed, receipt_rules)
    assert [(one.number, one.is_right) for one in report.numbers] == [(number, True)]
    assert report.all_right


@pytest.mark.parametrize("between", [", ", "\n", " ", "; ", " and ", " / ", "\t"])
def test_numbers_are_separated_by_anything(receipt_rules: ReceiptNumbers, between: str) -> None:
    report = check(between.join(["EAC2190012345", "IOE0912345678", "WAC2190012345"]), receipt_rules)
    assert [one.prefix for one in report.numbers] == ["EAC", "IOE", "WAC"]
    assert report.all_right


def test_letters_typed_for_digits_are_named_with_their_place(receipt_rules: ReceiptNumbers) -> None:
    one = check("WAC21O9I12345", receipt_rules).numbers[0]
    assert [(slip.place, slip.typed, slip.meant) for slip in one.slips] == [(6, "O", "0"), (8, "I", "1")]
    assert (one.is_right, one.meant, one.problem) == (False, "WAC2109112345", "letter_for_digit")


def test_digits_typed_for_letters_are_named(receipt_rules: ReceiptNumbers) -> None:
    one = check("10E0912345678", receipt_rules).numbers[0]
    assert (one.meant, one.problem) == ("IOE0912345678", "digit_for_letter")


def test_the_digits_are_read_where_the_office_counts_that_way(receipt_rules: ReceiptNumbers) -> None:
    read = {name.en: digits for name, digits in check("EAC2112345678", receipt_rules).numbers[0].read}
    assert read == {"fiscal year": "21", "working day": "123", "case": "45678"}
    assert check("IOE0912345678", receipt_rules).numbers[0].read == ()


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("EAC219001234", "too_short"),
        ("EAC21900123456", "too_long"),
        ("EAC 21900123456", "too_long"),
        ("A123456789", "other"),
        ("I-200-24123-123456", "other"),
        ("2190012345", "not_a_number"),
    ],
)
def test_what_is_no_receipt_number_is_told_as_what_it_is(
    receipt_rules: ReceiptNumbers, typed: str, problem: str
) -> None:
    report = check(typed, receipt_rules)
    assert [(one.problem, one.is_right) for one in report.numbers] == [(problem, False)]


def test_an_unknown_prefix_has_the_right_form_and_no_office(receipt_rules: ReceiptNumbers) -> None:
    one = check("QQQ2190012345", receipt_rules).numbers[0]
    assert (one.is_right, one.office, one.prefix) == (True, None, "QQQ")


def test_a_repeated_number_is_pointed_out_even_with_a_slip(receipt_rules: ReceiptNumbers) -> None:
    report = check("EAC2190012345\nEAC21900I2345", receipt_rules)
    assert [one.repeats for one in report.numbers] == [False, True]


def test_only_the_first_ten_are_checked(receipt_rules: ReceiptNumbers) -> None:
    report = check("\n".join(f"EAC219001{number:04}" for number in range(13)), receipt_rules)
    assert (len(report.numbers), report.left_out) == (10, 3)


@given(numbers=st.lists(NUMBERS, min_size=1, max_size=10, unique=True))
def test_right_numbers_come_back_as_they_are(numbers: list[str]) -> None:
    report = check("\n".join(numbers), rules())
    assert [one.number for one in report.numbers] == numbers
    assert report.all_right


@given(number=NUMBERS, place=st.integers(3, 12))
def test_a_letter_o_or_i_in_any_digits_place_is_put_right(number: str, place: int) -> None:
    letter = {"0": "O", "1": "I"}.get(number[place])
    if letter is None:
        number, letter = number[:place] + "0" + number[place + 1 :], "O"
    one = check(number[:place] + letter + number[place + 1 :], rules()).numbers[0]
    assert (one.meant, [slip.place for slip in one.slips]) == (number, [place + 1])


@given(text=st.text(string.printable, max_size=300))
def test_any_text_can_be_checked(text: str) -> None:
    report = check(text, rules())
    assert len(report.numbers) <= rules().most_at_once
    assert all(one.is_right is (one.problem in (None, "asterisk")) for one in report.numbers)
