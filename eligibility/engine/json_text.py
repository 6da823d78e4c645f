"""An assessment as JSON in UTF-8: what `json.dumps` makes of `as_json`, from pieces that are kept.

Findings are shared by everyone of whom they are true, and what is told of a program by everyone. Their text is made
once, as long as there is room, and kept encoded: an assessment is long, and encoding it took a third of the time.
"""

import json
from typing import Any

from eligibility.engine.assessment import Assessment, Finding, NoticeShown, ProgramResult

MOST_KEPT = 20_000
# By identity: what the text was made from, held so that nothing else can take its place, and the text.
_Kept = dict[tuple[int, object], tuple[object, bytes]]
_programs: _Kept = {}
_notices: _Kept = {}
_encode = json.JSONEncoder(ensure_ascii=False).encode


def json_text(assessment: Assessment, *, scores_only: bool = False) -> bytes:
    """The assessment in the form of the contract, written on one line."""
    head = _dumps(assessment.as_json(scores_only=True))
    if scores_only:
        return head
    notices = _of_notices(assessment.notices)
    invited = assessment.invitations
    pieces = [head[:-1]]
    if invited is not None:
        pieces += (b', "invitations": ', _dumps(invited.as_json()))
    pieces += (b', "notices": ', notices, b', "programs": [')
    # Plain keys and whole numbers: JSON writes them as they are.
    totals = {grid: f'"{grid}": {score.total}'.encode() for grid, score in assessment.scores.items()}
    separator = b""
    for result in assessment.programs:
        # All pieces are put together at once at the end: the text is long, and copying it takes most of the time.
        pieces += (
            separator,
            _head(result),
            b', "scores": {',
            b", ".join([totals[grid] for grid in result.told.grids if grid in totals]),
            b'}, "requirements": [',
            b", ".join([f.written[0] if f.written else _written(f) for f in result.requirements]),
            b"]}",
        )
        separator = b", "
    pieces.append(b"]}")
    return b"".join(pieces)


def _head(result: ProgramResult) -> bytes:
    """What is told of a program before scores and requirements, without the closing brace."""
    told = result.told
    key = (id(told), result.verdict)
    found = _programs.get(key)
    if found is None:
        found = _keep(_programs, key, told, _dumps(result.head_as_json())[:-1])
    return found[1]


def _of_notices(notices: tuple[NoticeShown, ...]) -> bytes:
    """The text of the notices, which are the same for everyone of one day."""
    key = (id(notices), None)
    found = _notices.get(key)
    if found is None:
        found = _keep(_notices, key, notices, _dumps([notice.as_json() for notice in notices]))
    return found[1]


def _written(finding: Finding) -> bytes:
    """The text of a finding, made once and held by it."""
    if not finding.written:
        finding.written.append(_dumps(finding.as_json()))
    return finding.written[0]


def _keep(kept: _Kept, key: tuple[int, object], source: object, text: bytes) -> tuple[object, bytes]:
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[key] = (source, text)
    return source, text


def _dumps(value: Any) -> bytes:
    return _encode(value).encode()
