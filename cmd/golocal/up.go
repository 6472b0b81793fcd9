package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"golocal/web"
)

func (c *cli) upCommand() *cobra.Command {
	var noOpen bool
	cmd := &cobra.Command{
		Use:   "up [FOLDER…]",
		Short: "Start golocal, watch the folders and open the page",
		Long: `Start golocal in this terminal, watch the folders and open the page. Where a
golocal runs already, add the folders to it and open its page.`,
		RunE: func(cmd *cobra.Command, args []string) error { return c.up(cmd.Context(), args, !noOpen) },
	}
	cmd.Flags().BoolVar(&noOpen, "no-open", false, "do not open a browser; print the address only")
	return cmd
}

func (c *cli) serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Keep the index current and serve the page, without opening it",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.up(cmd.Context(), nil, false) },
	}
}

func (c *cli) openCommand() *cobra.Command {
	var noOpen bool
	cmd := &cobra.Command{
		Use:   "open",
		Short: "Open the page of the running golocal",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := c.daemon(cmd.Context())
			if err != nil {
				return err
			}
			if s == nil {
				return exitStatus{exitNoDaemon, "golocal: no golocal runs; start it: golocal up"}
			}
			defer s.close()
			return c.openPage(cmd.Context(), s, !noOpen)
		},
	}
	cmd.Flags().BoolVar(&noOpen, "no-open", false, "print the address only")
	return cmd
}

func (c *cli) up(ctx context.Context, args []string, open bool) (err error) {
	s, a, err := c.daemonOrApp(ctx, false)
	if err != nil {
		return err
	}
	if s != nil { // another golocal does the work
		defer func() { err = errors.Join(err, s.close()) }()
		for _, f := range args {
			root, err := c.addFolder(ctx, s, f)
			if err != nil {
				return err
			}
			c.t.printf("watching %s\n", printableName(root.Path))
		}
		c.t.notef("a golocal runs already; it has the work\n")
		return c.openPage(ctx, s, open)
	}

	defer func() { err = errors.Join(err, a.close()) }()
	ln, err := listenPage(c.config.Listen)
	if err != nil {
		return err
	}
	local, err := listenLocal(c.paths.socket())
	if err != nil {
		ln.Close()
		return err
	}
	defer os.Remove(c.paths.socket())
	address := ln.Addr().String()
	if err := os.WriteFile(c.addressFile(), []byte(address+"\n"), 0o600); err != nil {
		ln.Close()
		local.Close()
		return fmt.Errorf("record the page's address: %w", err)
	}
	defer os.Remove(c.addressFile())

	if m, ok := a.models.ChatModel(); ok && !m.Tiny { // its answers will be asked for
		a.models.PromptCounter(m).Prepare()
	}
	g, group := errgroup.WithContext(ctx)
	g.Go(func() error { return a.run(group, local, true) })
	g.Go(func() error { return web.Serve(group, ln, a.server.Handler(address)) })
	g.Go(func() error {
		s, err := c.daemon(group)
		if err != nil {
			return err
		}
		if s == nil {
			return errors.New("the daemon's own socket does not answer")
		}
		defer s.close()
		return c.welcome(group, s, args, open)
	})
	err = g.Wait()
	if ctx.Err() != nil { // asked to stop: what broke off because of it is no error
		err = nil
	}
	if err == nil {
		c.t.notef("golocal stopped\n")
	}
	return err
}

// welcome adds the folders, prints the address, and shows the first fetching
// and indexing. The page works from the start.
func (c *cli) welcome(ctx context.Context, s *session, args []string, open bool) error {
	for _, f := range args {
		if _, err := c.addFolder(ctx, s, f); err != nil {
			return err
		}
	}
	if err := c.openPage(ctx, s, open); err != nil {
		return err
	}
	if err := c.needModels(ctx, s, false, true); err != nil {
		return err
	}
	if err := c.syncAll(ctx, s, nil, false); err != nil {
		if _, refused := refusalExit(err); !refused {
			return err
		}
		c.t.notef("%s\n", warn.Render(printable(err.Error()))) // the daemon goes on trying
	}
	roots, err := s.Roots(ctx)
	if err != nil {
		return err
	}
	for _, r := range roots {
		c.t.printf("watching %s  %s\n", printableName(r.Path), faint.Render(countsText(r.Documents, r.Chunks)))
	}
	if len(roots) == 0 {
		c.t.notef("no folder is watched yet; add one on the page, or: golocal add FOLDER\n")
	}
	c.t.notef("%s\n", faint.Render("Ctrl-C stops it"))
	return nil
}

// openPage prints the page's address with a code that signs one browser in,
// and opens it.
func (c *cli) openPage(ctx context.Context, s *session, open bool) error {
	address, err := os.ReadFile(c.addressFile())
	if err != nil {
		return fmt.Errorf("find the page's address: %w", err)
	}
	code, err := s.Code(ctx)
	if err != nil {
		return err
	}
	url := "http://" + strings.TrimSpace(string(address)) + "/#code=" + code
	c.t.printf("page: %s\n", bold.Render(url))
	if open {
		if err := openBrowser(url); err != nil {
			c.t.notef("no browser could be opened (%v); open the address yourself\n", err)
		}
	}
	return nil
}

func (c *cli) addressFile() string { return filepath.Join(c.paths.Run, "address") }

// listenPage listens on a loopback address, and where the default port is
// taken on the next free one.
func listenPage(address string) (net.Listener, error) {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return nil, usagef("listen %q: give an address and a port, like 127.0.0.1:7654", address)
	}
	if !at.Addr().IsLoopback() {
		return nil, usagef("listen %s: the page is for this machine only; use 127.0.0.1", address)
	}
	ln, err := net.Listen("tcp", address)
	for port := at.Port() + 1; err != nil && address == defaultConfig().Listen && port < at.Port()+20; port++ {
		ln, err = net.Listen("tcp", netip.AddrPortFrom(at.Addr(), port).String())
	}
	if err != nil {
		return nil, fmt.Errorf("listen for the page: %w; set listen to another port in config.yaml", err)
	}
	return ln, nil
}
