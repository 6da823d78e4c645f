"""Inputs are drawn as Django's own templates draw them."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from config.form_renderer import InputsWithoutTemplates

WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=8)
VALUES = st.none() | WORDS | WORDS.map(mark_safe) | st.integers()
ATTRIBUTES = st.dictionaries(st.sampled_from(["class", "aria-invalid", "data-x", "required"]), st.booleans() | WORDS)
WIDGETS = (forms.TextInput, forms.NumberInput, forms.HiddenInput, forms.CheckboxInput)


@pytest.mark.parametrize("widget", WIDGETS)
@settings(max_examples=25)
@given(name=WORDS, value=VALUES, attributes=ATTRIBUTES)
def test_an_input_is_what_django_makes_of_it(
    widget: type[forms.Widget], name: str, value: object, attributes: dict[str, object]
) -> None:
    ours, djangos = (
        widget(attributes).render(name, value, renderer=renderer)
        for renderer in (InputsWithoutTemplates(), DjangoTemplates())
    )
    assert ours == djangos.strip()


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
@settings(max_examples=25)
@given(value=WORDS, attributes=ATTRIBUTES)
def test_so_are_radios_and_boxes(widget: type[forms.RadioSelect], value: str, attributes: dict[str, object]) -> None:
    def drawn(renderer: DjangoTemplates) -> list[str]:
        field = forms.ChoiceField(choices=[("a", "A & B"), (value, "C")], widget=widget(attributes))
        form = type("Form", (forms.Form,), {"choice": field})(initial={"choice": value}, renderer=renderer)
        return [part for each in form["choice"] for part in (each.tag().strip(), each.tag(wrap_label=True).strip())]

    assert drawn(InputsWithoutTemplates()) == drawn(DjangoTemplates())
