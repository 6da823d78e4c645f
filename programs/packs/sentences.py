"""Conditions read back as sentences in plain English, so that staff see what they have built. No Django here."""

from typing import Any

from programs.packs.schema.conditions import Compare, HasRelative, InList, Judgement, MainTeer, ProgramVerdict
from programs.packs.schema.measures import Credential, Experience, Measure
from programs.rulebook import vocabulary

_COMPARISONS = {
    "==": "is",
    "!=": "is not",
    ">=": "is at least",
    "<=": "is at most",
    ">": "is more than",
    "<": "is less than",
    "in": "is one of",
    "not_in": "is none of",
    "contains": "contains",
    "contains_none": "contains none of",
}
_OCCUPATIONS = {
    "job_offer": "the job offer",
    "main_occupation": "the main occupation",
    "trade_certificate": "the trade certificate",
    "partner_job_offer": "the partner's job offer",
}
_VERDICTS = {"eligible": "eligible", "likely": "likely", "unknown": "undecided", "not_eligible": "not eligible"}


def condition_sentence(condition: Any) -> str:
    """What a condition asks, in one sentence without a full stop.

    >>> condition_sentence(Compare(fact="age", op=">=", value=18))
    'Age is at least 18 years'
    >>> condition_sentence(InList(occupation_of="job_offer", in_list="gts-category-b"))
    'The occupation of the job offer is on the list “gts-category-b”'
    """
    match condition:
        case InList():
            name = condition.in_list or condition.not_in_list
            stands = "is on" if condition.in_list else "is not on"
            return f"The occupation of {_OCCUPATIONS[condition.occupation_of]} {stands} the list “{name}”"
        case MainTeer():
            return f"Most of the {_experience(condition.main_teer_of)} is in TEER {_or(condition.teer)}"
        case HasRelative():
            relative = condition.relative
            has = "Has" if condition.expected else "Does not have"
            where = f" in {_or(relative.provinces)}" if relative.provinces else " in Canada"
            adult = " of 18 or over" if relative.adult else ""
            return f"{has} a relative{adult}{where} ({_or(relative.relations)}; {_or(relative.statuses)})"
        case ProgramVerdict():
            verdicts = _or(tuple(_VERDICTS[verdict] for verdict in condition.verdict))
            return f"The program “{condition.program}” comes out as {verdicts}"
        case Judgement():
            return f"A person must judge: {condition.judgement.en}"
        case Compare():
            return _comparison(condition)
        case _:
            raise TypeError(f"{condition!r} is not a condition")


def route_sentence(route: Any) -> str:
    """What a route asks: all of its conditions."""
    return "; and ".join(condition_sentence(condition) for condition in route)


def routes_sentence(routes: Any) -> str:
    """What routes ask: one of them."""
    return " — or — ".join(route_sentence(route) for route in routes)


def measure_phrase(measure: Measure) -> str:
    """What is looked at, as a phrase."""
    if measure.fact is not None:
        return _fact(measure.fact)
    if measure.experience is not None:
        return f"{measure.unit} of {_experience(measure.experience)}"
    if measure.credential is not None:
        return _credential(measure.credential)
    if measure.list_level is not None:
        level = measure.list_level
        return f"{level.column} that the list “{level.occupation_list}” gives {_OCCUPATIONS[level.of]}"
    return f"score in the grid “{measure.grid}”"


def _comparison(condition: Compare) -> str:
    left = measure_phrase(condition)
    unit = f" {condition.unit}" if condition.unit else ""
    if condition.fact is not None and condition.value is not None:
        entry = vocabulary().facts.get(condition.fact)
        unit = f" {entry.unit}" if entry is not None and entry.unit else ""
        if isinstance(condition.value, bool):
            return f"{left}: {'yes' if condition.value is (condition.op == '==') else 'no'}"
    return f"{_capital(left)} {_COMPARISONS[condition.op]} {_right_side(condition)}{unit}"


def _right_side(condition: Compare) -> str:
    if condition.other_fact is not None:
        return f"“{_fact(condition.other_fact)}”"
    if condition.table is not None:
        return f"the figure of the table “{condition.table}” for “{_fact(condition.by or '')}”"
    if condition.list_figure is not None:
        whose = _OCCUPATIONS[condition.of or "job_offer"]
        return f"the {condition.column} that the list “{condition.list_figure}” gives {whose}"
    return _or(condition.value) if isinstance(condition.value, tuple) else str(condition.value)


def _fact(key: str) -> str:
    words = vocabulary()
    entry = words.facts.get(key) or words.language_sets.get(key)
    return entry.label.en if entry else key


def _experience(experience: Experience) -> str:
    kind = [
        "continuous" if experience.continuous else "",
        "full-time" if experience.full_time_only else "",
        "work experience",
    ]
    places = experience.provinces or experience.countries
    details = [
        f"in {_or(places)}" if places else "",
        f"outside {_or((*experience.not_countries, *experience.not_provinces))}"
        if experience.not_countries or experience.not_provinces
        else "",
        f"in TEER {_or(experience.teer)}" if experience.teer else "",
        f"in an occupation of {experience.occupation_list}" if experience.occupation_list else "",
        f"in no occupation of {experience.not_occupation_list}" if experience.not_occupation_list else "",
        f"in NOC {_or(experience.nocs)}" if experience.nocs else "",
        "in one occupation" if experience.one_occupation else "",
        f"in the occupation of {_OCCUPATIONS[experience.same_as.of]}" if experience.same_as else "",
        "for the employer who makes the offer" if experience.present_employer else "",
        f"in the last {experience.window_years} years" if experience.window_years else "",
        f"in the last {experience.window_months} months" if experience.window_months else "",
        "after qualifying in the trade" if experience.after_qualification else "",
        f"in jobs of {experience.minimum_job_months} months or more" if experience.minimum_job_months else "",
        _left_out(experience),
    ]
    whose = "the partner's " if experience.person == "partner" else ""
    return whose + " ".join(part for part in (*kind, *details) if part)


def _left_out(experience: Experience) -> str:
    kinds = {"self-employed": experience.self_employed, "student": experience.student}
    left_out = [name for name, treatment in kinds.items() if treatment == "excluded"]
    in_canada = [f"{name} (in Canada)" for name, treatment in kinds.items() if treatment == "excluded_in_canada"]
    names = (*left_out, *in_canada)
    return f"without {_or(names)} work" if names else ""


def _credential(credential: Credential) -> str:
    gives = {"level": "highest level of education", "study_years": "years of study", "count": "number of credentials"}
    details = [
        f"from {_or(credential.provinces or credential.countries)}"
        if credential.provinces or credential.countries
        else "",
        f"({_or(credential.levels)})" if credential.levels else "",
        f"of the last {credential.completed_within_years} years" if credential.completed_within_years else "",
        "" if credential.finished else "(finished or not)",
    ]
    whose = "the partner's " if credential.person == "partner" else ""
    return whose + " ".join(part for part in (gives[credential.gives], *details) if part)


def _or(values: Any) -> str:
    names = [str(value) for value in values]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}" if names else "nothing"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
