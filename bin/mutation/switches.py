"""Functions that can be switched to a mutant of theirs, and tell that they were called."""

from collections.abc import Callable
from functools import wraps
from typing import Any


class Switches:
    """What mutmut calls a trampoline, for every mutated function: here a name that is set, and no question per call."""

    def __init__(self, of_import: str = "") -> None:
        """Note who is called. `of_import` is the mutant that is on from the start."""
        self.called: set[str] = set()
        self._of_import = of_import
        self._set: dict[str, Callable[[Any], None]] = {}
        self._late: list[tuple[dict[str, Any], bool, Callable[[Any], None]]] = []

    def decorator(self, mutants: dict[str, Any], is_classmethod: bool = False) -> Callable[[Any], Any]:
        """Stand where mutmut's own decorator would."""

        def decorate(function: Any) -> Any:
            def noting(*args: Any, **kwargs: Any) -> Any:
                name = _function(mutants)
                self.called.add(name)
                if self._of_import.startswith(f"{name}__mutmut_"):
                    mutant = mutants[self._of_import.rpartition(".")[2]]
                    return _called(mutant, is_classmethod, args, kwargs)
                return function(*args, **kwargs)

            chosen: Any = noting

            @wraps(function)
            def switch(*args: Any, **kwargs: Any) -> Any:
                return chosen(*args, **kwargs)

            def choose(mutant: Any) -> None:
                nonlocal chosen
                chosen = mutant if mutant is not None else function

            self._late.append((mutants, is_classmethod, choose))
            return switch

        return decorate

    def quiet(self) -> None:
        """Call the functions as they are, without noting it."""
        for *_, choose in self._late:
            choose(None)

    def turn(self, key: str) -> None:
        """Switch one function to a mutant of it."""
        for mutants, is_classmethod, choose in self._late:
            if key.startswith(f"{_function(mutants)}__mutmut_"):
                mutant = mutants[key.rpartition(".")[2]]
                choose(lambda *args, **kwargs: _called(mutant, is_classmethod, args, kwargs))  # noqa: B023
                return
        raise LookupError(key)


def _function(mutants: dict[str, Any]) -> str:
    """The name that mutmut knows a function by."""
    original = mutants["_mutmut_orig"]
    return f"{original.__module__}.{original.__name__.removesuffix('__mutmut_orig')}"


def _called(mutant: Any, is_classmethod: bool, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return getattr(args[0], mutant.__name__)(*args[1:], **kwargs) if is_classmethod else mutant(*args, **kwargs)
