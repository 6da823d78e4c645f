"""The check that rules are trusted by: their worked examples come out as said.

The app of rules may not know this one, so it is registered there when Django starts.
"""

import json
from collections.abc import Collection, Iterator, Sequence

from eligibility.examples import run_examples
from programs import store
from programs.checks.problems import Problem, problem
from programs.packs.schema import Pack
from programs.rulebook import build
from programs.rulebook.touched import Key


def examples_hold(documents: Sequence[Pack], only: Collection[Key] | None = None) -> Iterator[Problem]:
    """A problem for each worked example that does not come out as said, of all documents or of some."""
    rulebook = build(documents, store.occupations(), "under check")
    by_id: dict[tuple[str, str], Pack] = {(document.kind, document.id): document for document in documents}
    for mismatch in run_examples(rulebook, only):
        document = by_id[mismatch.kind, mismatch.document]
        place = ("examples", mismatch.index)
        message = f"“{mismatch.example}”: {mismatch.what} should be {mismatch.expected!r} and is {mismatch.found!r}"
        if not mismatch.is_a_figure:
            yield problem("error", document, place, message)
            continue
        found = json.dumps(mismatch.found, ensure_ascii=False, default=str)
        yield problem("error", document, place, message, expectation=mismatch.what, found=found)
