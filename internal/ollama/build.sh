#!/usr/bin/env bash
# Builds a real Ollama for the tests that compare golocal with it:
#   internal/ollama/build.sh DIR     leaves DIR/ollama, unless it is there
# The Go module lacks three headers that its repository holds: two come from
# Debian packages, one from another Go module. The flags are those of golocal,
# so that most of the compiled C++ comes from the build cache.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
version=$(go list -m -f '{{.Version}}' github.com/ollama/ollama)
mkdir -p "$1"
dir=$(cd "$1" && pwd)
if [ -x "$dir/ollama" ] && go version -m "$dir/ollama" | grep -q "github.com/ollama/ollama[[:space:]]$version"; then
  exit 0
fi
for header in stb/stb_image.h nlohmann/json.hpp; do
  [ -e "/usr/include/$header" ] || { echo "ollama: /usr/include/$header is missing; on Debian: apt-get install libstb-dev nlohmann-json3-dev" >&2; exit 1; }
done
. ./flags.sh
audio=$(cd / && go mod download -json github.com/gen2brain/malgo@v0.11.24 | sed -n 's/^[[:space:]]*"Dir": "\(.*\)",*$/\1/p')
include=$dir/include
mkdir -p "$include/miniaudio"
cp -f "$audio/miniaudio.h" "$include/miniaudio/"
# The include path is searched by the compiler's own variable: in CGO_CXXFLAGS
# it would make every C++ file compile anew.
CPLUS_INCLUDE_PATH=$include GOBIN=$dir go install -ldflags "-X=github.com/ollama/ollama/version.Version=${version#v}" "github.com/ollama/ollama@$version"
