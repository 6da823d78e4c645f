# shellcheck shell=bash
# Shared by the scripts beside it, which source it first. Leaves the shell in the root of the checkout.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT" || exit
VAR=${NORTHBOUND_VAR:-$ROOT/var}
# Tools are called as `"$PY" -m tool`: the scripts in .venv/bin hold absolute paths and break when the checkout moves.
PY=$ROOT/.venv/bin/python

say() { printf '%s\n' "$*" >&2; }
die() {
    say "northbound: $*"
    exit 1
}

# debian_install PACKAGE...: install what is missing when allowed to, or else name it in one line.
debian_install() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        die "this machine lacks $*. Install it and try again, on Debian with: sudo apt-get install $*"
    fi
    say "Installing $* from Debian..."
    local log
    log=$(mktemp)
    # Another apt may be at work on a machine that has just started: wait for it.
    if ! { apt-get -o DPkg::Lock::Timeout=120 update && DEBIAN_FRONTEND=noninteractive apt-get \
        -o DPkg::Lock::Timeout=120 install -y --no-install-recommends "$@"; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        die "apt-get could not install $* (its last words are above)."
    fi
    rm -f "$log"
}

# Print a Python that is new enough and can make virtual environments. A pyenv shim may answer to a name and run nothing,
# and Debian's python3 comes without its venv package, so each candidate is asked.
find_python() {
    local candidate
    for candidate in "${PYTHON:-}" python3.11 python3 /usr/bin/python3; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# ensure_venv LOCK: make .venv hold what LOCK says. requirements-dev.lock contains requirements.lock, so one serves both.
ensure_venv() {
    local lock=$1 python want
    want=$(sha256sum <"$lock")
    if [ "$(cat ".venv/.installed-$lock" 2>/dev/null)" = "$want" ] && "$PY" -c '' 2>/dev/null; then
        return
    fi
    if ! "$PY" -m pip --version >/dev/null 2>&1; then
        # Missing, made only in part, or its base Python has gone: begin anew.
        if ! python=$(find_python); then
            debian_install python3 python3-venv
            python=$(find_python) || die "needs Python 3.11 or newer with venv; set PYTHON to one."
        fi
        rm -rf .venv
        "$python" -m venv .venv
    fi
    say "Installing the packages of $lock..."
    # A lock file names everything that is needed, so there is nothing to resolve.
    "$PY" -m pip --disable-pip-version-check -qq install --require-hashes --no-deps --requirement "$lock"
    printf '%s\n' "$want" >".venv/.installed-$lock"
    if [ "$lock" = requirements-dev.lock ]; then
        sha256sum <requirements.lock >.venv/.installed-requirements.lock
    fi
}

# alone COMMAND...: run it while nobody else prepares this checkout. The lock is let go with the subshell, so a server
# started afterwards does not hold it.
alone() {
    mkdir -p "$VAR"
    (
        flock 9
        "$@"
    ) 9>"$VAR/lock"
}

# prepare LOCK: packages, secrets, database, rules, static files, first staff account.
prepare() {
    alone prepare_alone "$1"
}
prepare_alone() {
    ensure_venv "$1"
    "$PY" bin/prepare.py
}

# Print a number of the machine's processors, for sizing.
cores() { nproc 2>/dev/null || echo 1; }

# check_port PORT: refuse one that is no port or is taken. Two servers could share a port in silence, and each would get half
# of the visits.
check_port() {
    "$PY" - "$1" <<'PYTHON'
import socket, sys

port = sys.argv[1]
if not (port.isascii() and port.isdecimal() and 1 <= int(port) <= 65535):
    sys.exit(f'northbound: PORT is "{port}". Set it to a number from 1 to 65535, for example 8000.')
with socket.socket() as probe:
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind(("127.0.0.1", int(port)))
    except OSError as error:
        sys.exit(f"northbound: port {port} cannot be used ({error.strerror}). Try another: make run PORT=8001")
PYTHON
}
