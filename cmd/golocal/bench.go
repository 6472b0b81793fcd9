package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/ollama/ollama/api"
	"github.com/spf13/cobra"

	"golocal/eval/speed"
	"golocal/models"
)

func (c *cli) benchCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "bench", Short: "Measure golocal on this machine", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(&cobra.Command{
		Use:   "models",
		Short: "Time the built-in engine against an Ollama, and golocal against its runner",
		Long: `Time the built-in engine against the Ollama at the address that --ollama names
(or where one answers), with the same model files on both sides: all-MiniLM,
SmolLM2-135M and Gemma-3-270M, fetched where they are missing. The Ollama gets
copies named golocal-bench-…, which are removed again. Then time golocal's first
words against the engine's own, and while it indexes. About six minutes; nothing
else should run meanwhile.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.benchModels(cmd.Context()) },
	})
	cmd.AddCommand(c.benchIndexCommand(), c.benchSearchCommand(), c.benchWatchCommand())
	return cmd
}

// The models of bench: small, free, and to be had from a package mirror too.
type benchModel struct{ key, name, title string }

var benchModels = []benchModel{
	{"minilm", "all-minilm", "all-MiniLM"}, {"smollm2", "smollm2:135m", "SmolLM2-135M"}, {"gemma3", "gemma3:270m-base", "Gemma-3-270M"},
}

func (c *cli) benchModels(ctx context.Context) (err error) {
	report := speed.Report{Machine: machineText(), Load: loadAverage()}
	if report.Load > 1 {
		report.Notes = append(report.Notes, fmt.Sprintf("the load average is %.1f: other programs make these figures worse than they are", report.Load))
	}
	own := *c
	own.config.Ollama = "none"
	if err := own.fetchBench(ctx, benchModels); err != nil {
		return err
	}
	bar := c.progress()
	defer bar.clear()
	engine, stop, err := own.benchEngine(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	report.Engine = engineText(ctx, engine)
	ollama, tidy, err := c.benchOllama(ctx, &report)
	if err != nil {
		return err
	}
	defer tidy()

	for _, batch := range []int{1, 32} {
		bar.phase(fmt.Sprintf("embedding, %d at once", batch))
		p, err := speed.Usual.Embed(ctx, engine, ollama, benchName("all-minilm"), batch)
		if err != nil {
			return err
		}
		report.Ratio(fmt.Sprintf("embed_ratio_%d", batch), fmt.Sprintf("embedding, all-MiniLM, 300 tokens, batch %d", batch), "tokens/s", p, 1, false)
	}
	for _, m := range benchModels[1:] {
		bar.phase(m.title)
		prompt, write, err := speed.Usual.Generate(ctx, engine, ollama, benchName(m.name))
		if err != nil {
			return err
		}
		report.Ratio("prompt_ratio_"+m.key, "reading 512 tokens, "+m.title, "tokens/s", prompt, 1, false)
		report.Ratio("generate_ratio_"+m.key, "writing 64 tokens, "+m.title, "tokens/s", write, 1, false)
	}
	bar.phase("second turn")
	first, second, err := speed.Usual.SecondTurn(ctx, engine, benchName("smollm2:135m"))
	if err != nil {
		return err
	}
	report.Ratio("second_turn_ratio", "second turn over 1,500 tokens / first, engine", "s", speed.Pair{First: second, Second: first}, .15, true)
	if err := stop(); err != nil { // golocal starts an engine of its own
		return err
	}
	bar.phase("golocal's first words")
	if err := own.benchWords(ctx, &report, bar); err != nil {
		return err
	}
	bar.clear()
	if c.asJSON {
		return c.t.json(report)
	}
	report.Print(c.t.out)
	return nil
}

// fetchBench sees to it that golocal's own store holds the models.
func (c *cli) fetchBench(ctx context.Context, wanted []benchModel) error {
	return c.withModels(ctx, func(ctx context.Context, m *models.Models) error {
		bar := c.progress()
		defer bar.clear()
		for _, b := range wanted {
			want := models.Want{Model: b.name, Capability: models.Chat, AllowPull: true}
			if b.key == "minilm" {
				want.Capability = models.Embedding
			}
			if err := m.Ensure(ctx, want, func(p models.Progress) { c.showFetch(bar, webStep(p)) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// benchName is what a bench model is called on both sides: a copy of the same
// file, made for the run.
func benchName(name string) string { return "golocal-bench-" + strings.ReplaceAll(name, ":", "-") }

// benchEngine starts an engine over a store of its own that holds the models.
func (c *cli) benchEngine(ctx context.Context) (speed.Runner, func() error, error) {
	fail := func(err error) (speed.Runner, func() error, error) {
		return speed.Runner{}, nil, fmt.Errorf("start the engine: %w", err)
	}
	exe, err := os.Executable()
	if err != nil {
		return fail(err)
	}
	dir, err := os.MkdirTemp("", "gb-") // 0700, and short enough for a socket
	if err != nil {
		return fail(err)
	}
	socket := filepath.Join(dir, "s")
	cmd := exec.Command(exe, "engine", "--socket", socket, "--store", filepath.Join(dir, "store"), "--read-only", c.paths.Models, "--offline")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return fail(err)
	}
	if err := cmd.Start(); err != nil {
		return fail(errors.Join(err, os.RemoveAll(dir)))
	}
	ended := false
	stop := func() error {
		if ended {
			return nil
		}
		ended = true
		stdin.Close()
		return errors.Join(cmd.Wait(), os.RemoveAll(dir))
	}
	dialer := &net.Dialer{}
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return dialer.DialContext(ctx, "unix", socket)
	}}
	r := speed.Runner{Name: "engine", Client: api.NewClient(&url.URL{Scheme: "http", Host: "engine"}, &http.Client{Transport: transport})}
	for range 200 {
		if _, err = r.Client.Version(ctx); err == nil {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	if err == nil {
		err = c.copyBench(ctx, r.Client)
	}
	if err != nil {
		return fail(errors.Join(err, stop()))
	}
	return r, stop, nil
}

// copyBench puts the models' files into a runner under their bench names.
func (c *cli) copyBench(ctx context.Context, client *api.Client) error {
	for _, b := range benchModels {
		path, ok := models.Weights(c.paths.Models, b.name)
		if !ok {
			return fmt.Errorf("%s is not in %s; fetch it: golocal --ollama none models pull", b.name, c.paths.Models)
		}
		if err := models.Hand(ctx, client, benchName(b.name), path); err != nil {
			return err
		}
	}
	return nil
}

// benchOllama finds the Ollama and hands it the models; without one the zero
// Runner. tidy removes them.
func (c *cli) benchOllama(ctx context.Context, report *speed.Report) (_ speed.Runner, tidy func(), err error) {
	tidy = func() {}
	m, err := models.Open(ctx, c.benchOptions())
	if err != nil {
		return speed.Runner{}, tidy, err
	}
	defer func() { err = errors.Join(err, m.Close()) }()
	r := m.Runner()
	if r.Kind != "ollama" {
		report.Notes = append(report.Notes, "no Ollama answers, so the engine is compared with nothing: start one, or name it with --ollama")
		return speed.Runner{}, tidy, nil
	}
	base, err := url.Parse(r.Address)
	if err != nil {
		return speed.Runner{}, tidy, err
	}
	client := api.NewClient(base, &http.Client{Transport: &http.Transport{Proxy: nil}})
	tidy = func() {
		clean, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
		defer cancel()
		for _, b := range benchModels {
			_ = client.Delete(clean, &api.DeleteRequest{Model: benchName(b.name)}) // it may never have been there
		}
	}
	report.Ollama = r.Version
	if err := c.copyBench(ctx, client); err != nil {
		tidy()
		return speed.Runner{}, func() {}, fmt.Errorf("hand the models to Ollama: %w", err)
	}
	return speed.Runner{Name: "Ollama", Client: client}, tidy, nil
}

// benchOptions look for an Ollama and never for the engine.
func (c *cli) benchOptions() models.Options {
	o := c.modelOptions()
	o.Executable = ""
	return o
}

func engineText(ctx context.Context, r speed.Runner) string {
	version, err := r.Client.Version(ctx)
	if err != nil {
		return "unknown"
	}
	return version
}

func machineText() string {
	cpu := ""
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if name, ok := strings.CutPrefix(line, "model name"); ok {
				cpu = ", " + strings.TrimSpace(strings.TrimLeft(name, "\t :"))
				break
			}
		}
	}
	return fmt.Sprintf("%d processors of %s/%s%s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, cpu)
}

// loadAverage is that of the last minute; -1 where it cannot be told.
func loadAverage() float64 {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return -1
	}
	var load float64
	if _, err := fmt.Sscan(string(text), &load); err != nil {
		return -1
	}
	return load
}
