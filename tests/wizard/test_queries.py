"""Every page asks the database a few things at most, however many programs there are."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, reverse

from eligibility import urls
from eligibility.answers import store
from programs import store as rules_store
from programs.packs.schema import Grid, OccupationList, Program
from programs.rulebook import Rulebook, build
from tests.wizard.visitor import Visitor, answer_as_asha

# Beside them, a process looks at most every two seconds whether the rules have moved; here the rules are held fixed.
MOST = 4
_AROUND = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
# Probes ask what they are there to ask, and sending a form is another matter.
_APART = {"healthz", "readyz", "start"}
_SAMPLES = {"slug": "work", "item": 1, "way": "code", "code": "21231", "program": "fsw", "scenario": 1}
_PUBLIC = {"program": Program, "points": Grid, "occupation_list": OccupationList}


def routes(patterns: list[Any], before: tuple[str, ...] = ()) -> Iterator[tuple[str, set[str]]]:
    """Each route's name, and what its address is made of."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, (*before, *_names(pattern)))
        elif isinstance(pattern, URLPattern) and pattern.name:
            given = set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
            yield ":".join([*before, pattern.name]), given - set(pattern.default_args)


def _names(resolver: URLResolver) -> tuple[str, ...]:
    return (resolver.namespace,) if resolver.namespace else ()


ROUTES = sorted({(name, *sorted(given)) for name, given in routes(urls.urlpatterns) if name not in _APART})


def address(secret: str, rulebook: Rulebook, name: str, given: tuple[str, ...]) -> str:
    samples = _SAMPLES | {"secret": secret, "whose": secret}
    if "identifier" in given:
        samples["identifier"] = next(iter(rulebook.of_kind(_PUBLIC[name.rpartition(":")[2]]))).id
    if name == "page_find":
        samples["slug"] = "job-offer"  # a page of its own that asks for an occupation
    return reverse(f"eligibility:{name}", kwargs={each: samples[each] for each in given})


def queries(client: Client, url: str) -> int:
    """How many things one visit asks the database."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code in (200, 302, 405), (url, response.status_code)
    return len([each for each in captured if not each["sql"].startswith(_AROUND)])


def queries_of_all(visitor: Visitor, rulebook: Rulebook) -> dict[str, int]:
    """The same for every address that is not a probe: public ones, and those behind the link of who has answered.

    They have a scenario beside their answers.
    """
    visitor.send("what-if", name="In another province")
    # What the guide says of occupations is looked up once for each state of the rules.
    visitor.client.get(visitor.url("work/1"))
    addresses = [address(visitor.secret, rulebook, name, tuple(given)) for name, *given in ROUTES]
    return {each: queries(visitor.client, each) for each in addresses}


@pytest.fixture
def asked(asha: Visitor) -> Visitor:
    answer_as_asha(asha)
    store.purging.take_turn()
    return asha


@pytest.fixture(scope="session")
def twice(seeded: Rulebook) -> Rulebook:
    """The same rules, with each program twice."""
    copies = [
        document.model_copy(update={"id": f"{document.id}-again"})
        for document in seeded.documents
        if isinstance(document, Program)
    ]
    groups = seeded.occupations.values()
    return build((*seeded.documents, *copies), groups, "twice", seeded.rounds, pool=seeded.pool, draws=seeded.draws)


def test_every_page_asks_little_and_no_more_when_there_are_twice_as_many_programs(
    asked: Visitor, seeded: Rulebook, twice: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = queries_of_all(asked, seeded)
    assert len(counted) > 30
    assert not {url: number for url, number in counted.items() if number > MOST}
    monkeypatch.setattr(rules_store, "current", lambda: twice)
    other = Visitor(Client())
    answer_as_asha(other)
    again = queries_of_all(other, seeded)
    assert {url.replace(other.secret, asked.secret): number for url, number in again.items()} == counted
    # Whoever saw the results before is told what is new.
    news = {place: queries(asked.client, asked.url(place)) for place in ("results", "since")}
    assert not {place: number for place, number in news.items() if number > MOST}


def test_sending_a_page_asks_little(asked: Visitor) -> None:
    for place in ("h1b", "you", "family", "work/1", "canada", "money"):
        with CaptureQueriesContext(connection) as captured:
            assert asked.client.post(asked.url(place), {"shown": ""}).status_code == 302
        sent = [each["sql"] for each in captured if not each["sql"].startswith(_AROUND)]
        assert len(sent) <= MOST
