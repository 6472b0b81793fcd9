package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"golocal/engine/runner"
	"golocal/index"
)

// finding is one line of golocal doctor.
type finding struct {
	Level string `json:"level"` // "ok", "warning" or "error"
	What  string `json:"what"`
	Says  string `json:"says"`
	Next  string `json:"next_step,omitempty"`
}

func (c *cli) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Look at everything golocal needs, and say what to do where something is wrong",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			findings := c.examine(cmd.Context())
			failed := 0
			for _, f := range findings {
				if f.Level == "error" {
					failed++
				}
			}
			if c.asJSON {
				if err := c.t.json(findings); err != nil {
					return err
				}
			} else {
				c.printFindings(findings)
			}
			if failed > 0 {
				return exitStatus{exitError, fmt.Sprintf("golocal: %s to mend", plural(failed, "thing"))}
			}
			return nil
		},
	}
}

func (c *cli) printFindings(findings []finding) {
	shapes := map[string]string{"ok": good.Render("✓"), "warning": warn.Render("!"), "error": bad.Render("✗")}
	for _, f := range findings {
		c.t.printf("%s %-10s %s\n", shapes[f.Level], f.What, printable(f.Says))
		if f.Next != "" {
			c.t.printf("%13s%s\n", "→ ", printable(f.Next))
		}
	}
}

func (c *cli) examine(ctx context.Context) []finding {
	out := []finding{{"ok", "program", fmt.Sprintf("golocal %s, %s, %s/%s", version, runtime.Version(), runtime.GOOS, runtime.GOARCH), ""}}
	out = append(out, c.examineFolders()...)
	s, err := c.connect(ctx)
	if err != nil {
		return append(out, finding{"error", "index", err.Error(), ""})
	}
	defer s.close()
	if s.app == nil {
		address, _ := os.ReadFile(c.addressFile())
		out = append(out, finding{"ok", "daemon", "runs; its page is http://" + strings.TrimSpace(string(address)) + ", golocal open signs a browser in", ""})
	} else {
		out = append(out, finding{"ok", "daemon", "none runs; commands work without, golocal up keeps the index current", ""})
	}
	out = append(out, c.examineIndex(ctx, s)...)
	out = append(out, c.examineModels(ctx)...)
	out = append(out, c.examineCopies()...)
	if s.app == nil { // what happened since it started only the daemon knows
		if st, err := s.Status(ctx); err == nil {
			out = append(out, examineSwaps(st.Models.Swaps.Text, st.Models.Swaps.Next, st.Models.Swaps.Crashes)...)
		}
	}
	out = append(out, c.examineAids(ctx)...)
	return append(out, c.examineSystem()...)
}

// examineFolders tells where golocal writes and whether it can.
func (c *cli) examineFolders() []finding {
	var out []finding
	for _, f := range []struct{ what, path string }{
		{"config", filepath.Dir(c.paths.Config)}, {"data", c.paths.Data}, {"models", c.paths.Models}, {"cache", c.paths.Cache}, {"run", c.paths.Run},
	} {
		probe, err := os.CreateTemp(f.path, ".doctor-*")
		if err != nil {
			out = append(out, finding{"error", f.what, err.Error(), "give this user write permission on the folder, or set GOLOCAL_HOME"})
			continue
		}
		probe.Close()
		os.Remove(probe.Name())
		out = append(out, finding{"ok", f.what, f.path, ""})
	}
	return out
}

func (c *cli) examineIndex(ctx context.Context, s *session) []finding {
	st, err := s.Status(ctx)
	if err != nil {
		return []finding{{"error", "index", err.Error(), ""}}
	}
	var out []finding
	if s.app != nil {
		if report, err := s.app.index.Check(ctx, index.CheckOptions{}); err != nil {
			out = append(out, finding{"error", "index", err.Error(), ""})
		} else if len(report.Problems) > 0 {
			out = append(out, finding{"error", "index", fmt.Sprintf("%s; the first: %s", plural(len(report.Problems), "problem"), report.Problems[0].Text), "golocal check --deep lists them"})
		}
	}
	if len(out) == 0 {
		out = append(out, finding{"ok", "index", fmt.Sprintf("%s, %s, %s", plural(st.Index.Documents, "document"), plural(st.Index.Chunks, "passage"), bytesText(st.Index.Bytes)), ""})
	}
	if st.Index.Advice != "" {
		out = append(out, finding{"warning", "room", st.Index.Advice, ""})
	}
	if st.Index.Missing > 0 {
		out = append(out, finding{"warning", "vectors", plural(st.Index.Missing, "passage") + " wait for the embedding model; keywords find them", ""})
	}
	if len(st.Roots) == 0 {
		out = append(out, finding{"warning", "folders", "none is watched", "golocal add FOLDER"})
	}
	for _, r := range st.Roots {
		f := finding{"ok", "folder", fmt.Sprintf("%s: %s", r.Path, countsText(r.Documents, r.Chunks)), ""}
		if r.Reason != "" {
			f.Level, f.Says = "warning", r.Path+": "+r.Reason
		} else if r.Documents.Failed > 0 {
			f.Level, f.Next = "warning", "golocal status --failed names the files and the reasons"
		}
		out = append(out, f)
	}
	return out
}

func (c *cli) examineSystem() []finding {
	var out []finding
	if lack, ok := errors.AsType[*runner.Lack](runner.Usable()); ok {
		out = append(out, finding{"warning", "engine", lack.Of, lack.Next})
	}
	if data, err := os.ReadFile("/proc/sys/fs/inotify/max_user_watches"); err == nil {
		n := 0
		fmt.Sscan(string(data), &n)
		f := finding{"ok", "watches", fmt.Sprintf("up to %d folders by events", n), ""}
		if n < 65536 {
			f.Level, f.Next = "warning", "raise it: sudo sysctl fs.inotify.max_user_watches=524288; folders beyond it are compared every few seconds instead"
		}
		out = append(out, f)
	}
	return out
}
