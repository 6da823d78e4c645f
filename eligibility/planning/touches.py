"""What each kind of change may alter in a profile, and what it looks at: what the search rests on.

The search puts changes together that it made one at a time, and says of what several could do at once only what their
own places may hold. Both are right because of this, which every kind of change has to keep:

* a change alters no place but those of `touched`, and beside them the day;
* what it puts there follows from the day and from what stands in the places of `looks_at`, and from nothing else.

Changes that look at what others alter are made together: `groups` says which. A new kind of change needs its places
here; tests hold all levers of the packs to it.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from eligibility.profile.model import Profile
from programs.packs.schema import levers as schema

NONE: frozenset[str] = frozenset()
FAMILY_SIZE = frozenset({"family_size", "marital_status", "children"})
# What time fills with, and so what all else is done meanwhile.
TAKES_TIME = (schema.Wait, schema.FurtherCredential, schema.CanadianWork)


def touched(change: schema.Change) -> frozenset[str]:
    """The places in a profile that a change could alter, beside the day itself."""
    match change:
        case schema.Wait():
            return NONE
        case schema.LanguageResult():
            return frozenset({_place(change.person, "language_tests")})
        case schema.CredentialAssessment():
            return frozenset({_place(change.person, "education")})
        case schema.FurtherCredential():
            places = {_place(change.person, "education")}
            return frozenset(places if change.beside_work else places | _abroad_no_more(change.person))
        case schema.CanadianWork():
            return frozenset(_abroad_no_more(change.person))
        case schema.PartnersSwap():
            return frozenset({*Profile.model_fields} - {"id", "as_of", "marital_status", "family_size", "children"})
        case schema.NewJobOffer():
            return frozenset({"job_offer", "intends_to_live_in"})
        case _:
            return frozenset({_TOUCHES[type(change)]})


def looks_at(change: schema.Change) -> frozenset[str]:
    """The places from which it follows, beside the day itself, what a change puts into the places that it touches."""
    match change:
        case schema.NewJobOffer():
            return frozenset({"intends_to_live_in", "work"})
        case schema.TradeCertificateEarned():
            return frozenset({"work"})
        case schema.FundsShown():
            return touched(change) | FAMILY_SIZE
        case schema.PartnerStays():
            # Whether there is a partner at all.
            return frozenset({"partner"})
        case schema.NewNomination() | schema.ProfileMade() | schema.Wait():
            return NONE
        case _:
            return touched(change)


def groups(families: Mapping[str, Iterable[schema.Change]]) -> dict[str, int]:
    """The families sorted into groups, by number: no change of one group looks at what one of another alters."""
    touch = {family: frozenset().union(*map(touched, changes)) for family, changes in families.items()}
    look = {family: frozenset().union(*map(looks_at, changes)) for family, changes in families.items()}
    found: dict[str, int] = {}
    for number, family in enumerate(families):
        if family in found:
            continue
        found[family] = number
        waiting = [family]
        while waiting:
            one = waiting.pop()
            for other in families.keys() - found.keys():
                if touch[one] & (touch[other] | look[other]) or touch[other] & look[one]:
                    found[other] = number
                    waiting.append(other)
    return found


_TOUCHES: Mapping[type, str] = MappingProxyType(
    {
        schema.NewNomination: "nomination",
        schema.TradeCertificateEarned: "trade_certificate",
        schema.FundsShown: "settlement_funds_cad",
        schema.ProfileMade: "express_entry_profile",
        schema.PartnerStays: "partner.accompanying",
    }
)


def _place(person: str, key: str) -> str:
    return key if person == "applicant" else f"partner.{key}"


def _abroad_no_more(person: str) -> set[str]:
    return {_place(person, key) for key in ("work", "canada", "residence", "h1b.lives_in_us")}
