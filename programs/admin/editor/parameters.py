"""The parameters of an experience, a credential or a relative as fields that people fill in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programs.admin.editor import choices
from programs.admin.editor.choices import Choices, Offered
from programs.admin.editor.search import CountriesField, OccupationsField, country_words, occupation_lines
from programs.packs.schema.measures import Credential, Experience, Relative

Values = Mapping[str, list[str]]

_PERSONS: Choices = [("applicant", _("the applicant")), ("partner", _("the partner"))]
_TREATMENTS: Choices = [
    ("counted", _("counts")),
    ("excluded", _("does not count")),
    ("excluded_in_canada", _("does not count in Canada")),
]
_SAME: Choices = [("", _("—")), ("job_offer", _("the job offer")), ("trade_certificate", _("the trade certificate"))]
_GIVES: Choices = [
    ("level", _("the highest level")),
    ("study_years", _("years studied in Canada")),
    ("count", _("how many credentials")),
]
_STATUSES: Choices = [("citizen", _("citizen")), ("permanent_resident", _("permanent resident"))]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter: its name in a pack, its label, and what sort of field it has."""

    name: str
    label: Any
    sort: str


EXPERIENCE = (
    Parameter("person", _("whose work"), "person"),
    Parameter("provinces", _("done in these provinces"), "provinces"),
    Parameter("countries", _("done in these countries"), "countries"),
    Parameter("not_countries", _("not done in these countries"), "countries"),
    Parameter("not_provinces", _("not done in these provinces"), "provinces"),
    Parameter("teer", _("in these TEER categories"), "teer"),
    Parameter("nocs", _("in these occupations"), "nocs"),
    Parameter("occupation_list", _("in an occupation of the list"), "list"),
    Parameter("not_occupation_list", _("in no occupation of the list"), "list"),
    Parameter("same_as", _("in the same occupation as"), "same"),
    Parameter("window_years", _("in the last … years"), "number"),
    Parameter("window_months", _("in the last … months"), "number"),
    Parameter("not_last_years", _("leaving out the last … years"), "number"),
    Parameter("minimum_job_months", _("in jobs of at least … months"), "number"),
    Parameter("continuous", _("only the longest stretch without a break"), "yes"),
    Parameter("one_occupation", _("only the occupation with the most time"), "yes"),
    Parameter("full_time_only", _("only full-time work"), "yes"),
    Parameter("present_employer", _("only for the employer who makes the offer"), "yes"),
    Parameter("after_qualification", _("only after qualifying in the trade"), "yes"),
    Parameter("canadian_employer", _("in Canada, only for an employer in Canada"), "yes"),
    Parameter("self_employed", _("self-employed work"), "treatment"),
    Parameter("student", _("work while a student"), "treatment"),
    Parameter("unauthorized", _("work without authorization"), "treatment"),
)
CREDENTIAL = (
    Parameter("gives", _("what is looked at"), "gives"),
    Parameter("person", _("whose education"), "person"),
    Parameter("provinces", _("earned in these provinces"), "provinces"),
    Parameter("countries", _("earned in these countries"), "countries"),
    Parameter("levels", _("of these levels (none: all)"), "levels"),
    Parameter("completed_within_years", _("finished in the last … years"), "number"),
    Parameter("finished", _("only if finished"), "yes"),
    Parameter("assessed", _("foreign ones only with an assessment (ECA)"), "yes"),
)
RELATIVE = (
    Parameter("relations", _("who"), "relations"),
    Parameter("statuses", _("with the status of"), "statuses"),
    Parameter("provinces", _("who lives in (none: anywhere in Canada)"), "provinces"),
    Parameter("adult", _("only one who is 18 or over"), "yes"),
    Parameter("of", _("a relative of"), "persons"),
)
PARAMETERS: Mapping[str, tuple[tuple[Parameter, ...], Any]] = {
    "experience": (EXPERIENCE, Experience),
    "main_teer": (EXPERIENCE, Experience),
    "credential": (CREDENTIAL, Credential),
    "relative": (RELATIVE, Relative),
}
_SEVERAL = {
    "provinces": choices.provinces,
    "teer": choices.teer,
    "levels": choices.levels,
    "relations": choices.relations,
    "statuses": lambda: _STATUSES,
    "persons": lambda: _PERSONS,
}
_ONE = {"person": _PERSONS, "treatment": _TREATMENTS, "gives": _GIVES, "same": _SAME}


def several(label: Any, offered: Choices) -> forms.Field:
    """A field of boxes to tick."""
    return forms.MultipleChoiceField(
        label=label, choices=offered, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "rule-boxes"})
    )


def parameter_fields(kind: str, offered: Offered) -> dict[str, forms.Field]:
    """The fields of a kind's parameters, by name."""
    fields: dict[str, forms.Field] = {}
    for each in PARAMETERS[kind][0]:
        fields[each.name] = _field(each, offered)
        if each.sort == "same":
            fields[f"{each.name}_digits"] = forms.IntegerField(
                label=_("by the first … digits of the code"), required=False, min_value=1, max_value=5
            )
    return fields


def _field(each: Parameter, offered: Offered) -> forms.Field:
    if each.sort in _SEVERAL:
        return several(each.label, _SEVERAL[each.sort]())
    if each.sort in _ONE:
        return forms.ChoiceField(label=each.label, choices=_ONE[each.sort], required=False)
    if each.sort == "list":
        return forms.ChoiceField(label=each.label, choices=offered.lists, required=False)
    if each.sort == "number":
        return forms.IntegerField(label=each.label, required=False, min_value=1)
    if each.sort == "yes":
        return forms.BooleanField(label=each.label, required=False)
    made = OccupationsField if each.sort == "nocs" else CountriesField
    return made(label=each.label, required=False)


def parameter_values(kind: str, said: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the fields hold for parameters as a pack writes them; what it leaves out is as the schema has it."""
    parameters, schema = PARAMETERS[kind]
    found: dict[str, list[str]] = {}
    for each in parameters:
        value = said.get(each.name, schema.model_fields[each.name].get_default())
        if each.sort == "same":
            found[each.name] = [value["of"]] if value else []
            found[f"{each.name}_digits"] = [str(value.get("digits", 5))] if value else []
        elif each.sort == "yes":
            found[each.name] = ["on"] if value else []
        elif each.sort == "countries":
            found[each.name] = [country_words(value)] if value else []
        elif each.sort == "nocs":
            found[each.name] = [occupation_lines(value)] if value else []
        elif isinstance(value, list | tuple):
            found[each.name] = [str(item) for item in value]
        else:
            found[each.name] = [str(value)] if isinstance(value, str | int) else []
    return found


def parameter_document(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as a pack writes them, from the data of the fields; what is as usual is left out."""
    parameters, schema = PARAMETERS[kind]
    found: dict[str, Any] = {}
    for each in parameters:
        value: Any = data.get(each.name)
        if each.sort == "same":
            value = {"of": value, "digits": data.get(f"{each.name}_digits") or 5} if value else None
        elif each.sort == "teer":
            value = [int(category) for category in value or ()]
        default = schema.model_fields[each.name].get_default()
        usual = list(default) if isinstance(default, tuple) else default
        if value not in ("", None) and value != usual:
            found[each.name] = value
    return found
