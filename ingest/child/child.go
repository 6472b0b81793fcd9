// Package child runs parsers in processes of their own, with limits, so that a
// hostile file costs a process and not the daemon.
package child

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golocal"
	"golocal/ingest/parse"
)

// Options are what parser processes run with. All may be left out.
type Options struct {
	Command []string      // what runs Main; this program with the argument "parse" when empty
	Cache   string        // folder for compiled PDF code, created when missing; without it every process compiles anew (5 s)
	Procs   int           // processes at once; 2
	Docs    int           // documents before a process is replaced; 100
	Wall    time.Duration // time for one file; 60 s
	Memory  int64         // bytes a process may use; 1 GiB
	Idle    time.Duration // an idle process is ended after this; 30 s
	Log     *slog.Logger
}

// Parser is a parser whose work happens in other processes, so that a file that
// loops, crashes or eats memory costs that process only. A process reads one
// file at a time, holds no descriptor but its standard streams and gets no
// environment. A file that takes longer than Wall, or that kills its process
// three times, ends as a Failure.
type Parser struct {
	Options
	slots chan struct{} // one token per running or possible process

	deaths atomic.Int64

	mu     sync.Mutex
	idle   []*process
	closed bool
}

// Deaths is how many processes died, or were ended for taking too long, over a file.
func (c *Parser) Deaths() int { return int(c.deaths.Load()) }

// New returns a Parser. Processes start when they are needed; Close ends them.
func New(o Options) *Parser {
	if o.Procs == 0 {
		o.Procs = 2
	}
	if o.Docs == 0 {
		o.Docs = 100
	}
	if o.Wall == 0 {
		o.Wall = 60 * time.Second
	}
	if o.Memory == 0 {
		o.Memory = 1 << 30
	}
	if o.Idle == 0 {
		o.Idle = 30 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Parser{Options: o, slots: make(chan struct{}, o.Procs)}
}

// strikes is how often a file may kill its process before it is given up.
const strikes = 3

// Parse reads a file as parse.Formats does, in another process.
func (c *Parser) Parse(ctx context.Context, name string, data []byte) (golocal.Document, error) {
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return golocal.Document{}, context.Cause(ctx)
	}
	for strike := 1; ; strike++ {
		p, err := c.process()
		if err != nil {
			return golocal.Document{}, err
		}
		wall := c.Wall
		if p.served == 0 && parse.Type(name, data) == parse.PDF && !c.compiled() {
			wall += compileTime
		}
		alone, cancel := context.WithTimeout(ctx, wall)
		answer, err := p.ask(alone, name, data)
		timedOut := alone.Err() == context.DeadlineExceeded
		cancel()
		if err == nil {
			c.release(p)
			return c.judge(answer)
		}
		diagnosis := p.stop()
		if ctx.Err() != nil {
			return golocal.Document{}, context.Cause(ctx)
		}
		c.deaths.Add(1)
		switch {
		case timedOut:
			return golocal.Document{}, parse.Crash("", "takes longer than %v to read", c.Wall)
		case p.served == 0 && !p.ready:
			return golocal.Document{}, fmt.Errorf("start the parser process: %w: %s", err, diagnosis)
		case strike < strikes:
			c.Log.Debug("a parser process died", "file", name, "strike", strike, "error", err)
			continue
		}
		c.Log.Warn("a file kills its parser process", "file", name, "strikes", strike, "error", err, "stderr", diagnosis)
		if strings.Contains(diagnosis, "out of memory") || strings.Contains(diagnosis, "cannot allocate memory") {
			return golocal.Document{}, parse.Crash("", "takes more than %s of memory to read", parse.Megabytes(c.Memory))
		}
		return golocal.Document{}, parse.Crash("", "crashes the parser")
	}
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
	return c.start()
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

// process is a running parser. One goroutine uses it at a time.
type process struct {
	cmd    *exec.Cmd
	in     *bufio.Writer
	stdin  io.Closer
	out    *bufio.Reader
	errors tail
	served int
	ready  bool        // it has answered at least once, or taken a request
	retire *time.Timer // while idle
}

func (c *Parser) start() (*process, error) {
	command := c.Command
	if len(command) == 0 {
		self, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("find this program to start a parser process: %w", err)
		}
		command = []string{self, "parse"}
	}
	if c.Cache != "" {
		if err := os.MkdirAll(c.Cache, 0o700); err != nil {
			return nil, fmt.Errorf("create the folder for compiled code: %w", err)
		}
	}
	p := &process{}
	args := append(append([]string{}, command[1:]...),
		"--cache", c.Cache, "--memory", strconv.FormatInt(c.Memory, 10), "--seconds", strconv.Itoa(int(c.Wall/time.Second)+1))
	p.cmd = exec.Command(command[0], args...)
	p.cmd.Dir = os.TempDir()
	p.cmd.Env = childEnv(c.Memory)
	p.cmd.Stderr = &p.errors
	p.cmd.WaitDelay = 2 * time.Second
	stdin, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start a parser process: %w", err)
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start a parser process: %w", err)
	}
	sealDescriptors()
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start a parser process: %w", err)
	}
	p.stdin, p.in, p.out = stdin, bufio.NewWriterSize(stdin, 64<<10), bufio.NewReaderSize(stdout, 64<<10)
	var hello reply
	unblock := time.AfterFunc(30*time.Second, func() { p.cmd.Process.Kill() })
	err = readFrame(p.out, maxRequest, &hello)
	unblock.Stop()
	if err != nil {
		return nil, fmt.Errorf("start a parser process (%s): %w: %s", strings.Join(command, " "), err, p.stop())
	}
	p.ready = true
	return p, nil
}

// childEnv is all the environment that a parser process gets.
func childEnv(memory int64) []string {
	env := []string{"GOMEMLIMIT=" + strconv.FormatInt(memory*6/10, 10), "GOTRACEBACK=none"}
	for _, name := range []string{"SYSTEMROOT", "TMPDIR", "TMP", "TEMP", "GOLOCAL_PARSER_TEST"} {
		if v := os.Getenv(name); v != "" {
			env = append(env, name+"="+v)
		}
	}
	return env
}

// ask sends a file and waits for the answer. After an error, which includes the
// end of ctx, the process is of no more use.
func (p *process) ask(ctx context.Context, name string, data []byte) (reply, error) {
	stop := context.AfterFunc(ctx, func() { p.cmd.Process.Kill() })
	defer stop()
	var answer reply
	if err := writeRequest(p.in, name, data); err != nil {
		return answer, err
	}
	if err := readFrame(p.out, maxReply, &answer); err != nil {
		return answer, err
	}
	p.served++
	return answer, nil
}

// stop ends the process and returns the last of what it wrote to stderr.
func (p *process) stop() string {
	p.stdin.Close() // asks it to end
	kill := time.AfterFunc(time.Second, func() { p.cmd.Process.Kill() })
	err := p.cmd.Wait()
	kill.Stop()
	if text := p.errors.String(); text != "" {
		return text
	}
	return fmt.Sprint(err)
}

// tail keeps the first and the last of what is written to it.
type tail struct {
	mu         sync.Mutex
	head, last []byte
}

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := min(len(b), 1024-len(t.head))
	t.head = append(t.head, b[:n]...)
	t.last = append(t.last, b[n:]...)
	t.last = t.last[max(0, len(t.last)-1024):]
	return len(b), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(bytes.TrimSpace(append(bytes.Clone(t.head), t.last...)))
}
