package main

import (
	"context"
	"io"

	"golocal/web"
)

// noInbox takes no files: tests of it are made with the program itself.
type noInbox struct{}

func (noInbox) Inbox(context.Context) (web.InboxState, error) { return web.InboxState{Off: true}, nil }

func (noInbox) Inspect(_ context.Context, files []web.Arriving) ([]web.Inspected, error) {
	return make([]web.Inspected, len(files)), nil
}

func (noInbox) Put(context.Context, web.Arriving, io.Reader) (web.Arrived, error) {
	return web.Arrived{}, &web.Problem{Status: 409, Code: "inbox_off", Message: "no files are taken here"}
}
