//go:build cgo

package runner

/*
// Defined in ggml-cpu, which is linked in; each says what it was compiled with.
int ggml_cpu_has_avx512(void);
int ggml_cpu_has_avx2(void);
int ggml_cpu_has_avx(void);
int ggml_cpu_has_neon(void);
*/
import "C"

import (
	"strings"

	"golang.org/x/sys/cpu"
)

// Build names the widest vector instructions that the native code was compiled
// for: "avx512", "avx2", "avx", "neon" or "baseline"; "" without native code.
// "baseline" on amd64 is about 19 times slower at embedding than "avx2".
func Build() string {
	switch {
	case C.ggml_cpu_has_avx512() != 0:
		return "avx512"
	case C.ggml_cpu_has_avx2() != 0:
		return "avx2"
	case C.ggml_cpu_has_avx() != 0:
		return "avx"
	case C.ggml_cpu_has_neon() != 0:
		return "neon"
	}
	return "baseline"
}

// Usable returns nil where this build can run models on this processor, else
// what is lacking and the next step. To compute without those instructions
// would end in SIGILL; all code outside the kernels does without them (flags.sh).
func Usable() error {
	have := map[string]bool{
		"avx512": cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL,
		"avx2":   cpu.X86.HasAVX2 && cpu.X86.HasFMA,
		"avx":    cpu.X86.HasAVX,
	}
	if ok, known := have[Build()]; known && !ok {
		return &Lack{
			Of:   "the built-in engine was compiled for processors with " + strings.ToUpper(Build()) + ", which this one lacks",
			Next: "build golocal with GOLOCAL_PLAIN=1 ./run, which is slower, or install Ollama",
		}
	}
	return nil
}
