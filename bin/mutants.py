"""Try the mutants that mutmut makes: what mutmut itself does, in a fraction of the time (docs/mutation.md).

mutmut makes the mutants and shows them; here they are tried. What is the same for all of them (imports, the collecting
of tests, the reading of the rule documents) is done once. Each mutant is then a fork of that process, which switches
one function to its mutant, builds the rulebook anew and runs the tests that come to that function, quickest first,
until one fails. A function that is called while modules are imported is tried in a fork made before the import.

Usage: mutants.py [--jobs N] [--quick] [--every N] [--anew] [PATTERN...]     as in `eligibility.facts.dates*`
"""

import argparse
import fnmatch
import os
import resource
import time
from collections import Counter
from pathlib import Path

from mutation.processes import KILLED
from mutation.trial import try_all
from mutmut.__main__ import CatchOutput, create_mutants
from mutmut.mutation.data import SourceFileMutationData
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths, walk_mutatable_files

SHOWN = ("killed", "timeout", "survived", "no tests", "not checked")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="leave out the tests that need the rules of the packs")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try a sample: each Nth that is to be tried")
    parser.add_argument("--anew", action="store_true", help="try those again that have been tried")
    parser.add_argument("patterns", nargs="*")
    asked = parser.parse_args()
    os.environ.setdefault("HYPOTHESIS_PROFILE", "ci")
    Path("mutants").mkdir(exist_ok=True)
    with CatchOutput():
        copy_src_dir()
        copy_also_copy_files()
        setup_source_paths()
        create_mutants(asked.jobs)
    held = {str(path): SourceFileMutationData(path=path) for path in walk_mutatable_files()}
    of_key: dict[str, SourceFileMutationData] = {}
    for data in held.values():
        data.load()
        of_key.update(dict.fromkeys(data.exit_code_by_key, data))
    keys = [
        key
        for key, data in of_key.items()
        if (not asked.patterns or any(fnmatch.fnmatch(key, pattern) for pattern in asked.patterns))
        and (asked.anew or data.exit_code_by_key[key] != KILLED)
    ][:: asked.every]
    start, done, root = time.monotonic(), 0, Path.cwd()

    def told(key: str, outcome: int) -> None:
        nonlocal done
        done += 1
        of_key[key].exit_code_by_key[key] = outcome
        if done % 100 == 0:
            save()
            print(f"{done} of {len(keys)}", flush=True)

    def save() -> None:
        for path, data in held.items():
            if data.exit_code_by_key:
                data.meta_path = root / "mutants" / f"{path}.meta"
                data.save()

    os.chdir("mutants")
    try:
        try_all(keys, asked, told)
    finally:
        save()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    computed = used.ru_utime + used.ru_stime
    print(f"{done} mutants in {time.monotonic() - start:.0f} seconds, {computed:.0f} of them at work")
    report(held)


def report(held: dict[str, SourceFileMutationData]) -> None:
    """The table of docs/mutation.md."""
    print(f"| Module | {' | '.join(SHOWN)} | Share killed |\n|{'---|' * (len(SHOWN) + 2)}")
    for path, data in held.items():
        found = Counter(status_by_exit_code[code] for code in data.exit_code_by_key.values())
        decided = found["killed"] + found["survived"] + found["timeout"]
        share = f"{100 * (found['killed'] + found['timeout']) / decided:.0f} %" if decided else ""
        if found:
            print(f"| `{path}` | {' | '.join(str(found[status]) for status in SHOWN)} | {share} |")


if __name__ == "__main__":
    main()
