#!/bin/sh
# Builds the site in docs/_build/html, with warnings as errors and no network but for the first installation of Sphinx
# and of Python for the browser, which needs npm.
# From anywhere:
#
#     sh docs/build.sh                     in an environment of its own, .venv/docs
#     PYTHON=some/python sh docs/build.sh  with a Python that has the group `docs` and arnorm already
#     OUT=folder sh docs/build.sh          somewhere else
set -eu
cd "$(dirname "$0")/.."
if [ -z "${PYTHON:-}" ]; then
    PYTHON=.venv/docs/bin/python
    [ -x "$PYTHON" ] || python3 -m venv .venv/docs
    "$PYTHON" -m pip install -q --disable-pip-version-check --upgrade 'pip>=25.1'
    "$PYTHON" -m pip install -q --disable-pip-version-check --group docs -e .
    # What the playground runs on; without it that page says so.
    sh docs/playground/fetch.sh || echo "the playground will not run"
fi
"$PYTHON" docs/figures.py
OUT=${OUT:-docs/_build/html}
"$PYTHON" -m sphinx -E -b html -W --keep-going -n -q "$@" docs "$OUT"
"$PYTHON" docs/playground/build.py "$OUT"
echo "the site is in $OUT/index.html"
