#!/usr/bin/env bash
# Runs the tests of searching by vectors on processors that this machine is not: arm64 with and without the
# dot product instructions, amd64 with AVX2 and nothing newer, and amd64 without it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CGO_ENABLED=0 GOOS=linux
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for arch in arm64 amd64; do
  GOARCH=$arch go test -c -o "$dir/kernel.$arch" ./index/kernel
  GOARCH=$arch go test -c -o "$dir/index.$arch" ./index
done
# on EMULATOR CPU ARCH
on() {
  echo "$3 as on $2"
  run "$1" -cpu "$2" "$dir/kernel.$3" -test.v
  cd index
  run "$1" -cpu "$2" "$dir/index.$3" -test.v -test.run '^(TestNearest|TestScan|TestSketch|TestDraw|TestSmall_Damaged|FuzzScan|FuzzSketch)'
  cd ..
}
# The emulator warns of what it does not know of a processor: shown only if the tests fail.
run() { "$@" 2>"$dir/warnings" || { cat "$dir/warnings"; exit 1; }; }
on qemu-aarch64-static max arm64
on qemu-aarch64-static cortex-a72 arm64
on qemu-x86_64-static Haswell amd64
on qemu-x86_64-static Nehalem amd64
