"""What was typed, read again in the reader's way of writing."""

import pytest
from django.utils import translation

from eligibility.wizard.fields import MoneyField


@pytest.mark.parametrize(
    ("language", "stored", "said"),
    [
        ("en", "95000", "95,000 dollars"),
        ("en", "48.5", "48.50 dollars"),
        ("fr", "2500000.5", "2\N{NO-BREAK SPACE}500\N{NO-BREAK SPACE}000,50 dollars"),
    ],
)
def test_an_amount_is_written_as_the_language_does(language: str, stored: str, said: str) -> None:
    with translation.override(language):
        assert MoneyField(wrong="", unit="dollars").in_words(stored) == said
