package parse

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"sync"
	"time"
	"unicode/utf16"

	"github.com/gofrs/flock"
	pdflib "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// pdfium is PDFium compiled to WebAssembly, in wazero's sandbox: it sees no
// file and no network, only the bytes it is handed. go-pdfium brings it and
// starts it; its functions are called as they are, because go-pdfium's own
// methods cost more than most of the functions do, and a page takes several
// calls for every letter.
type pdfium struct {
	engine   *pdfEngine
	instance pdflib.Pdfium
	module   pdfModule
	memory   *wasmMemory
	scratch  uint64 // room in its memory for what functions return by pointer
	stack    [12]uint64
	err      error // of the first call that failed; nothing is called after it
}

// pdfEngine is PDFium's compiled code, which instances share.
type pdfEngine struct {
	pool  pdflib.Pool
	cache wazero.CompilationCache

	starting sync.Mutex
	memory   *wasmMemory // of the instance that was made last; starting guards it
}

// pdfModule is the part of go-pdfium's WebAssembly implementation in use.
type pdfModule interface {
	Fn(name string) api.Function
	CreateFileAccessReader(size int64, r io.ReadSeeker) (access *uint64, index *uint32, err error)
}

const (
	// wasmPage is the unit of WebAssembly memory.
	wasmPage = 64 << 10
	// scratchSize is enough for a matrix, a rectangle or a page's label.
	scratchSize = 512
	// mostWASM is how much memory an instance may have.
	mostWASM = 512 << 20
	// restartAbove is how much memory an instance may have when a document
	// ends, or when the next page is read: WebAssembly memory grows and never
	// shrinks, and PDFium keeps what it has read of a document.
	restartAbove = 96 << 20
	// pdfReaders is how many instances read a document at most, each its own
	// pages: PDFium has one thread.
	pdfReaders = 2
	// restartAfter is how many pages an instance reads at least.
	restartAfter = 10
)

// openPDFEngine compiles the code, or loads what an earlier process compiled into
// the cache folder. One process compiles at a time: it takes seconds and 300 MB.
func openPDFEngine(ctx context.Context, cache string, memory int64) (*pdfEngine, error) {
	e := &pdfEngine{}
	config := wazero.NewRuntimeConfigCompiler().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(uint32(min(memory*6/10, mostWASM) / wasmPage))
	if cache != "" {
		var err error
		if e.cache, err = wazero.NewCompilationCacheWithDir(cache); err != nil {
			return nil, fmt.Errorf("open the folder for compiled code: %w", err)
		}
		config = config.WithCompilationCache(e.cache)
		lock := flock.New(filepath.Join(cache, "compile.lock"))
		if _, err := lock.TryLockContext(ctx, 50*time.Millisecond); err == nil {
			defer lock.Unlock()
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(func(_, most uint64) experimental.LinearMemory {
			e.memory = newWASMMemory(most)
			return e.memory
		})),
		MinIdle: 0, MaxIdle: pdfReaders, MaxTotal: pdfReaders,
		FSConfig: wazero.NewFSConfig(), RuntimeConfig: config, Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	e.pool = pool
	return e, nil
}

// close ends the engine and every instance.
func (e *pdfEngine) close() {
	e.pool.Close()
	if e.cache != nil {
		e.cache.Close(context.Background())
	}
}

// start makes a new instance, with memory of its own.
func (p *pdfium) start() error {
	p.engine.starting.Lock()
	defer p.engine.starting.Unlock()
	if p.instance != nil {
		p.instance.Close()
	}
	p.instance, p.err = nil, nil
	instance, err := p.engine.pool.GetInstance(30 * time.Second)
	if err != nil {
		p.err = fmt.Errorf("start PDFium: %w", err)
		return p.err
	}
	p.instance, p.memory = instance, p.engine.memory
	module, ok := instance.GetImplementation().(pdfModule)
	if !ok {
		p.err = errors.New("start PDFium: its functions are out of reach")
		return p.err
	}
	p.module = module
	p.scratch = p.call("malloc", scratchSize)
	return p.err
}

// refresh starts a new instance where the last one crashed or has grown.
func (p *pdfium) refresh() error {
	if p.err == nil && p.instance != nil && len(p.memory.bytes) <= restartAbove {
		return nil
	}
	return p.start()
}

// call runs a function of PDFium's by its name and returns its one result, 0
// after a crash. Numbers go in as their bits.
func (p *pdfium) call(name string, args ...uint64) uint64 {
	return p.run(p.module.Fn(name), args...)
}

// run is call for a function that was looked up before.
func (p *pdfium) run(fn api.Function, args ...uint64) uint64 {
	if p.err != nil {
		return 0
	}
	copy(p.stack[:], args)
	if p.err = fn.CallWithStack(context.Background(), p.stack[:]); p.err != nil {
		return 0
	}
	return p.stack[0]
}

// count is call for functions that return an int.
func (p *pdfium) count(name string, args ...uint64) int {
	return int(int32(uint32(p.call(name, args...))))
}

// float32s reads what a function has left in the scratch.
func (p *pdfium) float32s(out []float32) {
	if b := p.memory.read(p.scratch, uint64(4*len(out))); b != nil {
		for i := range out {
			out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
	}
}

// float64s reads what a function has left in the scratch.
func (p *pdfium) float64s(out []float64) {
	if b := p.memory.read(p.scratch, uint64(8*len(out))); b != nil {
		for i := range out {
			out[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
		}
	}
}

// string16 calls a function whose last two parameters are a buffer and its
// length, and that returns the length of a UTF-16 text in bytes. Texts of more
// than 64 KB are left alone.
func (p *pdfium) string16(name string, args ...uint64) string {
	at, room := p.scratch, uint64(scratchSize)
	n := p.call(name, append(args, at, room)...) & 0xffffffff
	if n > 64<<10 {
		return ""
	}
	if n > room {
		if at = p.call("malloc", n); at == 0 {
			return ""
		}
		defer p.call("free", at)
		if p.call(name, append(args, at, n)...)&0xffffffff != n {
			return ""
		}
	}
	b := p.memory.read(at, n&^1)
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i < len(b); i += 2 {
		if u := binary.LittleEndian.Uint16(b[i:]); u != 0 {
			units = append(units, u)
		}
	}
	return string(utf16.Decode(units))
}

// name puts a short ASCII name into PDFium's memory, for as long as visit runs.
func (p *pdfium) withName(name string, visit func(at uint64)) {
	at := p.call("malloc", uint64(len(name)+1))
	if at == 0 {
		return
	}
	copy(p.memory.read(at, uint64(len(name)+1)), name+"\x00")
	visit(at)
	p.call("free", at)
}

// compiler reports whether wazero can compile on this machine. Its interpreter is too
// slow to read documents with.
func compiler() (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	ctx := context.Background()
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigCompiler().
		WithCoreFeatures(api.CoreFeaturesV2|experimental.CoreFeaturesExceptionHandling))
	return r.Close(ctx) == nil
}
