"""The slice in other engines. Each way is made from the tables and gives the total for one person.

zen-engine 2.1: `ZenEngine().create_decision(JDM)`, `decision.evaluate(context)["result"]`.
common-expression-language 0.10: `cel.compile(expression).execute(context)`.
OpenFisca-Core 46: a `TaxBenefitSystem` with one entity; inputs by `Simulation.set_input`, the total by `calculate`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from benchmarks.comparison.tables import Person, Tables
from programs.rulebook import ABILITIES

Total = Callable[[Person], int]
PERIOD = "2026-11"


def _bands(points: Mapping[Any, int]) -> list[tuple[Any, Any, int]]:
    """Runs of values with the same points: first, last, points."""
    runs = [(list(run), worth) for worth, run in groupby(points, key=points.__getitem__)]
    return [(run[0], run[-1], worth) for run, worth in runs]


def cel_way(tables: Tables) -> Total:
    """One compiled CEL expression: a ladder of conditions for each factor."""
    import cel

    def ladder(name: str, pair: Sequence[Mapping[Any, int]]) -> str:
        def steps(points: Mapping[Any, int]) -> str:
            if isinstance(next(iter(points)), str):
                told = "".join(f'{name} == "{value}" ? {worth} : ' for value, worth in points.items())
            else:
                told = "".join(f"{name} <= {last} ? {worth} : " for _, last, worth in _bands(points))
            return f"({told}0)"

        return f"(couple ? {steps(pair[True])} : {steps(pair[False])})"

    parts = [ladder("age", tables.age), ladder("education", tables.education)]
    execute = cel.compile(" + ".join(parts + [ladder(name, tables.ability) for name in ABILITIES])).execute
    return lambda person: int(execute(person))


def zen_way(tables: Tables) -> Total:
    """A JDM decision: a decision table for each factor and each ability, one after the other."""
    import zen

    inputs = [("age", tables.age), ("education", tables.education), *[(name, tables.ability) for name in ABILITIES]]
    nodes = [{"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}}]
    nodes += [_decision_table(name, pair) for name, pair in inputs]
    nodes.append({"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}})
    order = ["in", *[name for name, _ in inputs], "out"]
    edges = [
        {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"} for one, other in pairwise(order)
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    worth = [f"{name}_points" for name, _ in inputs]

    def total(person: Person) -> int:
        result = decision.evaluate(person)["result"]
        return sum([result[key] for key in worth])

    return total


def _decision_table(name: str, pair: Sequence[Mapping[Any, int]]) -> dict[str, Any]:
    rules = []
    for couple in (False, True):
        for first, last, worth in _bands(pair[couple]):
            values = list(pair[couple])
            wanted = values[values.index(first) : values.index(last) + 1]
            asked = ", ".join(f'"{value}"' for value in wanted) if isinstance(first, str) else f"[{first}..{last}]"
            rules.append({"_id": f"{couple}-{first}", "a": asked, "b": str(couple).lower(), "o": str(worth)})
    return {
        "id": name,
        "type": "decisionTableNode",
        "name": name,
        "position": {"x": 0, "y": 0},
        "content": {
            "hitPolicy": "first",
            "inputs": [
                {"id": "a", "name": name, "type": "expression", "field": name},
                {"id": "b", "name": "couple", "type": "expression", "field": "couple"},
            ],
            "outputs": [{"id": "o", "name": "points", "type": "expression", "field": f"{name}_points"}],
            "rules": rules,
            "passThrough": True,
            "inputField": None,
            "outputPath": None,
            "executionMode": "single",
        },
    }


class OpenFisca:
    """A tax-benefit system whose one formula adds up the points, for one person or for many at once."""

    def __init__(self, tables: Tables) -> None:
        """Declare the inputs and the formula."""
        import numpy
        from openfisca_core.entities import build_entity
        from openfisca_core.periods import MONTH
        from openfisca_core.simulations import SimulationBuilder
        from openfisca_core.taxbenefitsystems import TaxBenefitSystem
        from openfisca_core.variables import Variable

        entity = build_entity("person", "persons", "A person", is_person=True)
        self._ranks = {level: rank for rank, level in enumerate(tables.levels)}
        youngest = min(tables.age[0])
        ages, levels, clb = (
            numpy.array([list(points.values()) for points in pair])
            for pair in (tables.age, tables.education, tables.ability)
        )

        def declare(name: str, kind: type, **more: Any) -> type:
            return type(name, (Variable,), {"value_type": kind, "entity": entity, "definition_period": MONTH, **more})

        def formula(person: Any, period: Any) -> Any:
            couple = person("couple", period).astype(int)
            total = ages[couple, person("age", period) - youngest] + levels[couple, person("education", period)]
            for ability in ABILITIES:
                total = total + clb[couple, person(ability, period)]
            return total

        system = TaxBenefitSystem([entity])
        system.add_variables(
            declare("couple", bool),
            *[declare(name, int) for name in ("age", "education", *ABILITIES)],
            declare("points", int, formula=formula),
        )
        self._system, self._numpy, self._builder = system, numpy, SimulationBuilder

    def totals(self, people: Sequence[Person]) -> list[int]:
        """The totals of many people, worked out at once."""
        simulation = self._builder().build_default_simulation(self._system, count=len(people))
        array = self._numpy.array
        simulation.set_input("couple", PERIOD, array([one["couple"] for one in people]))
        simulation.set_input("education", PERIOD, array([self._ranks[one["education"]] for one in people]))
        for name in ("age", *ABILITIES):
            simulation.set_input(name, PERIOD, array([one[name] for one in people]))
        return [int(total) for total in simulation.calculate("points", PERIOD)]

    def total(self, person: Person) -> int:
        """The total of one person."""
        return self.totals([person])[0]
