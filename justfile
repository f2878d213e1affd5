# The everyday commands; `just` lists them (https://just.systems). They need the environment of tests/run.sh.

python := env("PYTHON", ".venv/test-3.11/bin/python")

# what is here
default:
    @just --list

# set up, then linters, types and tests: the README's command
test:
    sh tests/run.sh

# the tests that take minutes
long:
    LONG=1 sh tests/run.sh

# one file of tests, or what pytest takes
only *what:
    {{python}} -m pytest -q -n0 {{what}}

# linters and types
lint:
    {{python}} -m ruff check . && {{python}} -m ruff format --check . && {{python}} -m mypy

# after a change of a pass: what it does is written down, and its pages
pass:
    {{python}} -m tests.freeze && {{python}} docs/generate.py

# the site, in docs/_build/html
docs:
    sh docs/build.sh

# how fast it is
bench:
    {{python}} -m benchmarks

# changes of the code that the tests have to notice
mutants *files:
    {{python}} tests/mutants.py {{files}}
