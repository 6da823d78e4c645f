"""Canada's feed of rounds, made up: two rounds, and the pool printed with both."""

import copy
import json
from typing import Any

# The bands from dd1 on: the third and ninth add up the five after them, the last is everyone.
_FIGURES = (
    *("728", "21,070", "64,000", "10,000", "12,000", "14,000", "13,000", "15,000", "60,000"),
    *("12,000", "12,000", "12,000", "12,000", "12,000", "40,000", "17,000", "7,000", "209,798"),
)
POOL = {f"dd{number}": figure for number, figure in enumerate(_FIGURES, start=1)}


def one(number: str = "448", **changes: Any) -> dict[str, Any]:
    """A round as the feed has it."""
    return {
        "drawNumber": number,
        "drawNumberURL": f"<a href='/content/canadasite/en/rounds/invitations.html?q={number}'>{number}</a>",
        "drawDate": "2026-11-18",
        "drawDateFull": "November 18, 2026",
        "drawName": "Provincial Nominee Program",
        "drawSize": "3,500",
        "drawCRS": "725",
        "mitext": "<p>Instruction</p>",
        "DrawText1": "",
        "drawText2": "",
        "drawDateTime": "Nov. 18th, 2026  15:00:01 UTC",
        "drawCutOff": "October 18, 2026 at  7:18:52 UTC",
        "drawDistributionAsOn": "November 15, 2026",
        **POOL,
        **changes,
    }


def feed(*rounds: dict[str, Any]) -> bytes:
    """The whole feed."""
    return json.dumps({"classes": "wb-tables", "rounds": copy.deepcopy(list(rounds))}).encode()
