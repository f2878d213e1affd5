#!/bin/sh
# Sets up a virtual environment of its own and runs everything that has to pass: linters, types, and tests, side by side
# on all cores. From the repository's root:
#
#     sh tests/run.sh                      the quick suite
#     LONG=1 sh tests/run.sh               only the long tests: very long inputs, all of a plane in every engine
#     EXAMPLES=new sh tests/run.sh         other examples each time, and three times as many
#     EXAMPLES=long sh tests/run.sh        a hundred times as many; takes hours
#     COVERAGE=1 sh tests/run.sh           with coverage, of branches too, which takes twice as long; on 3.12 and 3.13
#                                          of statements alone, at little cost
#     PYTHON=python3.13 sh tests/run.sh    another Python; TESTS_ONLY=1 leaves out linters and types
#     INTEGRATIONS=all sh tests/run.sh     also with the heavy packages (Spark needs Java, PyICU libicu-dev and g++)
#                                          and the playground in a browser (npm and Chromium); what would
#                                          be skipped for want of one of them fails
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
venv=.venv/$("$python" -c 'import sys; print("test-%d.%d" % sys.version_info[:2])')
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
pip() { "$venv/bin/python" -m pip --disable-pip-version-check "$@"; }
pip install -q --upgrade 'pip>=25.1'
pip install -q --group dev -e '.[emoji,train]'
if [ "${INTEGRATIONS:-}" = all ]; then
    pip install -q --group heavy
    sh docs/playground/fetch.sh
fi
# Peers that the tests compare with, where they install here; camel-tools without what only its models need.
pip install -q --no-deps camel-tools six || echo "no camel-tools: its differential tests are skipped"
pip install -q arabic-norm arabic-normalize || echo "no Rust packages here: their differential tests are skipped"

if [ -z "${TESTS_ONLY:-}" ]; then
    "$venv/bin/ruff" check arnorm tests benchmarks docs
    "$venv/bin/ruff" format --check arnorm tests benchmarks docs
    "$venv/bin/mypy"
fi
export HYPOTHESIS_PROFILE="${EXAMPLES:-default}"
if [ -n "${COVERAGE:-}" ]; then
    case $venv in
        *-3.1[23]) export COVERAGE_CORE=sysmon; COVERAGE=--cov=arnorm ;;  # the interpreter tells of lines, not of branches
        *) COVERAGE="--cov=arnorm --cov-branch" ;;
    esac
fi
# shellcheck disable=SC2086  (options are words)
"$venv/bin/python" -m pytest -q -n auto --dist worksteal ${LONG:+-m long} ${COVERAGE:-}
