package main

import (
	"github.com/spf13/cobra"

	"golocal/engine"
	"golocal/ingest/child"
)

// engineCommand is the built-in model runner, started by golocal itself.
func (c *cli) engineCommand() *cobra.Command {
	return &cobra.Command{
		Use: "engine", Hidden: true, DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error { return engine.Main(cmd.Context(), args) },
	}
}

// parseCommand is the parser child, started by golocal itself.
func (c *cli) parseCommand() *cobra.Command {
	return &cobra.Command{
		Use: "parse", Hidden: true, DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			return child.Main(cmd.Context(), args, c.t.in, c.t.out)
		},
	}
}
