"""Every check of documents, in one place. No Django here: packs and the database are checked alike."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from programs.checks.bands import band_problems
from programs.checks.examples import grid_lacks, program_lacks
from programs.checks.holds import holding_problems
from programs.checks.periods import period_problems
from programs.checks.problems import Problem, problem
from programs.checks.references import Names, unknown_names
from programs.checks.registry import run_registered
from programs.checks.twice import twice
from programs.checks.values import value_problems
from programs.packs.schema import Grid, LanguageTest, Pack, Program, Sources
from programs.rulebook import UnitGroup, vocabulary
from programs.rulebook.touched import Key


def check_one(documents: Sequence[Pack], document: Pack, groups: Iterable[UnitGroup]) -> list[Problem]:
    """Everything wrong with one of the documents, where all of them are in force: quicker than checking all."""
    return check_document(document, names_of(documents, groups)) + run_registered(
        documents, {(document.kind, document.id)}
    )


def check_documents(
    documents: Sequence[Pack], groups: Iterable[UnitGroup], examples_of: Collection[Key] | None = None
) -> list[Problem]:
    """Everything wrong with all documents together, failing worked examples included.

    Args:
        documents: all of them.
        groups: the unit groups of every classification.
        examples_of: the documents whose worked examples are run; None for all.

    """
    names = names_of(documents, groups)
    found = [each for document in documents for each in check_document(document, names)]
    found += _cited_twice(documents)
    return found + run_registered(documents, examples_of)


def check_document(document: Pack, names: Names) -> list[Problem]:
    """Everything wrong with one document, where `names` are the things it may point to."""
    words = vocabulary()
    found = [problem("error", document, *finding) for finding in unknown_names(document, names)]
    mistyped = [problem("error", document, *finding) for finding in value_problems(document, words)]
    found += mistyped
    # Values of the wrong kind cannot be compared with each other.
    if not mistyped:
        found += [
            problem(severity, document, place, said) for severity, place, said in holding_problems(document, words)
        ]
    found += [problem("error", document, *finding) for finding in twice(document)]
    found += [problem(severity, document, place, said) for severity, place, said in period_problems(document)]
    if isinstance(document, Grid):
        found += [problem("error", document, *finding) for finding in band_problems(document, words)]
    return found + _lacks_examples(document)


def names_of(documents: Iterable[Pack], groups: Iterable[UnitGroup]) -> Names:
    """Everything that the documents may point to."""
    known: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        known[document.kind].add(document.id)
    occupations: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        occupations[group.classification].add(group.code)
    return Names.of(known, occupations, vocabulary())


def _lacks_examples(document: Pack) -> list[Problem]:
    """Rules are trusted because worked examples hold: those that lack some ask for a second look."""
    if isinstance(document, LanguageTest) and not document.examples:
        return [problem("warning", document, ("examples",), "there is no worked example")]
    if isinstance(document, Program):
        return [problem("warning", document, ("examples",), said) for said in program_lacks(document)]
    if isinstance(document, Grid):
        return [problem("warning", document, ("examples",), said) for said in grid_lacks(document)]
    return []


def _cited_twice(documents: Iterable[Pack]) -> list[Problem]:
    seen: dict[str, str] = {}
    found: list[Problem] = []
    for document in documents:
        if isinstance(document, Sources):
            for index, source in enumerate(document.sources):
                if source.url in seen and seen[source.url] != document.id:
                    message = f"“{source.url}” is already in the sources “{seen[source.url]}”"
                    found.append(problem("error", document, ("sources", index), message))
                seen.setdefault(source.url, document.id)
    return found
