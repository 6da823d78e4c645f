"""Conditions read back as sentences in plain English, so that staff see what they have built. No Django here.

Rules point to lists, tables, grids, programs and unit groups by their ids. Whoever knows what these are called says so
with `called_by`; nobody needs to, and then the ids themselves stand in the sentences.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from programs import places
from programs.packs.schema.conditions import Compare, HasRelative, InList, Judgement, MainTeer, ProgramVerdict
from programs.packs.schema.measures import Credential, Experience, Measure
from programs.rulebook import FactEntry, vocabulary

# What a thing of a kind (`program`, `grid`, `occupation_list`, `reference_table`, `code`) with an id is called.
Names = Callable[[str, str], str]
_names: ContextVar[Names | None] = ContextVar("names", default=None)
COMPARISONS = {
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


_STATUSES = {"citizen": "citizen", "permanent_resident": "permanent resident"}


@contextmanager
def called_by(names: Names) -> Iterator[None]:
    """Within it, sentences call things by their names.

    >>> with called_by(lambda kind, identifier: "STEM occupations"):
    ...     condition_sentence(InList(occupation_of="job_offer", in_list="ee-stem"))
    'The occupation of the job offer is on the list “STEM occupations”'
    """
    token = _names.set(names)
    try:
        yield
    finally:
        _names.reset(token)


def name_of(kind: str, identifier: str) -> str:
    """What a thing is called; its id where nobody says."""
    names = _names.get()
    return (names(kind, identifier) if names else "") or identifier


def condition_sentence(condition: Any) -> str:
    """What a condition asks, in one sentence without a full stop.

    >>> condition_sentence(Compare(fact="age", op=">=", value=18))
    'Age is at least 18 years'
    >>> condition_sentence(InList(occupation_of="job_offer", in_list="gts-category-b"))
    'The occupation of the job offer is on the list “gts-category-b”'
    """
    match condition:
        case InList():
            name = name_of("occupation_list", condition.in_list or condition.not_in_list or "")
            stands = "is on" if condition.in_list else "is not on"
            return f"The occupation of {_OCCUPATIONS[condition.occupation_of]} {stands} the list “{name}”"
        case MainTeer():
            return f"Most of the {_experience(condition.main_teer_of)} is in TEER {_or(condition.teer)}"
        case HasRelative():
            relative = condition.relative
            has = "Has" if condition.expected else "Does not have"
            where = f" in {_or(_provinces(relative.provinces))}" if relative.provinces else " in Canada"
            adult = " of 18 or over" if relative.adult else ""
            kin = [_relation(each) for each in relative.relations]
            statuses = [_STATUSES[each] for each in relative.statuses]
            return f"{has} a relative{adult}{where} ({_or(kin)}; {_or(statuses)})"
        case ProgramVerdict():
            verdicts = _or(tuple(_VERDICTS[verdict] for verdict in condition.verdict))
            return f"The program “{name_of('program', condition.program)}” comes out as {verdicts}"
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
        name = name_of("occupation_list", level.occupation_list)
        return f"{_words(level.column)} that the list “{name}” gives {_OCCUPATIONS[level.of]}"
    return f"score in the grid “{name_of('grid', measure.grid or '')}”"


def _comparison(condition: Compare) -> str:
    left = measure_phrase(condition)
    unit = f" {condition.unit}" if condition.unit else ""
    if condition.fact is not None and condition.value is not None:
        entry = vocabulary().facts.get(condition.fact)
        if isinstance(condition.value, bool):
            return f"{left}: {'yes' if condition.value is (condition.op == '==') else 'no'}"
        # A benchmark, a category and an amount say themselves what they are counted in.
        says_it = entry is None or entry.type in ("clb", "money") or (entry.unit or "").lower() in left.lower()
        unit = f" {entry.unit}" if entry is not None and entry.unit and not says_it else ""
    return f"{_capital(left)} {COMPARISONS[condition.op]} {_right_side(condition)}{unit}"


def _right_side(condition: Compare) -> str:
    if condition.other_fact is not None:
        return f"“{_fact(condition.other_fact)}”"
    if condition.table is not None:
        name = name_of("reference_table", condition.table)
        return f"the figure of the table “{name}” for “{_fact(condition.by or '')}”"
    if condition.list_figure is not None:
        whose = _OCCUPATIONS[condition.of or "job_offer"]
        name = name_of("occupation_list", condition.list_figure)
        return f"the {_words(condition.column or '')} that the list “{name}” gives {whose}"
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    return _or(value_word(condition, value) for value in values)


def value_word(measure: Measure, value: Any) -> str:
    """A value as people say it, for what is measured.

    >>> value_word(Measure(fact="citizenships"), "IN")
    'India'
    >>> value_word(Measure(fact="first_language_lowest"), 7)
    'CLB 7'
    """
    entry = vocabulary().facts.get(measure.fact) if measure.fact is not None else None
    if measure.credential is not None or (entry is not None and entry.type == "level"):
        return _level(str(value))
    if entry is None or isinstance(value, bool):
        return str(value)
    return _value_of(entry, value)


def _value_of(entry: FactEntry, value: Any) -> str:
    kind = entry.of if entry.type == "set" else entry.type
    if kind in ("clb", "money") or entry.unit == "TEER":
        amount = f"{value:,}" if isinstance(value, int | float) else value
        return f"${amount}" if kind == "money" else f"{entry.unit} {value}"
    match kind:
        case "country":
            return places.country_name(str(value))
        case "province":
            return places.province_name(str(value))
        case "occupation":
            return name_of("code", str(value))
    label = entry.choice_labels.get(str(value))
    return label.en if label else _words(str(value)) if entry.choices else str(value)


def _words(key: str) -> str:
    return key.replace("_", " ")


def _provinces(codes: Any) -> list[str]:
    """Provinces and territories by their names."""
    return [places.province_name(code) for code in codes]


def _countries(codes: Any) -> list[str]:
    return [places.country_name(code) for code in codes]


def _level(key: str) -> str:
    return next((level.short.en for level in vocabulary().levels if level.key == key), key)


def _relation(key: str) -> str:
    label = vocabulary().relations.get(key)
    return label.en if label else _words(key)


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
    where = _provinces(experience.provinces) or _countries(experience.countries)
    outside = [*_countries(experience.not_countries), *_provinces(experience.not_provinces)]
    lists = [name_of("occupation_list", each) if each else "" for each in _lists(experience)]
    details = [
        f"in {_or(where)}" if where else "",
        f"outside {_or(outside)}" if outside else "",
        f"in TEER {_or(experience.teer)}" if experience.teer else "",
        f"in an occupation of “{lists[0]}”" if lists[0] else "",
        f"in no occupation of “{lists[1]}”" if lists[1] else "",
        f"in NOC {_or(name_of('code', code) for code in experience.nocs)}" if experience.nocs else "",
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


def _lists(experience: Experience) -> tuple[str | None, str | None]:
    return experience.occupation_list, experience.not_occupation_list


def _left_out(experience: Experience) -> str:
    kinds = {"self-employed": experience.self_employed, "student": experience.student}
    left_out = [name for name, treatment in kinds.items() if treatment == "excluded"]
    in_canada = [f"{name} (in Canada)" for name, treatment in kinds.items() if treatment == "excluded_in_canada"]
    names = (*left_out, *in_canada)
    return f"without {_or(names)} work" if names else ""


def _credential(credential: Credential) -> str:
    gives = {"level": "highest level of education", "study_years": "years of study", "count": "number of credentials"}
    where = _provinces(credential.provinces) or _countries(credential.countries)
    details = [
        f"from {_or(where)}" if where else "",
        f"({_or(_level(level) for level in credential.levels)})" if credential.levels else "",
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
