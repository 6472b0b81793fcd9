# Compiler flags for every build of golocal; sourced by ./run and ./check.
# On amd64 they decide the engine's speed: with the compiler's defaults (SSE2)
# embedding is 19 times slower, generation 2.4 times (ARCHITECTURE.md, Engine).
if [ -z "${CGO_ENABLED:-}" ]; then
  if command -v "$(go env CXX)" >/dev/null 2>&1; then CGO_ENABLED=1; else CGO_ENABLED=0; fi
fi
case $(go env GOARCH)${GOLOCAL_PLAIN:+-plain} in
  amd64) CGO_CFLAGS="-O3 -march=x86-64-v3 -DNDEBUG -w" ;;
  *) CGO_CFLAGS="-O3 -DNDEBUG -w" ;;
esac
CGO_CXXFLAGS=$CGO_CFLAGS
export CGO_ENABLED CGO_CFLAGS CGO_CXXFLAGS
