package runner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// closeGrace is how long Close lets the child end by itself. It ends as soon as
// its input does; only a stopped or swapped-out child needs longer.
const closeGrace = 2 * time.Second

// Options say which model to load, and how.
type Options struct {
	Executable string       // the program whose child mode calls Main; "" is this one
	Args       []string     // what precedes the runner's own flags, e.g. ["engine", "runner"]
	Model      string       // GGUF file
	NumCtx     int          // context to hold, tokens; 0 is the model's own, but at most 4096 for one that generates
	Threads    int          // 0 is one per core that is ours; SetThreads changes it
	Dir        string       // working directory of the child; "" is the system's temporary folder
	Log        *slog.Logger // nil discards
}

// Process is a child that holds one model. It is safe for use by several
// goroutines; their requests are computed one after another.
type Process struct {
	info  Info
	file  string
	cmd   *exec.Cmd
	in    io.WriteCloser
	send  *line
	notes *tail
	done  chan struct{} // closed when the child has ended

	threads atomic.Int64          // that compute
	usage   atomic.Pointer[Usage] // not yet asked for

	mu      sync.Mutex // owns calls, next and closing
	calls   map[uint64]*mailbox
	next    uint64
	closing bool
	failure error // why the child ended; written before done is closed
}

// Start spawns the child and waits until it has loaded the model. ctx bounds
// the loading only; the child lives until Close. The error names the model file
// and what was wrong with it; it wraps ErrUnsupported when the model needs Ollama.
func Start(ctx context.Context, o Options) (*Process, error) {
	name := filepath.Base(o.Model)
	fail := func(err error) (*Process, error) { return nil, fmt.Errorf("load %s: %w", name, err) }
	if !Supported() {
		return fail(fmt.Errorf("this program was built without the engine: %w", ErrUnsupported))
	}
	file, err := filepath.Abs(o.Model) // the child works elsewhere
	if err != nil {
		return fail(err)
	}
	if st, err := os.Stat(file); err != nil {
		return fail(errors.Unwrap(err))
	} else if !st.Mode().IsRegular() {
		return fail(errors.New("not a regular file"))
	}
	if o.Executable == "" {
		if o.Executable, err = os.Executable(); err != nil {
			return fail(err)
		}
	}
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0) // the cores that a container leaves us; more threads than these spin in vain
	}
	if o.Dir == "" {
		o.Dir = os.TempDir()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}

	p := &Process{
		file:  name,
		done:  make(chan struct{}),
		calls: map[uint64]*mailbox{},
		notes: &tail{each: func(l string) { o.Log.Debug("runner says", "model", name, "line", l) }},
	}
	p.cmd = exec.Command(o.Executable, append(append([]string{}, o.Args...),
		"--model", file, "--ctx", strconv.Itoa(o.NumCtx), "--threads", strconv.Itoa(o.Threads))...)
	p.cmd.Dir = o.Dir
	p.cmd.Stderr = p.notes
	detach(p.cmd)
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return fail(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return fail(err)
	}
	if err := p.cmd.Start(); err != nil {
		return fail(err)
	}
	p.send = newLine(p.in)

	began := time.Now()
	loaded := make(chan reply, 1)
	go p.read(out, loaded)
	select {
	case r := <-loaded:
		if r.Fault != nil {
			return fail(errors.Join(r.Fault, p.Close()))
		}
		p.info = *r.Info
		p.threads.Store(int64(p.info.Threads))
		o.Log.Info("runner started", "model", name, "architecture", p.info.Architecture,
			"context", p.info.NumCtx, "build", p.info.Build, "threads", p.info.Threads,
			"seconds", time.Since(began).Seconds())
		return p, nil
	case <-p.done:
		return fail(p.failure)
	case <-ctx.Done():
		return fail(errors.Join(context.Cause(ctx), p.kill()))
	}
}

// read hands the child's lines to those who wait for them until the child ends.
func (p *Process) read(out io.Reader, loaded chan<- reply) {
	dec := json.NewDecoder(out)
	var bad error
	for {
		var r reply
		if err := dec.Decode(&r); err != nil {
			if !errors.Is(err, io.EOF) {
				bad = err
				_ = p.cmd.Process.Kill() // out of step with us: nothing it says can be trusted
			}
			break
		}
		switch {
		case r.ID != 0:
			p.mu.Lock()
			if m := p.calls[r.ID]; m != nil { // nil: the caller has left
				m.put(r)
			}
			p.mu.Unlock()
		case r.Usage != nil:
			p.usage.Store(r.Usage)
		case r.Info != nil || r.Fault != nil:
			select {
			case loaded <- r:
			default:
			}
		}
	}
	err := p.cmd.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	switch note := p.notes.reason(); {
	case p.closing:
		p.failure = fmt.Errorf("%w: it was closed", ErrEnded)
	case bad != nil:
		p.failure = fmt.Errorf("%w: its output is not the protocol: %w", ErrEnded, bad)
	case err != nil && err.Error() == "signal: killed":
		p.failure = fmt.Errorf("%w: it was killed, perhaps because memory ran out", ErrEnded)
	case note != "":
		p.failure = fmt.Errorf("%w: %v: %s", ErrEnded, err, note)
	default:
		p.failure = fmt.Errorf("%w: %v", ErrEnded, err)
	}
	close(p.done)
}

