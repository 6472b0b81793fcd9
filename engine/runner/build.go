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
	"fmt"

	"golang.org/x/sys/cpu"
)

// build names the widest vector instructions that the native code was compiled
// for. "baseline" on amd64 is about 19 times slower at embedding than "avx2".
func build() string {
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

// checkCPU says what to do where the processor lacks those instructions; to go
// on would end in SIGILL.
func checkCPU() error {
	have := map[string]bool{
		"avx512": cpu.X86.HasAVX512F && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512VL,
		"avx2":   cpu.X86.HasAVX2 && cpu.X86.HasFMA,
		"avx":    cpu.X86.HasAVX,
	}
	if ok, known := have[build()]; known && !ok {
		return fmt.Errorf("this program was built for processors with %s, and this one has none: build it with GOLOCAL_PLAIN=1 ./run, or install Ollama", build())
	}
	return nil
}
