# Compiler and its flags for every build of golocal; sourced by ./run and ./check.
# On amd64 they decide the engine's speed: with the compiler's defaults (SSE2)
# embedding is 19 times slower, generation 2.4 times (ARCHITECTURE.md, Models).
# Only the computing kernels are compiled for newer processors: all else, Go's
# own C code and what C++ runs at the start, works on every amd64, so that an
# older one gets an answer instead of SIGILL. Go has flags for all packages or
# for none, so the compiler's command looks at the file it compiles. Quantised
# weights are read by ggml/src/*.c, whose rounding must be that of the kernels.
if [ -z "${CGO_ENABLED:-}" ]; then
  if command -v "$(go env CXX)" >/dev/null 2>&1; then CGO_ENABLED=1; else CGO_ENABLED=0; fi
fi
if [ -r /proc/cpuinfo ] && ! grep -qw avx2 /proc/cpuinfo; then GOLOCAL_PLAIN=1; fi # the kernels would not run here
case "$(go env GOARCH)${GOLOCAL_PLAIN:+-plain} $(go env CC)" in
  *ggml-cpu*) ;; # sourced before
  "amd64 "*)
    kernels() { echo "sh -c 'for f do :; done; case \$PWD/\$f in */ggml-cpu/*|*/ggml/src/*.c) exec $1 -march=x86-64-v3 \"\$@\" ;; esac; exec $1 \"\$@\"' $1"; }
    CC=$(kernels "$(go env CC)") CXX=$(kernels "$(go env CXX)")
    export CC CXX
    # The linker asks the compiler for this by itself only where its command is one word.
    if [ "$(go env GOOS)" = linux ]; then export CGO_LDFLAGS="-O2 -g -no-pie"; fi
    ;;
esac
CGO_CFLAGS="-O3 -DNDEBUG -w"
CGO_CXXFLAGS=$CGO_CFLAGS
export CGO_ENABLED CGO_CFLAGS CGO_CXXFLAGS
# Without this tag gonum/plot links writers of PDF, EPS, TeX and PNG, which no report here uses.
case " ${GOFLAGS:-} " in
  *" -tags=minimal "*) ;;
  *) export GOFLAGS="${GOFLAGS:+$GOFLAGS }-tags=minimal" ;;
esac
