// Package child runs parsers in processes of their own, with limits, so that a
// hostile file costs a process and not the daemon.
package child

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golocal"
	"golocal/ingest/parse"
	"golocal/internal/remark"
)

// Options are what parser processes run with. All may be left out.
type Options struct {
	Command []string      // what runs Main; this program with the argument "parse" when empty
	Cache   string        // folder for compiled PDF code, created when missing; without it every process compiles anew (5 s)
	Nice    bool          // parsing takes what other programs leave of processor and disk
	Procs   int           // processes at once, and one more for a slow file; 2 to 4 by processors
	Docs    int           // documents before a process is replaced; 100
	Wall    time.Duration // time for one file; 60 s, five times that where OCR may read it
	Aids    Aids          // programs that parsers may start
	Memory  int64         // bytes a process may use; 512 MiB
	Idle    time.Duration // an idle process is ended after this; 30 s
	Strikes *Strikes      // memory of the files that killed their process
	Log     *slog.Logger
}

// Parser is a parser whose work happens in other processes, so that a file that
// loops, crashes or eats memory costs that process only. A process reads one
// file at a time, holds no descriptor but its standard streams, gets no
// environment to speak of and is confined (see confine). A file that takes
// longer than Wall, or that kills its process three times, ends as a Failure.
type Parser struct {
	Options
	lanes *lanes

	deaths atomic.Int64

	mu     sync.Mutex
	idle   []*process
	closed bool
	open   bool // confined processes can't read what they need here
}

// Deaths is how many processes died, or were ended for taking too long, over a file.
func (c *Parser) Deaths() int { return int(c.deaths.Load()) }