// Info describes the model that the child holds, and its threads at this moment.
func (p *Process) Info() Info {
	info := p.info
	info.Threads = int(p.threads.Load())
	return info
}

// Done is closed when the child has ended, by Close or by a crash.
func (p *Process) Done() <-chan struct{} { return p.done }

// Close ends the child and waits for it. Requests still waiting get ErrEnded.
func (p *Process) Close() error {
	p.mu.Lock()
	p.closing = true
	p.mu.Unlock()
	_ = p.in.Close() // the child ends with its input; an error means that it already has
	select {
	case <-p.done:
		return nil
	case <-time.After(closeGrace):
		return p.kill()
	}
}

func (p *Process) kill() error {
	p.mu.Lock()
	p.closing = true
	p.mu.Unlock()
	err := p.cmd.Process.Kill()
	<-p.done
	if errors.Is(err, os.ErrProcessDone) {
		return nil
	}
	return err
}

// Embed computes one vector per text. It fails as a whole: with ErrTooLong when
// a text is longer than Info.NumCtx and Truncate is not set, and when a vector
// is not finite or zero; the error then names the input's index. A done ctx
// ends the computation after the text at hand.
func (p *Process) Embed(ctx context.Context, req EmbedRequest) (EmbedResponse, error) {
	m, err := p.open(call{Embed: &req})
	if err != nil {
		return EmbedResponse{}, fmt.Errorf("embed with %s: %w", p.file, err)
	}
	defer p.release(m)
	r, err := m.take(ctx, p.done)
	switch {
	case err != nil:
	case r.Embed == nil:
		err = errors.New("the model runner sent no vectors")
	default:
		err = checkVectors(*r.Embed, len(req.Inputs), p.info.EmbeddingLength)
	}
	if err != nil {
		return EmbedResponse{}, fmt.Errorf("embed with %s: %w", p.file, p.explain(err))
	}
	return *r.Embed, nil
}

// Complete streams the continuation of a prompt. Leaving the loop, or the end
// of ctx, ends the computation within one token, or one batch of the prompt.
// The error, always the last pair, is ErrTooLong for a prompt longer than the
// context, ErrEnded when the child died, or ctx's.
func (p *Process) Complete(ctx context.Context, req CompletionRequest) iter.Seq2[CompletionEvent, error] {
	return func(yield func(CompletionEvent, error) bool) {
		m, err := p.open(call{Complete: &req})
		if err != nil {
			yield(CompletionEvent{}, fmt.Errorf("complete with %s: %w", p.file, err))
			return
		}
		defer p.release(m)
		for {
			r, err := m.take(ctx, p.done)
			if err == nil && r.Event == nil {
				err = errors.New("the model runner sent no event")
			}
			if err != nil {
				yield(CompletionEvent{}, fmt.Errorf("complete with %s: %w", p.file, p.explain(err)))
				return
			}
			if !yield(*r.Event, nil) || r.Event.Done {
				return
			}
		}
	}
}

// explain puts the reason of the child's end in the place of a bare ErrEnded.
func (p *Process) explain(err error) error {
	if err == ErrEnded {
		return p.failure // done is closed, so it is written
	}
	return err
}

// open sends a request and returns the box its replies arrive in.
func (p *Process) open(c call) (*mailbox, error) {
	p.mu.Lock()
	p.next++
	c.ID = p.next
	m := &mailbox{id: c.ID, ready: make(chan struct{}, 1)}
	p.calls[c.ID] = m
	p.mu.Unlock()
	if err := p.send.write(c); err != nil {
		p.release(m)
		select {
		case <-p.done:
			return nil, p.failure
		case <-time.After(closeGrace): // a closed pipe before the end is noticed
			return nil, fmt.Errorf("%w: %w", ErrEnded, err)
		}
	}
	return m, nil
}

// release forgets a request, and tells the child if it is still at work on it.
func (p *Process) release(m *mailbox) {
	p.mu.Lock()
	delete(p.calls, m.id)
	p.mu.Unlock()
	if !m.finished {
		_ = p.send.write(call{ID: m.id, Cancel: true}) // an error means that the child is gone
	}
}
