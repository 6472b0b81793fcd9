package models

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// nvidiaPatience is how long nvidia-smi may take: it wakes up the card first.
const nvidiaPatience = 4 * time.Second

// askNvidia lists NVIDIA's GPUs by the tool of their driver. The reason says
// why that gave nothing; both are empty where there is no such tool.
func askNvidia(ctx context.Context, patience time.Duration) (_ []GPU, reason golocal.Remark) {
	path, err := exec.LookPath("nvidia-smi")
	if err != nil {
		return nil, golocal.Remark{}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "--query-gpu=name,memory.total,memory.free,driver_version", "--format=csv,noheader,nounits")
	cmd.WaitDelay = time.Second
	var out short
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		return nil, remark.New(remark.ToolDoesNotStart, err)
	}
	done := make(chan error, 1)
	// Not joined: a driver that hangs keeps the process, and whoever waits for
	// it, in a sleep that no signal ends.
	go func() { done <- cmd.Wait() }()
	select {
	case err = <-done:
	case <-ctx.Done():
		select {
		case err = <-done:
		case <-time.After(100 * time.Millisecond):
			return nil, remark.New(remark.ToolSilent, patience)
		}
	}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return nil, remark.New(remark.ToolSilent, patience)
	}
	said := out.String()
	if strings.Contains(said, "No devices were found") {
		return nil, remark.New(remark.ToolNoDevice)
	}
	if err != nil {
		line, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
		if line == "" {
			line = err.Error()
		}
		return nil, remark.New(remark.ToolFails, strings.TrimSuffix(line, "."))
	}
	gpus, err := parseNvidia(said)
	if err != nil {
		return nil, remark.New(remark.ToolUnreadable, err)
	}
	return gpus, golocal.Remark{}
}

// parseNvidia reads lines of name, memory and free memory in MiB, and the
// driver's version. Numbers that a card does not tell are 0.
func parseNvidia(text string) ([]GPU, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord, r.TrimLeadingSpace, r.LazyQuotes = 4, true, true
	var gpus []GPU
	for {
		line, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		g := GPU{Name: strings.TrimSpace(line[0]), Memory: mebibytes(line[1]), Free: mebibytes(line[2]), Driver: strings.TrimSpace(line[3])}
		if g.Name == "" {
			return nil, errors.New("a GPU has no name")
		}
		if !strings.Contains(g.Name, "NVIDIA") {
			g.Name = "NVIDIA " + g.Name
		}
		if strings.HasPrefix(g.Driver, "[") {
			g.Driver = ""
		}
		gpus = append(gpus, g)
	}
	if len(gpus) == 0 {
		return nil, errors.New("it lists no GPU")
	}
	return gpus, nil
}

func mebibytes(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 || n > 1<<30 {
		return 0
	}
	return n << 20
}

// short keeps the first 64 KiB of what is written to it.
type short struct{ bytes.Buffer }

func (s *short) Write(p []byte) (int, error) {
	s.Buffer.Write(p[:min(len(p), max(0, 64<<10-s.Len()))])
	return len(p), nil
}
