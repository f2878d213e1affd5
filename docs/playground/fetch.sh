#!/bin/sh
# Fetches what the playground runs on into .venv/playground, at the versions of package-lock.json. Needs npm; does
# nothing where all is there already.
set -eu
cd "$(dirname "$0")/../.."
target=.venv/playground
mkdir -p "$target"
cmp -s docs/playground/package-lock.json "$target/package-lock.json" && [ -d "$target/node_modules" ] && exit
cp docs/playground/.npmrc docs/playground/package.json docs/playground/package-lock.json "$target"
rm -rf "$target/node_modules"
if ! npm ci --silent --prefix "$target"; then
    rm -f "$target/package-lock.json"
    echo "npm could not fetch what the playground runs on" >&2
    exit 1
fi
