package child

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"
)

// process is a running parser. One goroutine uses it at a time.
type process struct {
	cmd      *exec.Cmd
	in       *bufio.Writer
	stdin    io.Closer
	out      *bufio.Reader
	errors   tail
	temp     string // its folder for temporary files
	confined string // what holds it, as it says itself
	served   int
	ready    bool        // it has answered at least once, or taken a request
	retire   *time.Timer // while idle
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
	temp, err := makeTemp()
	if err != nil {
		return nil, err
	}
	p := &process{temp: temp}
	args := append(append([]string{}, command[1:]...),
		"--cache", c.Cache, "--memory", strconv.FormatInt(c.Memory, 10), "--seconds", strconv.Itoa(int(c.Wall/time.Second)+1))
	if c.Nice {
		args = append(args, "--nice")
	}
	args = append(args, c.Aids.flags()...)
	p.cmd = exec.Command(command[0], args...)
	p.cmd.Dir = temp
	p.cmd.Env = childEnv(c.Memory, temp, c.open)
	p.cmd.SysProcAttr = processAttributes()
	p.cmd.Stderr = &p.errors
	p.cmd.WaitDelay = 2 * time.Second
	stdin, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start a parser process: %w", err), os.RemoveAll(temp))
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start a parser process: %w", err), os.RemoveAll(temp))
	}
	sealDescriptors()
	if err := p.cmd.Start(); err != nil {
		return nil, errors.Join(fmt.Errorf("start a parser process: %w", err), os.RemoveAll(temp))
	}
	p.stdin, p.in, p.out = stdin, bufio.NewWriterSize(stdin, 64<<10), bufio.NewReaderSize(stdout, 64<<10)
	var hello reply
	unblock := time.AfterFunc(30*time.Second, func() { kill(p.cmd) })
	_, err = readHead(p.out, &hello, 0)
	unblock.Stop()
	if err != nil {
		return nil, fmt.Errorf("start a parser process (%s): %w: %s", strings.Join(command, " "), err, p.stop())
	}
	p.ready, p.confined = true, hello.Confined
	c.Log.Debug("a parser process started", "confined", hello.Confined)
	return p, nil
}

// ask sends a file and waits for the answer. After an error, which includes the
// end of ctx, the process is of no more use.
func (p *process) ask(ctx context.Context, name string, file io.ReaderAt, size int64) (reply, error) {
	stop := context.AfterFunc(ctx, func() { kill(p.cmd) })
	defer stop()
	if err := writeHead(p.in, request{Name: name}, size); err != nil {
		return reply{}, err
	}
	body := &source{ReaderAt: file}
	n, err := io.Copy(p.in, io.NewSectionReader(body, 0, size))
	if err == nil {
		err = p.in.Flush()
	}
	switch {
	case body.err != nil:
		return reply{}, &unread{name, body.err}
	case err == nil && n != size:
		return reply{}, &unread{name, io.ErrUnexpectedEOF}
	case err != nil:
		return reply{}, err
	}
	answer, err := readReply(p.out)
	if err == nil {
		p.served++
	}
	return answer, err
}

// unread says that the file could not be read, which is no fault of the process.
type unread struct {
	name string
	err  error
}

func (u *unread) Error() string { return fmt.Sprintf("read %s: %v", u.name, u.err) }
func (u *unread) Unwrap() error { return u.err }

// source remembers how reading a file failed, to tell that from a process that
// does not take it.
type source struct {
	io.ReaderAt
	err error
}

func (s *source) ReadAt(p []byte, off int64) (int, error) {
	n, err := s.ReaderAt.ReadAt(p, off)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// stop ends the process and returns the last of what it wrote to stderr.
func (p *process) stop() string {
	p.stdin.Close() // asks it to end
	late := time.AfterFunc(time.Second, func() { kill(p.cmd) })
	err := p.cmd.Wait()
	late.Stop()
	endGroup(p.cmd)
	os.RemoveAll(p.temp)
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
