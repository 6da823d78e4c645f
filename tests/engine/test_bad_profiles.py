"""Bad input is named by field, says what would be right, and never crashes."""

import io
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eligibility.engine import assess
from eligibility.profile import Profile, ProfileError, read_profile
from eligibility.profile.stream import read_profiles
from programs.rulebook import Rulebook
from tests.profiles import asha

IELTS = asha()["language_tests"][0]
JOB = asha()["work"][0]


def evaluate(written: dict[str, Any], rulebook: Rulebook) -> dict[str, Any]:
    profile = read_profile(written)
    return assess(profile, rulebook.on(profile.as_of)).as_json()


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"language_tests": [{**IELTS, "reading": 7.3}]}, "language_tests[0].reading", "steps of 0.5"),
        ({"language_tests": [{**IELTS, "reading": 9.5}]}, "language_tests[0].reading", "0 to 9"),
        ({"language_tests": [{**IELTS, "test": "celpip_g", "listening": 13}]}, "language_tests[0].listening", "12"),
        ({"language_tests": [{**IELTS, "test": "toefl"}]}, "language_tests[0].test", "ielts_gt"),
        ({"language_tests": [{**IELTS, "language": "fr"}]}, "language_tests[0].language", "en"),
        ({"language_tests": [{**IELTS, "date": "2027-01-01"}]}, "language_tests[0].date", "after"),
        (
            {
                "language_tests": [
                    {**IELTS, "test": "tef_canada", "language": "fr", "scale": "old_equivalent", "listening": 500}
                ]
            },
            "language_tests[0].listening",
            "699",
        ),
        ({"work": [{**JOB, "end": "2019-01-01"}]}, "work[0].end", "before it starts"),
        ({"work": [{**JOB, "start": "2027-01-01"}]}, "work[0].start", "after"),
        ({"work": [{**JOB, "noc": "99999"}]}, "work[0].noc", "NOC 2021"),
        ({"work": [{**JOB, "noc": "1234"}]}, "work[0].noc", "five digits"),
        ({"settlement_funds_cad": -1}, "settlement_funds_cad", "greater than or equal to 0"),
        ({"birth_date": "2030-01-01"}, "birth_date", "after"),
        ({"salary": 1}, "salary", "not part of a profile"),
        ({"job_offer": {"nocs": "21231"}}, "job_offer.nocs", "not part of a profile"),
        ({"nomination": True}, "nomination", "object"),
        ({"as_of": None}, "as_of", "YYYY-MM-DD"),
        (
            {"as_of": "1900-01-01", "birth_date": None, "education": None, "language_tests": None, "work": None},
            "as_of",
            "no rules in force",
        ),
    ],
)
def test_a_bad_answer_is_named(changes: dict[str, Any], field: str, says: str, rulebook: Rulebook) -> None:
    with pytest.raises(ProfileError) as caught:
        evaluate(asha(**changes), rulebook)
    assert caught.value.field == field
    assert says in caught.value.message


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from(sorted(Profile.model_fields)), value=json_values)
def test_no_value_crashes_the_engine(key: str, value: Any, rulebook: Rulebook) -> None:
    try:
        told: Any = evaluate(asha(**{key: value}), rulebook)
    except ProfileError as error:
        told = error.field and error.message
    assert json.dumps(told)
    assert told


def outcomes(text: str) -> list[str]:
    return [
        f"error {outcome.field}" if isinstance(outcome, ProfileError) else f"profile {outcome.id}"
        for outcome in read_profiles(io.StringIO(text))
    ]


ONE = json.dumps(asha(id=1))
TWO = json.dumps(asha(id=2))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (ONE, ["profile 1"]),
        (json.dumps(asha(id=1), indent=2), ["profile 1"]),
        (f"{ONE}\n\n{TWO}\n", ["profile 1", "profile 2"]),
        (f"[{ONE},\n {TWO}]", ["profile 1", "profile 2"]),
        (json.dumps([asha(id=1), asha(id=2)], indent=2), ["profile 1", "profile 2"]),
        ("[]", []),
        (f"{ONE}\nnot json\n{TWO}", ["profile 1", "error profile", "profile 2"]),
        (f"not json\n{TWO}", ["error profile", "profile 2"]),
        (f"[{ONE}, 5, {TWO}]", ["profile 1", "error profile", "profile 2"]),
        (f"[{ONE}, {{", ["profile 1", "error profile"]),
    ],
)
def test_one_object_an_array_and_json_lines_are_told_apart(text: str, found: list[str]) -> None:
    assert outcomes(text) == found
