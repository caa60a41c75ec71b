#!/usr/bin/env bash
# Schemathesis asks one of our servers all that its description of the API lets one ask, on each engine.
#
# It comes from PyPI; where it cannot be had, that is said and nothing is run.
set -euo pipefail
cd "$(dirname "$0")"
kept="${HOME:-/nowhere}/.cache/tequio-schemathesis"
version=4.32.5

not_run() { echo "schemathesis: NOT RUN: $1"; exit 0; }

mkdir -p "$kept" || not_run "no place to keep it"
if [[ $("$kept/venv/bin/schemathesis" --version 2>/dev/null) != *"$version" ]]; then
    rm -rf "$kept/venv"
    python3 -m venv "$kept/venv" || not_run "python3 -m venv does not work here"
    "$kept/venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version" ||
        { rm -rf "$kept/venv"; not_run "schemathesis $version could not be installed"; }
fi
SCHEMATHESIS="$kept/venv/bin/schemathesis" exec node run.mjs
