package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"golocal/engine/runner"
)

// versionJSON is version --json.
type versionJSON struct {
	Version string `json:"version"`
	Go      string `json:"go"`
	System  string `json:"system"`
	Engine  bool   `json:"engine"` // the built-in engine is compiled in
	Commit  string `json:"commit,omitempty"`
}

func (c *cli) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			v := versionJSON{Version: version, Go: runtime.Version(), System: runtime.GOOS + "/" + runtime.GOARCH, Engine: runner.Supported()}
			if info, ok := debug.ReadBuildInfo(); ok {
				for _, s := range info.Settings {
					if s.Key == "vcs.revision" {
						v.Commit = s.Value
					}
				}
			}
			if c.asJSON {
				return c.t.json(v)
			}
			c.t.printf("golocal %s (%s, %s%s)\n", v.Version, v.Go, v.System, map[bool]string{true: ", built-in engine", false: ", no engine"}[v.Engine])
			return nil
		},
	}
}
