package main

import (
	"context"
	"math"

	"golocal"
	"golocal/index"
	"golocal/internal/headroom"
	"golocal/watch"
	"golocal/web"
)

// Status gathers what every room says of itself.
func (d daemon) Status(ctx context.Context) (web.Status, error) {
	st := web.Status{Version: version, State: web.Settled, Queue: d.queue(), Roots: []web.RootStatus{}, Offline: d.a.c.config.Offline, Folder: d.a.c.paths.Data}
	if st.Queue.Waiting+st.Queue.Working > 0 {
		st.State = web.Indexing
	}
	st.History = d.a.archive.status(ctx)
	// What of a damaged index cannot be read is left out: the status tells that it is damaged.
	stats, err := d.a.index.Stats(ctx)
	if err := d.a.whole(err); err != nil {
		return st, err
	}
	st.Index = indexStatus(stats, d.a.left())
	st.Index.Building, err = d.a.building(ctx)
	if err := d.a.whole(err); err != nil {
		return st, err
	}
	roots, err := d.a.index.Roots(ctx)
	if err := d.a.whole(err); err != nil {
		return st, err
	}
	watched := map[int64]watch.RootState{}
	for _, s := range d.a.watcher.Status() {
		watched[s.Root.ID] = s
	}
	counted := map[int64]index.RootStats{}
	for _, s := range stats.Roots {
		counted[s.Root.ID] = s
	}
	for _, r := range roots {
		of := counted[r.ID]
		root := web.RootStatus{
			Root: r, State: web.Settled, Chunks: of.Chunks,
			Documents: web.Counts{
				Ready: of.Documents[golocal.StateReady], Partly: of.Partly, NoText: of.Documents[golocal.StateNoText], Failed: of.Documents[golocal.StateFailed],
				Skipped: of.Documents[golocal.StateSkipped], Unsupported: of.Documents[golocal.StateUnsupported],
				Unstable: of.Documents[golocal.StateUnstable],
			},
		}
		if s, ok := watched[r.ID]; ok {
			root.Reason, root.Remark, root.Waiting = s.Reason, s.Remark, s.Pending
			if root.State = rootState(r, s); root.State == web.Indexing {
				st.State = web.Indexing
			}
		}
		st.Roots = append(st.Roots, root)
	}
	if d.a.rest.all(roots, nil) {
		st.State = web.Paused
	}
	st.Models, err = d.models(ctx)
	st.Index.Trouble = d.a.trouble()
	return st, d.a.whole(err)
}

// rootState is how a folder stands that the watcher has.
func rootState(r golocal.Root, s watch.RootState) string {
	switch {
	case s.State == watch.Missing:
		return web.Missing
	case r.Paused:
		return web.Paused
	case s.State == watch.Scanning || s.Pending > 0:
		return web.Indexing
	}
	return web.Settled
}

// left is what this machine has left for the index.
func (a *app) left() index.Machine {
	disk, _ := headroom.Disk(a.c.paths.Data)
	return index.Machine{Memory: int64(min(headroom.Memory(), math.MaxInt64)), Disk: int64(min(disk, math.MaxInt64)), Small: a.c.config.Memory == "small"}
}

// indexStatus tells what the index holds, what that takes, and how far it can
// grow.
func indexStatus(s index.Stats, m index.Machine) web.Index {
	l := s.Limits(m)
	out := web.Index{
		Documents: total(s.Documents), Chunks: s.Chunks, Vectors: s.Vectors, Missing: s.Missing, Bytes: s.DiskBytes,
		TextBytes: s.TextBytes, VectorBytes: s.VectorBytes, PostingBytes: s.PostingBytes, MemoryBytes: s.MemoryBytes, Advice: l.Advice,
	}
	if l.Chunks >= 0 {
		out.Room = &web.Room{Chunks: l.Chunks, Short: l.Short}
	}
	return out
}

func total(states map[golocal.State]int) int {
	n := 0
	for _, count := range states {
		n += count
	}
	return n
}
