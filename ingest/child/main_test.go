package child

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/ingest/parse"
	"golocal/internal/remark"
)

// The test binary is its own parser process: with the argument "parse" it runs
// Main, and with "parse-trouble" a parser that misbehaves as a file's name says.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		var err error
		switch os.Args[1] {
		case "parse":
			err = Main(context.Background(), os.Args[2:], os.Stdin, os.Stdout)
		case "parse-trouble":
			var confined string
			if confined, err = confine(os.Args[3], false); err == nil {
				err = serve(context.Background(), trouble{}, serveLimits{memory: 100 << 20, seconds: 60, confined: confined}, os.Stdin, os.Stdout)
			}
		default:
			os.Exit(m.Run())
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// trouble is a parser that hangs, dies or eats memory on demand.
type trouble struct{}

func (trouble) Parse(ctx context.Context, name string, data []byte) (golocal.Document, error) {
	switch {
	case strings.HasPrefix(name, "hang"):
		for n := uint64(1); n > 0; n |= 1 { // for ever, and busy
		}
	case strings.HasPrefix(name, "die"):
		os.Exit(9)
	case strings.HasPrefix(name, "once"):
		if _, err := os.Stat(string(data)); err == nil {
			os.Remove(string(data))
			os.Exit(9)
		}
	case strings.HasPrefix(name, "count"): // the folder for it is named in the file
		f, err := os.OpenFile(strings.TrimSpace(string(data))+"/tries", os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err == nil {
			f.WriteString(".")
		}
		os.Exit(9)
	case strings.HasPrefix(name, "panic"):
		panic("nobody expects this")
	case strings.HasPrefix(name, "deep"):
		return golocal.Document{Text: fmt.Sprint(deep(0))}, nil
	case strings.HasPrefix(name, "eat"):
		var hoard [][]byte
		for {
			block := make([]byte, 8<<20)
			for i := range block {
				block[i] = 1
			}
			hoard = append(hoard, block)
			time.Sleep(time.Millisecond + time.Duration(len(hoard)))
		}
	case strings.HasPrefix(name, "lie"):
		return golocal.Document{Text: "short", Sections: []golocal.Section{{Span: golocal.Span{Start: 2, End: 900}}}}, nil
	case strings.HasPrefix(name, "try "):
		return golocal.Document{Type: "text", Text: attempt(strings.TrimPrefix(name, "try "), string(data))}, nil
	case strings.HasPrefix(name, "size"):
		return golocal.Document{Type: "text", Text: fmt.Sprint(len(data))}, nil
	case strings.HasPrefix(name, "long"):
		return longDocument(), nil
	case strings.HasPrefix(name, "refuse"):
		return golocal.Document{}, parse.Failed("pdf", remark.Encrypted)
	}
	return golocal.Document{Type: "text", Title: fmt.Sprint(os.Getpid()), Text: "read " + name + " " + string(data)}, nil
}

func deep(n int) int {
	var pad [4096]byte
	if n < 0 {
		return 0
	}
	return deep(n+1) + int(pad[n%4096])
}

func start(t testing.TB, command string, o Options) *Parser {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	o.Command = []string{self, command}
	c := New(o)
	t.Cleanup(func() { c.Close() })
	return c
}
