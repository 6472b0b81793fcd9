package main

import (
	"context"

	"golocal/chat"
	"golocal/web"
)

// unread are the folders of which not all can be found now, for who gets no answer.
func (a *app) unread(ctx context.Context) ([]chat.Folder, error) {
	roots, err := a.index.Roots(ctx)
	if err != nil {
		return nil, err
	}
	states := map[string]string{web.Paused: chat.FolderPaused, web.Missing: chat.FolderMissing, web.Indexing: chat.FolderIndexing}
	var out []chat.Folder
	for _, s := range a.watcher.Status() {
		for _, r := range roots {
			if state := states[rootState(r, s)]; r.ID == s.Root.ID && state != "" {
				out = append(out, chat.Folder{Root: r.ID, Path: r.Path, State: state, Left: s.Pending})
			}
		}
	}
	return out, nil
}
