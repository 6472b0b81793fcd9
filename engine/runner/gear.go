//go:build cgo

package runner

/*
#include <stdbool.h>

// Defined in ggml-cpu, which is linked in (ggml-cpu.h).
bool ggml_backend_is_cpu(void * backend);
void ggml_backend_cpu_set_n_threads(void * backend, int n_threads);
*/
import "C"

import (
	"reflect"
	"sync/atomic"
	"time"

	"github.com/ollama/ollama/ml"
)

// reportEvery is how much computing a Usage sums up.
const reportEvery = 200 * time.Millisecond

// gear changes the threads of a backend between two forward passes, and
// measures what these get. All but want belongs to the computing goroutine.
type gear struct {
	want    atomic.Int64 // threads for the next pass; 0 leaves them
	backend ml.Backend
	threads int         // of the passes now
	sum     Usage       // since the last report
	report  func(Usage) // may be nil
}

// pass runs one forward pass.
func (g *gear) pass(compute func()) {
	if n := int(g.want.Load()); n > 0 && n != g.threads && setThreads(g.backend, n) {
		g.threads, g.sum = n, Usage{}
	}
	if g.report == nil || g.threads < 2 {
		compute()
		return
	}
	began, spent := time.Now(), cpuTime()
	compute()
	g.sum.Threads = g.threads
	g.sum.Wall += time.Since(began)
	g.sum.CPU += cpuTime() - spent
	if g.sum.Wall >= reportEvery {
		if g.sum.CPU > 0 { // else it cannot be measured here
			g.report(g.sum)
		}
		g.sum = Usage{}
	}
}

// setThreads tells the backend's processor part how many threads to start for
// each graph, and reports whether it could. ggml reads the number anew for every
// graph (ggml-cpu.cpp, ggml_backend_cpu_graph_compute); Ollama v0.17.4 sets it
// at loading only, and keeps the pointer in a private field, which is read here
// and never written. Where there is no such field the number stays as loaded.
func setThreads(b ml.Backend, n int) bool {
	v := reflect.ValueOf(b)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return false
	}
	all := v.Elem().FieldByName("schedBackends")
	if all.Kind() != reflect.Slice || all.Type().Elem().Kind() != reflect.Pointer {
		return false
	}
	set := false
	for i := range all.Len() {
		if p := all.Index(i).UnsafePointer(); p != nil && bool(C.ggml_backend_is_cpu(p)) {
			C.ggml_backend_cpu_set_n_threads(p, C.int(n))
			set = true
		}
	}
	return set
}
