package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"path"
	"path/filepath"
	"sync"

	"golocal"
	"golocal/inbox"
	"golocal/ingest/parse"
	"golocal/internal/headroom"
	"golocal/watch"
	"golocal/web"
)

// postbox is the app as web.Inbox.
type postbox struct {
	a   *app
	box *inbox.Inbox // nil: no files are taken

	adding sync.Mutex // held while the folder is made and added
}

// openPostbox finds where the inbox is; nothing is written before a file comes.
func openPostbox(a *app) (*postbox, error) {
	folder, err := a.c.config.inboxFolder()
	if err != nil || folder == "" {
		return &postbox{a: a}, err
	}
	return &postbox{a: a, box: inbox.New(inbox.Options{Folder: folder, Most: a.c.config.MaxFileMB << 20, Refuse: unwanted, Free: headroom.Disk})}, nil
}

// unwanted tells why a file is not worth copying: it would never be indexed.
func unwanted(name string, head []byte) golocal.Remark {
	if why := watch.Never(name); why.Code != "" || len(head) == 0 {
		return why
	}
	return parse.Unreadable(path.Base(name), head)
}

var errInboxOff = &web.Problem{Status: http.StatusConflict, Code: "inbox_off", Message: "golocal takes no files here: inbox is off in its config", Next: "add the folder that they lie in"}

func (p *postbox) Inbox(ctx context.Context) (web.InboxState, error) {
	if p.box == nil || p.a.index.ReadOnly() {
		return web.InboxState{Off: true}, nil
	}
	st := web.InboxState{Folder: p.box.Folder(), Name: filepath.Base(p.box.Folder()), Most: p.box.Most()}
	root, err := p.watched(ctx)
	st.Root = root.ID
	return st, err
}

// watched is the inbox as a root, the zero Root while it is none.
func (p *postbox) watched(ctx context.Context) (golocal.Root, error) {
	clean := p.box.Folder()
	if real, err := filepath.EvalSymlinks(clean); err == nil {
		clean = real
	}
	roots, err := p.a.index.Roots(ctx)
	if err != nil {
		return golocal.Root{}, err
	}
	for _, r := range roots {
		if r.Path == clean {
			return r, nil
		}
	}
	return golocal.Root{}, nil
}

func (p *postbox) Inspect(_ context.Context, files []web.Arriving) ([]web.Inspected, error) {
	if p.box == nil {
		return nil, errInboxOff
	}
	list := make([]web.Inspected, len(files))
	for i, f := range files {
		clean, err := p.box.Check(f.Path, f.Size, f.Head)
		list[i].Path = clean
		if r, ok := errors.AsType[*inbox.Refused](err); ok {
			list[i].Remark = r.Said
		}
		if err = p.refusal(f.Path, err); err != nil {
			if !errors.As(err, &list[i].Problem) {
				return nil, err
			}
		}
	}
	return list, nil
}

func (p *postbox) Put(ctx context.Context, f web.Arriving, content io.Reader) (web.Arrived, error) {
	if p.box == nil {
		return web.Arrived{}, errInboxOff
	}
	if p.a.index.ReadOnly() {
		return web.Arrived{}, &web.Problem{Status: http.StatusConflict, Code: "read_only", Message: "the index is read-only, so that no file can be added", Next: "golocal doctor tells why"}
	}
	in := bufio.NewReaderSize(content, 64<<10)
	head, err := in.Peek(4096)
	if err != nil && err != io.EOF {
		return web.Arrived{}, err
	}
	if _, err := p.box.Check(f.Path, f.Size, head); err != nil { // before there is a folder for it
		return web.Arrived{}, p.refusal(f.Path, err)
	}
	root, added, err := p.root(ctx)
	if err != nil {
		return web.Arrived{}, err
	}
	placed, err := p.box.Put(ctx, inbox.File{Path: f.Path, Size: f.Size, Modified: f.Modified, Content: in})
	return web.Arrived{Path: placed.Path, There: placed.There, Root: root, New: added}, p.refusal(f.Path, err)
}

// root is the inbox as a watched folder; it makes the folder and adds it if need be.
func (p *postbox) root(ctx context.Context) (root golocal.Root, added bool, err error) {
	p.adding.Lock()
	defer p.adding.Unlock()
	if _, err := p.box.Open(); err != nil {
		return root, false, p.refusal("", err)
	}
	if root, err = p.watched(ctx); err != nil || root.ID != 0 {
		return root, false, err
	}
	root, err = folders{p.a}.Add(ctx, p.box.Folder(), golocal.Rules{})
	if errors.Is(err, fs.ErrExist) { // somebody else was quicker
		return root, false, nil
	}
	return root, err == nil, err
}

// refusal words what the inbox says of a file.
func (p *postbox) refusal(file string, err error) error {
	if r, ok := errors.AsType[*inbox.Refused](err); ok {
		return web.RefusedFile(file, r.Said, r.Size)
	}
	switch {
	case errors.Is(err, inbox.ErrFull):
		return &web.Problem{Status: http.StatusInsufficientStorage, Code: "disk_full", Message: fmt.Sprintf("%s: %v", path.Base(file), err), Next: "make room on the disk that " + p.box.Folder() + " lies on, then try again"}
	case errors.Is(err, fs.ErrPermission):
		return &web.Problem{Status: http.StatusForbidden, Code: "permission", Message: err.Error(), Next: "let your user write to " + p.box.Folder() + ", or set another inbox in the config"}
	}
	return err
}

var _ web.Inbox = (*postbox)(nil)
