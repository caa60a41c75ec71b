#!/usr/bin/env bash
# FediTest's WebFinger suite against one of our servers, in a network namespace where it is https://tequio.test.
#
# Its program comes from PyPI and its tests from GitHub; where either cannot be had, or where namespaces are
# forbidden, that is said and nothing is run.
set -euo pipefail
cd "$(dirname "$0")"
kept="${HOME:-/nowhere}/.cache/tequio-feditest"
tests="https://github.com/fediverse-devnet/feditest-tests-fediverse"
commit="cdbb4672437b2e09e7c1305a91a12d1081ca811b"

not_run() { echo "feditest: NOT RUN: $1"; exit 0; }

mkdir -p "$kept" || not_run "no place to keep it"
if [[ ! -x $kept/venv/bin/feditest ]]; then
    rm -rf "$kept/venv"
    python3 -m venv "$kept/venv" || not_run "python3 -m venv does not work here"
    "$kept/venv/bin/pip" install --quiet --disable-pip-version-check feditest==0.5 ||
        { rm -rf "$kept/venv"; not_run "feditest 0.5 could not be installed"; }
fi
if [[ ! -d $kept/tests/.git ]]; then
    GIT_TERMINAL_PROMPT=0 timeout 60 git clone --quiet "${FEDITEST_TESTS:-$tests}" "$kept/tests" ||
        not_run "its tests could not be fetched"
fi
git -C "$kept/tests" checkout --quiet "$commit" || not_run "its tests are of another time"
unshare --map-root-user --net --mount true || not_run "no namespaces here"

export KEPT="$kept"
exec unshare --map-root-user --net --mount bash -euo pipefail -c '
    ip link set lo up
    work=$(mktemp -d)
    trap "rm -rf $work" EXIT
    printf "127.0.0.1 localhost tequio.test imp.test\n" >"$work/hosts"
    mount --bind "$work/hosts" /etc/hosts
    openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=tequio.test \
        -addext subjectAltName=DNS:tequio.test,DNS:imp.test \
        -keyout "$work/key.pem" -out "$work/cert.pem" 2>"$work/openssl.log" ||
        { cat "$work/openssl.log"; exit 1; }
    WORK="$work" node run.mjs
'
