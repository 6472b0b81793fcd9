package child

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"golocal"
	"golocal/ingest/parse"
	"golocal/internal/remark"
)

// Main is the parser process, the hidden command "golocal parse": it confines
// itself, sets its own limits and answers requests from stdin on stdout until stdin ends.
// Flags: --cache DIR for compiled PDF code, --memory BYTES, --seconds of
// processor time for each file; paths of programs: --tesseract and its
// --languages for OCR, --office. With --nice it takes what other programs leave of
// processor and disk.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer) error {
	flags := flag.NewFlagSet("parse", flag.ContinueOnError)
	cache := flags.String("cache", "", "folder for compiled code")
	memory := flags.Int64("memory", defaultMemory, "bytes of memory")
	seconds := flags.Int("seconds", 60, "seconds of processor time for a file")
	tesseract := flags.String("tesseract", "", "path of tesseract, which reads images")
	languages := flags.String("languages", "eng", "languages of the text in images")
	office := flags.String("office", "", "path of LibreOffice")
	nice := flags.Bool("nice", false, "leave processor and disk to other programs")
	if err := flags.Parse(args); err != nil {
		return err
	}
	confined, err := confine(*cache, *nice)
	if err != nil {
		return err
	}
	formats := &parse.Formats{Cache: *cache, Memory: *memory, Time: time.Duration(*seconds) * time.Second * 3 / 4}
	formats.Office = *office
	if *tesseract != "" {
		formats.OCR = &parse.OCR{Program: *tesseract, Languages: *languages}
	}
	defer formats.Close()
	return serve(ctx, formats, serveLimits{memory: *memory, seconds: *seconds, confined: confined}, stdin, stdout)
}

// reader reads a file; parse.Formats does, and tests have their own.
type reader interface {
	Parse(ctx context.Context, name string, data []byte) (golocal.Document, error)
}

type serveLimits struct {
	memory   int64
	seconds  int
	confined string // what holds the process, for the parent's log
}

func serve(ctx context.Context, parser reader, limits serveLimits, stdin io.Reader, stdout io.Writer) error {
	debug.SetMaxStack(64 << 20)
	debug.SetMemoryLimit(limits.memory * 8 / 10) // the rest is for the program itself
	if err := limitProcess(limits.memory); err != nil {
		return fmt.Errorf("limit the parser process: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		watchMemory(ctx, limits.memory)
	}()
	defer func() { cancel(); <-watched }()

	in, out := bufio.NewReaderSize(stdin, 64<<10), bufio.NewWriterSize(stdout, 64<<10)
	if err := errors.Join(writeHead(out, reply{Confined: limits.confined}, 0), out.Flush()); err != nil { // ready
		return err
	}
	for ctx.Err() == nil {
		err := serveOne(ctx, parser, limits, in, out)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// serveOne answers one request. Its error is io.EOF where there is none left.
func serveOne(ctx context.Context, parser reader, limits serveLimits, in io.Reader, out *bufio.Writer) error {
	var q request
	size, err := readHead(in, &q, maxBody)
	if err == io.EOF {
		return err
	}
	if err != nil {
		return fmt.Errorf("read a request: %w", err)
	}
	data, free, err := hold(size)
	if err != nil {
		return fmt.Errorf("hold a file of %d bytes: %w", size, err)
	}
	defer free()
	if _, err := io.ReadFull(in, data); err != nil {
		return fmt.Errorf("read a request's file: %w", err)
	}
	if err := limitSeconds(limits.seconds); err != nil {
		return fmt.Errorf("limit the parser process: %w", err)
	}
	answer := answerTo(ctx, parser, q.Name, data)
	if err := errors.Join(writeReply(out, answer), out.Flush()); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	return nil
}

// answerTo runs a parser and turns whatever happens into a reply.
func answerTo(ctx context.Context, parser reader, name string, data []byte) (answer reply) {
	defer func() {
		if r := recover(); r != nil {
			answer = reply{Failure: parse.Crash("", remark.BrokenStopped)}
		}
	}()
	doc, err := parser.Parse(ctx, name, data)
	var failure *parse.Failure
	switch {
	case errors.As(err, &failure):
		return reply{Failure: failure}
	case err != nil:
		return reply{Error: err.Error()}
	}
	cut(&doc, parse.MaxText)
	return reply{Document: &doc}
}
