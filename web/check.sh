#!/usr/bin/env bash
# Checks the page: npm packages, types, that dist is what src gives, unit tests,
# browser tests. Names of tests as arguments choose browser tests (--test-name-pattern);
# --screens DIR [NAME…] writes screenshots instead.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../flags.sh
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

step() { # NAME COMMAND…
  local name=$1
  shift
  if "$@" >"$log" 2>&1; then passed=$((passed + 1)); echo "ok    $name"; else failed=$((failed + 1)); echo "FAIL  $name"; tail -n 80 "$log"; fi
}
tests() { # NAME COMMAND… that prints TAP
  local name=$1 p f
  shift
  "$@" >"$log" 2>&1
  local rc=$?
  p=$(sed -n 's/^# pass //p' "$log"); f=$(sed -n 's/^# fail //p' "$log")
  p=${p:-0} f=${f:-0}
  if [ "$rc" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
  if [ "$p" -eq 0 ] && [ "$f" -eq 0 ]; then f=1; echo "      no test ran"; fi
  passed=$((passed + p)) failed=$((failed + f))
  if [ "$f" -gt 0 ]; then echo "FAIL  $name: $p passed, $f failed"; grep -vE '^ +at ' "$log" | awk '/^ *not ok/ { n = 25 } n-- > 0'; tail -n 15 "$log"; else echo "ok    $name: $p passed"; fi
}
clean_dist() { go generate . && git diff --exit-code --stat -- dist src/schema.ts src/text/remarks.ts && [ -z "$(git ls-files --others --exclude-standard -- dist)" ] || { echo "web/dist is not what web/src gives, or web/src/schema.ts not what web/openapi.yaml gives: run go generate ./web and commit"; return 1; }; }

if ! cmp -s package-lock.json node_modules/.cache/lock; then
  # package.json overrides pdf.js's canvas for Node, which no browser needs and npm cannot lock without addresses.
  step "npm packages" npm ci --ignore-scripts --no-audit --no-fund
  mkdir -p node_modules/.cache && cp package-lock.json node_modules/.cache/lock
fi
step "no registry address in package-lock.json" bash -c '! grep -nE "\"resolved\"|https?://[^\"]*registry" package-lock.json'
step "no any, no unchecked types" bash -c '! grep -nE "(:|<|as|=) *any\b|@ts-(ignore|expect-error|nocheck)" src/*.ts src/*.tsx src/text/*.ts'
step "types" node_modules/.bin/tsc --noEmit
step "dist is what src gives, and schema.ts what openapi.yaml gives" clean_dist
step "harness" go build -o node_modules/.cache/harness ./e2e/harness
step "samples" go build -o node_modules/.cache/samples ./e2e/samples
step "scripted Ollama" go build -o node_modules/.cache/fakeollama ../internal/fakeollama/serve
if [ -z "${GOLOCAL_BIN:-}" ]; then step "binary" go build -C .. -o bin/golocal ./cmd/golocal; fi
if [ "${1:-}" = --screens ]; then
  shift
  [ "$failed" -eq 0 ] || exit 1
  node e2e/screens.mjs "$@"
  exit
fi
step "bundle unit tests" go tool esbuild src/pure.test.ts --bundle --platform=node --format=esm --outfile=node_modules/.cache/pure.test.mjs --log-level=warning
tests "unit tests" node --test --test-reporter=tap node_modules/.cache/pure.test.mjs
# Where the system allows it the browser and the program get a network namespace with loopback only: the page needs no more.
alone=()
if unshare -Urn ip link set lo up 2>/dev/null; then alone=(unshare -Urn sh -c 'ip link set lo up; exec "$@"' alone); else echo "      no network namespace here: browser tests run with the machine's network"; fi
if [ $# -gt 0 ]; then pattern=(--test-name-pattern "$*"); else pattern=(); fi
tests "browser tests" "${alone[@]}" node --test --test-reporter=tap --test-concurrency=2 "${pattern[@]}" e2e/*.test.mjs
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
