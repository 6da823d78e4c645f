"""Known problems of the locked packages, secrets in the repository, and the list of components (SBOM).

A finding makes it fail. What could not be asked, since the place that knows is out of reach, is said and does not fail:
a build without a way out is no worse than before. The list of components follows from the lock, so it is written to
var/audit/ and not kept in the repository, where it would be a second truth.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = "requirements.lock"
BASELINE = ".secrets.baseline"
SBOM = Path(os.environ.get("NORTHBOUND_VAR") or ROOT / "var") / "audit" / "sbom.json"
# The two places that know of problems, in the order in which they are asked.
SERVICES = ("pypi", "osv")
# Data and locks: long, full of hashes and figures, and reviewed in other ways.
NOT_SEARCHED = ("programs/rulepacks/", "docs/screenshots/", ".lock", ".csv", ".jsonl", BASELINE)


def run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 (nothing of the command comes from outside)
        [sys.executable, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def asked(service: str) -> list[dict[str, Any]] | None:
    """What a service says of every locked package; None if it does not answer."""
    options = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "--timeout", "15", "--format", "json")
    answer = run("pip_audit", "--requirement", LOCK, "--vulnerability-service", service, *options)
    try:
        told: list[dict[str, Any]] = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError):
        return None
    return told


def known_problems() -> bool:
    """Tell of known problems, and say whether there are any."""
    unknown: list[str] = []
    for service in SERVICES:
        told = asked(service)
        if told is None:
            print(f"known problems: {service} does not answer.")
            continue
        unknown = [each["name"] for each in told if "skip_reason" in each]
        if len(unknown) == len(told):
            print(f"known problems: {service} knows none of the packages here, so it was not asked anything.")
            continue
        found = [(each["name"], each["version"], problem) for each in told for problem in each.get("vulns", ())]
        for name, version, problem in found:
            mended = ", ".join(problem["fix_versions"]) or "nothing yet"
            print(f"known problems: {name} {version}: {problem['id']}, mended in {mended}")
        print(f"known problems: {len(told) - len(unknown)} packages checked, {len(found)} problems.")
        if unknown:
            print(f"known problems: NOT CHECKED: {', '.join(unknown)}")
        return bool(found)
    print(
        "known problems: NOT CHECKED. Nobody who knows could be asked from here; run it where the network reaches one."
    )
    return False


def components() -> bool:
    """Write the list of components, and say whether that failed."""
    SBOM.parent.mkdir(parents=True, exist_ok=True)
    options = ("--pyproject", "pyproject.toml", "--output-reproducible", "--output-file", str(SBOM))
    answer = run("cyclonedx_py", "requirements", LOCK, *options)
    if answer.returncode:
        print(f"components: the list could not be written: {answer.stderr.strip().splitlines()[-1]}")
        return True
    number = len(json.loads(SBOM.read_text())["components"])
    print(f"components: {number} in {SBOM} (CycloneDX).")
    return False


def secrets() -> bool:
    """Tell of secrets that the baseline does not know, and say whether there are any."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    files = [
        name
        for name in listed.stdout.splitlines()
        if not name.startswith(NOT_SEARCHED) and not name.endswith(NOT_SEARCHED)
    ]
    answer = run("detect_secrets.pre_commit_hook", "--baseline", BASELINE, *files)
    print(answer.stdout.strip() or f"secrets: none in {len(files)} files that {BASELINE} does not know.")
    return bool(answer.returncode)


def main() -> None:
    parts = {"known problems": known_problems(), "components": components(), "secrets": secrets()}
    failed = [name for name, has_failed in parts.items() if has_failed]
    if failed:
        sys.exit(f"northbound: audit failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
