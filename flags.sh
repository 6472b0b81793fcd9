# Compiler flags for every build of golocal; sourced by ./run and ./check.
# On amd64 the flags decide the engine's speed: plain ones give baseline SSE,
# 19 times slower at embedding (ARCHITECTURE.md, Engine).
if [ -z "${CGO_ENABLED:-}" ] && ! command -v "${CXX:-g++}" >/dev/null 2>&1 && ! command -v c++ >/dev/null 2>&1; then
  export CGO_ENABLED=0
fi
if [ "$(go env GOARCH)" = amd64 ] && [ -z "${GOLOCAL_PLAIN:-}" ]; then
  export CGO_CFLAGS="-O3 -march=x86-64-v3 -DNDEBUG -w" CGO_CXXFLAGS="-O3 -march=x86-64-v3 -DNDEBUG -w"
else
  export CGO_CFLAGS="-O2 -DNDEBUG -w" CGO_CXXFLAGS="-O2 -DNDEBUG -w"
fi
