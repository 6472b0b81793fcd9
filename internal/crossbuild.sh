#!/usr/bin/env bash
# Compiles what users on other systems build: no cgo, and the three other platforms.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CGO_ENABLED=0
for target in linux/amd64 linux/arm64 darwin/arm64 windows/amd64; do
  # What never runs here is not optimised: that takes a quarter less time. processors.sh runs what is built for linux.
  case $target in linux/*) quick= ;; *) quick="all=-N -l" ;; esac
  GOOS=${target%/*} GOARCH=${target#*/} go build ${quick:+-gcflags="$quick"} -o /dev/null ./cmd/golocal
  echo "$target builds"
done
