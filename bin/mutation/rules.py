"""Rules that are read once, and as few as come to every line of the engine."""

import importlib

# The programs whose worked examples, with those of grids and tests, come to every line of the engine that the examples
# of all programs come to; those whose verdicts they ask for; and those that other tests name. Rules that are a quarter
# of all compile in a quarter of the time.
PROGRAMS = frozenset(
    [
        "ab-accelerated-tech",
        "ab-rural-renewal",
        "bc-innovate-hei",
        "bc-rural-remote-health-support",
        "bc-si-health-authority",
        "bc-si-skilled-worker",
        "category-agriculture",
        "category-skilled_military_recruits",
        "cec",
        "fcip",
        "federal-cusma-ict",
        "federal-fta-professionals",
        "federal-gts-category-a",
        "federal-gts-category-b",
        "federal-h1b-open-work-permit-2023",
        "federal-high-wage-lmia",
        "federal-pnp-work-permit-t13",
        "federal-spousal-open-work-permit-c41",
        "fst",
        "fsw",
        "mb-skilled-worker-in-manitoba",
        "mb-skilled-worker-overseas",
        "nb-express-entry-employment",
        "ns-express-entry-experience",
        "nt-express-entry",
        "on-workforce-priority-teer-4-5",
        "pe-critical-worker",
        "sk-isw-employment-offer",
    ]
)


def read_rules_once() -> None:
    """Let the rulebook be built from documents that are already read, and not from every program."""
    seed = importlib.import_module("programs.packs.seed")
    packs = [
        pack
        for pack in seed.read_packs(seed.pack_paths(seed.RULEPACKS))
        if pack.document.kind != "program" or pack.document.id in PROGRAMS
    ]
    seed.read_packs = lambda _: packs
