"""What the search rests on: each kind of change keeps to its places, and looks at no more than it says."""

import random
from itertools import product
from typing import Any, get_args

import pytest

from benchmarks.people import people
from eligibility.planning.changes import changed
from eligibility.planning.combined import Combined, goes_first, put
from eligibility.planning.offered import levers_of
from eligibility.planning.options import Option
from eligibility.planning.places import at
from eligibility.planning.touches import groups, looks_at, touched
from eligibility.profile import read_profile
from eligibility.profile.model import H1B, Partner, Profile
from programs.packs.schema import levers as schema
from programs.rulebook import Rulebook

KINDS = get_args(get_args(schema.Change)[0])
PLACES = frozenset(
    {
        *(name for name in Profile.model_fields if name not in ("id", "as_of", "partner", "h1b")),
        *(f"partner.{name}" for name in Partner.model_fields if name != "h1b"),
        *(f"{who}h1b.{name}" for who, name in product(("", "partner."), H1B.model_fields)),
    }
)


def options_of(rulebook: Rulebook) -> list[Option]:
    """Every lever of the packs, whoever it is for."""
    return [Option(lever.id, lever, province="ON") for lever in levers_of(rulebook)]


def pairs_of_people(count: int) -> list[tuple[Profile, Profile]]:
    """People whose degrees are yet to be assessed, each beside somebody who has nothing in common but the day."""
    found = [read_profile(one) for one in people(2 * count, seed=31)]
    day = found[0].as_of
    same_day = [
        one.model_copy(
            update={
                "as_of": day,
                "education": tuple(item.model_copy(update={"eca": False}) for item in one.education or ()),
            }
        )
        for one in found
    ]
    return list(zip(same_day[:count], same_day[count:], strict=True))


def test_the_packs_have_a_lever_of_every_kind_of_change(rulebook: Rulebook) -> None:
    assert {type(option.change) for option in options_of(rulebook)} == set(KINDS)


def test_a_change_alters_no_place_but_its_own(rulebook: Rulebook) -> None:
    altered = set()
    for person, _ in pairs_of_people(12):
        for option in options_of(rulebook):
            after = changed(person, (option,), rulebook)
            differ = {place for place in PLACES if at(after, place) != at(person, place)}
            own = touched(option.change)
            own |= {f"{place}.{name}" for place in own for name in H1B.model_fields if place.endswith("h1b")}
            own |= {place for place in PLACES if "partner" in own and place.startswith("partner.")}
            assert differ <= own, option.id
            altered |= {type(option.change)} if differ else set()
    assert altered == set(KINDS) - {schema.Wait}


def test_what_a_change_puts_follows_from_what_it_looks_at(rulebook: Rulebook) -> None:
    """Somebody else with the same in those places gets the same from it, and so does who says nothing more."""
    options = [one for one in options_of(rulebook) if not isinstance(one.change, schema.PartnersSwap)]
    for person, other in pairs_of_people(12):
        nobody = read_profile({"as_of": person.as_of.isoformat()})
        for option, somebody in product(options, (other, nobody)):
            alike = put(somebody, {place: at(person, place) for place in looks_at(option.change)})
            one, two = (changed(who, (option,), rulebook) for who in (person, alike))
            for place in touched(option.change):
                assert at(one, place) == at(two, place), (option.id, place)


def test_changes_made_one_at_a_time_are_put_together_as_if_made_together(rulebook: Rulebook) -> None:
    """Whatever is chosen beside, and whatever was looked at before."""
    rng = random.Random(5)
    options = options_of(rulebook)
    for person, _ in pairs_of_people(12):
        combined = Combined(person, options, rulebook)
        for _ in range(40):
            by_family = {option.lever.family: option for option in rng.sample(options, 6)}
            chosen = tuple(by_family.values())[:4]
            assert combined.profile(chosen) == changed(person, chosen, rulebook), [one.id for one in chosen]


@pytest.mark.parametrize("at_most", [True, False])
def test_what_is_said_of_several_options_leaves_room_for_each(rulebook: Rulebook, at_most: bool) -> None:
    """Whatever is taken of some families, it stands where something is not known, or is what is known."""
    rng = random.Random(6)
    options = options_of(rulebook)
    beside = [option for option in options if not goes_first(option)]
    families = sorted({option.lever.family for option in beside})
    for person, _ in pairs_of_people(6):
        combined = Combined(person, options, rulebook)
        for _ in range(15):
            asked = rng.sample(families, 3)
            taken = [rng.choice([one for one in beside if one.lever.family == family]) for family in asked]
            said = combined.whatever((), asked, at_most=at_most)
            for chosen in (taken, taken[:1]) if at_most else (taken,):
                after = combined.profile(chosen)
                for place, value in said.items():
                    assert has_room(value, at(after, place)), (place, [one.id for one in chosen])


def has_room(said: Any, value: Any) -> bool:
    """Whether a value may be what is said: the same, or more exact."""
    if said is None or said == value:
        return True
    if isinstance(said, tuple) and isinstance(value, tuple):
        return all(any(has_room(one, each) for one in said) for each in value)
    fields = getattr(type(said), "model_fields", ())
    return type(said) is type(value) and all(has_room(getattr(said, key), getattr(value, key)) for key in fields)


def test_families_of_which_one_looks_at_what_another_alters_are_one_group(rulebook: Rulebook) -> None:
    by_family: dict[str, list[schema.Change]] = {}
    for option in options_of(rulebook):
        if not goes_first(option):
            by_family.setdefault(option.lever.family, []).append(option.change)
    found = groups(by_family)
    assert found["english"] == found["french"]
    for one, other in product(by_family, repeat=2):
        if found[one] != found[other]:
            assert not any(touched(a) & (looks_at(b) | touched(b)) for a in by_family[one] for b in by_family[other])
