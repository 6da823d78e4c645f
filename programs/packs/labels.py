"""What staff call the keys of packs. A key that is not here is called as it is written, without underscores."""

from collections.abc import Mapping
from types import MappingProxyType

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "any_of": "what is asked",
        "applies_when": "applies when",
        "as_of": "text as of",
        "at": "row",
        "authority": "authority",
        "by_program": "by program",
        "cap": "most points",
        "cap_when": "the limit applies when",
        "certificate": "is a certificate",
        "checked_on": "last checked on",
        "concerns": "what it concerns",
        "conversions": "conversion",
        "done_by": "is done for someone with",
        "each_additional": "for each one more",
        "effective_from": "in force from",
        "effective_to": "in force to",
        "entries": "occupations",
        "expect": "what must come of it",
        "express_entry_linked": "linked to Express Entry",
        "express_entry_option": "may be used with Express Entry",
        "facts": "good to know",
        "from_": "from",
        "job_offer": "job offer",
        "leads_to": "leads to",
        "noc": "occupation",
        "not_checked": "what is not checked",
        "official_url": "official page",
        "only_for": "only for",
        "pass_mark": "pass mark",
        "reported_on": "reported on",
        "resolved_on": "resolved on",
        "short_name": "short name",
        "taken_from": "for tests taken from",
        "taken_to": "for tests taken to",
        "url": "address",
        "without_example": "why an example is missing",
    }
)
# Keys whose values are words of the program's own, written with underscores.
PLAIN = frozenset(
    {
        "category",
        "confidence",
        "done_by",
        "job_offer",
        "leads_to",
        "realistic",
        "role",
        "status",
        "topic",
    }
)
