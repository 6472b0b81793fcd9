package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"syscall"

	"golocal"
	"golocal/index"
	"golocal/web"
)

// refusals are the ways an index can refuse: the exit code of each, and its code
// on the way through the HTTP interface.
var refusals = []struct {
	err  error
	exit int
	code string
}{
	{index.ErrLocked, exitLocked, "index_locked"},
	{index.ErrDamaged, exitDamaged, "index_damaged"},
	{index.ErrNewer, exitNewer, "index_newer"},
	{index.ErrFull, exitFull, "disk_full"},
	{index.ErrReadOnly, exitReadOnly, "read_only"},
	{syscall.ENOSPC, exitFull, "disk_full"},
	{syscall.EROFS, exitReadOnly, "read_only"},
}

// refusalExit is the exit code of an error of the index, wherever it comes from.
func refusalExit(err error) (int, bool) {
	p, over := errors.AsType[*web.Problem](err)
	for _, r := range refusals {
		if errors.Is(err, r.err) || over && p.Code == r.code {
			return r.exit, true
		}
	}
	return 0, false
}

// refusal makes an error of the index one that keeps its kind on the way to the
// command line.
func refusal(err error) error {
	for _, r := range refusals {
		if errors.Is(err, r.err) {
			return &web.Problem{Status: http.StatusInsufficientStorage, Code: r.code, Message: err.Error()}
		}
	}
	return err
}

// openIndex opens the index, and where its folder cannot be written only for
// reading, if that is enough.
func (c *cli) openIndex(reading bool) (*index.Index, error) {
	o := c.indexOptions()
	x, err := index.Open(c.paths.Data, o)
	if !reading || !errors.Is(err, index.ErrReadOnly) {
		return x, err
	}
	o.ReadOnly = true
	x, ro := index.Open(c.paths.Data, o)
	if ro != nil {
		return nil, err
	}
	if !c.quiet {
		c.t.notef("%s\n", warn.Render("the index cannot be written: what it holds is used as it is, and nothing new is read; to change that, give this user write permission on "+printable(c.paths.Data)))
	}
	return x, nil
}

// scratch moves golocal's folders for passing files that cannot be written
// either to a private one, and returns that, "" where there was no need.
func (c *cli) scratch() (string, error) {
	dir := ""
	for _, place := range []*string{&c.paths.Run, &c.paths.Cache} {
		probe, err := os.CreateTemp(*place, ".golocal-*")
		if err == nil {
			if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
				return dir, err
			}
			continue
		}
		if dir == "" {
			if dir, err = os.MkdirTemp("", "golocal-"); err != nil {
				return "", fmt.Errorf("make a folder for passing files: %w", err)
			}
		}
		*place = dir
	}
	return dir, nil
}

// patient is an error of the index that time heals: the change that met it
// waits in the queue, however often it is tried.
type patient struct{ error }

// Is makes the queue treat it as it treats a runner that is away.
func (p patient) Is(target error) bool { return target == golocal.ErrUnavailable }

func (p patient) Unwrap() error { return p.error }

// known makes the errors of the index ones that keep their kind on the way to
// the page and the command line, and remembers damage.
func (a *app) known(err error) error {
	if code, ok := refusalExit(err); ok && code == exitDamaged {
		a.damaged.Store(true)
	}
	return refusal(err)
}

// whole drops the error of a damaged index, which trouble tells instead.
func (a *app) whole(err error) error {
	if errors.Is(err, index.ErrDamaged) {
		a.damaged.Store(true)
		return nil
	}
	return err
}

// trouble is what the status tells of the index, nil while there is none.
func (a *app) trouble() *web.Trouble {
	var why error
	if a.damaged.Load() || a.index.Damaged() {
		why = index.ErrDamaged
	} else if refused := a.refused.Load(); refused != nil {
		why = *refused
	}
	for _, r := range refusals {
		if errors.Is(why, r.err) {
			return &web.Trouble{Code: r.code, Text: r.err.Error()}
		}
	}
	return nil
}

// stored is whether changes reach the index: why not, or nil.
func (a *app) stored(err error) error {
	if errors.Is(err, index.ErrFull) || errors.Is(err, index.ErrReadOnly) || errors.Is(err, index.ErrLocked) {
		a.refused.Store(&err)
		return patient{err}
	}
	if err == nil {
		a.refused.Store(nil)
	}
	if errors.Is(err, index.ErrDamaged) {
		a.damaged.Store(true)
	}
	return err
}