// New returns a Parser. Processes start when they are needed; Close ends them.
func New(o Options) *Parser {
	if o.Procs == 0 {
		o.Procs = min(max(runtime.NumCPU()/2, 2), 4)
	}
	if o.Docs == 0 {
		o.Docs = 100
	}
	if o.Wall == 0 {
		o.Wall = 60 * time.Second
		if o.Aids.Tesseract != "" {
			o.Wall *= 5
		}
	}
	if o.Memory == 0 {
		o.Memory = defaultMemory
	}
	if o.Idle == 0 {
		o.Idle = 30 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Parser{Options: o, lanes: newLanes(o.Procs)}
}

const defaultMemory = 512 << 20 // bytes

// Parse reads a file as parse.Formats does, in another process.
func (c *Parser) Parse(ctx context.Context, name string, data []byte) (golocal.Document, error) {
	return c.ParseFile(ctx, name, sha256.Sum256(data), bytes.NewReader(data), int64(len(data)))
}

// ParseFile is Parse for size bytes of a file, which go to the other process as
// they are read: this one never holds them. sum is their SHA-256.
func (c *Parser) ParseFile(ctx context.Context, name string, sum golocal.Sum, file io.ReaderAt, size int64) (golocal.Document, error) {
	release, err := c.lanes.take(ctx, size)
	if err != nil {
		return golocal.Document{}, err
	}
	defer release()
	strikes, why := c.Strikes.begin(sum)
	if strikes >= maxStrikes {
		return golocal.Document{}, gaveUp(why)
	}
	defer func() { c.Strikes.end(sum, strikes, why) }()
	head := make([]byte, min(size, 4096))
	if _, err := file.ReadAt(head, 0); err != nil && err != io.EOF {
		return golocal.Document{}, fmt.Errorf("read %s: %w", name, err)
	}
	for {
		p, err := c.process()
		if err != nil {
			return golocal.Document{}, err
		}
		wall := c.Wall
		if p.served == 0 && parse.Type(name, head) == parse.PDF && !c.compiled() {
			wall += compileTime
		}
		alone, cancel := context.WithTimeout(ctx, wall)
		answer, err := p.ask(alone, name, file, size)
		timedOut := alone.Err() == context.DeadlineExceeded
		cancel()
		if err == nil {
			c.release(p)
			strikes, why = 0, ""
			return c.judge(answer)
		}
		diagnosis := p.stop()
		var unread *unread
		if errors.As(err, &unread) {
			return golocal.Document{}, err
		}
		if ctx.Err() != nil {
			return golocal.Document{}, context.Cause(ctx)
		}
		c.deaths.Add(1)
		switch {
		case timedOut:
			strikes, why = maxStrikes, packed(remark.New(remark.TooSlow, c.Wall))
			return golocal.Document{}, gaveUp(why)
		case p.served == 0 && !p.ready:
			return golocal.Document{}, fmt.Errorf("start the parser process: %w: %s", err, diagnosis)
		}
		why = packed(remark.New(remark.Crashes))
		if strings.Contains(diagnosis, "out of memory") || strings.Contains(diagnosis, "cannot allocate memory") {
			why = packed(remark.New(remark.TooMuchMemory, c.Memory))
			if p.served == 0 { // all of it was this file's
				strikes = maxStrikes - 1
			}
		}
		if strikes++; strikes < maxStrikes {
			c.Log.Debug("a parser process died", "file", name, "strike", strikes, "error", err)
			continue
		}
		c.Log.Warn("a file kills its parser process", "file", name, "strikes", strikes, "error", err, "stderr", diagnosis)
		return golocal.Document{}, gaveUp(why)
	}
}

// packed is a remark as a strike keeps it: its code, and each value on a line.
func packed(r golocal.Remark) string {
	return strings.Join(append([]string{r.Code}, r.Values...), "\n")
}

// gaveUp is the Failure of a file that was given up for a reason that a strike has
// kept; older ones are in English.
func gaveUp(why string) *parse.Failure {
	lines := strings.Split(why, "\n")
	r := golocal.Remark{Code: lines[0], Values: lines[1:]}
	f := &parse.Failure{State: golocal.StateFailed, Reason: why, Crashed: true}
	if text := remark.Say("en", r); text != "" {
		f.Reason, f.Why = text, r
	}
	return f
}

// compileTime is what compiling the PDF code may take on top of a file's own
// time: 4 s on an idle machine, far more where the first start fills a busy one.
const compileTime = 2 * time.Minute

// compiled reports whether the cache holds the compiled PDF code.
func (c *Parser) compiled() bool {
	found, err := filepath.Glob(filepath.Join(c.Cache, "wazero-*", "*"))
	return c.Cache != "" && err == nil && len(found) > 0
}

func (c *Parser) judge(answer reply) (golocal.Document, error) {
	switch {
	case answer.Failure != nil:
		return golocal.Document{}, answer.Failure
	case answer.Document == nil:
		return golocal.Document{}, fmt.Errorf("parser process: %s", answer.Error)
	}
	if err := parse.Verify(answer.Document); err != nil {
		return golocal.Document{}, parse.Broken(answer.Document.Type, err)
	}
	return *answer.Document, nil
}

// process returns an idle process or a new one.
func (c *Parser) process() (*process, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, errors.New("the parser is closed")
	}
	if n := len(c.idle); n > 0 {
		p := c.idle[n-1]
		c.idle = c.idle[:n-1]
		p.retire.Stop()
		return p, nil
	}
	p, err := c.start()
	if err != nil && !c.open {
		c.open = true
		if p, err = c.start(); err == nil {
			c.Log.Warn("parser processes can't start where files are out of their reach; they run without that")
		} else {
			c.open = false
		}
	}
	return p, err
}

// release keeps a process for the next file, or ends it when it has served
// enough: parsers keep memory.
func (c *Parser) release(p *process) {
	c.mu.Lock()
	if !c.closed && p.served < c.Docs {
		p.retire = time.AfterFunc(c.Idle, func() { c.expire(p) })
		c.idle = append(c.idle, p)
		c.mu.Unlock()
		return
	}
	c.mu.Unlock()
	p.stop()
}

func (c *Parser) expire(p *process) {
	c.mu.Lock()
	found := false
	for i, q := range c.idle {
		if q == p {
			c.idle = append(c.idle[:i], c.idle[i+1:]...)
			found = true
			break
		}
	}
	c.mu.Unlock()
	if found {
		p.stop()
	}
}

// Close ends the idle processes; those at work end with their file.
func (c *Parser) Close() error {
	c.mu.Lock()
	idle := c.idle
	c.idle, c.closed = nil, true
	c.mu.Unlock()
	for _, p := range idle {
		p.retire.Stop()
		p.stop()
	}
	return nil
}
