package models

import (
	"context"
	"errors"
	"time"

	"github.com/ollama/ollama/api"

	"golocal/internal/remark"
)

// Pull downloads a model from Ollama's registry through the runner. Errors as
// of Ensure.
func (m *Models) Pull(ctx context.Context, name string, progress func(Progress)) error {
	if progress == nil {
		progress = func(Progress) {}
	}
	if reason := remoteReason(name, "", ""); reason.Code != "" {
		return refused(name, reason)
	}
	if m.o.Offline {
		return remark.Error(ErrOffline, remark.PullFailed, name, remark.New(remark.PullOff))
	}
	c, err := m.ready(ctx)
	if err != nil {
		return err
	}
	if err := m.pull(ctx, c, name, progress); err != nil {
		return err
	}
	return m.taken(ctx, c, name, progress)
}

func (m *Models) pull(ctx context.Context, c *connection, name string, progress func(Progress)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watch := time.AfterFunc(m.t.pullStall, func() { cancel(errStall) })
	defer watch.Stop()
	f := &fault{line: maxLine, total: maxPull}
	layers := map[string][2]int64{} // done and total bytes by digest
	announced, success := int64(0), false
	err := c.client.Pull(withFault(ctx, f), &api.PullRequest{Model: name}, func(p api.ProgressResponse) error {
		success = success || p.Status == "success"
		if p.Digest == "" || p.Total == 0 {
			watch.Stop() // verifying takes as long as it takes
			if p.Status != "success" && p.Status != "pulling manifest" {
				progress(Progress{Stage: StageVerify, Model: name, Text: p.Status, Remark: remark.AsIs(p.Status)})
			} else if p.Status == "pulling manifest" {
				watch.Reset(m.t.pullStall)
			}
			return nil
		}
		if layers[p.Digest] != [2]int64{p.Completed, p.Total} {
			watch.Reset(m.t.pullStall)
		}
		layers[p.Digest] = [2]int64{p.Completed, p.Total}
		var done, total int64
		for _, l := range layers {
			done, total = done+l[0], total+l[1]
		}
		if total > announced+announced/10 { // the weights come first; what follows is small
			announced = total
			progress(Progress{Stage: StagePlan, Model: name, Total: total}.saying(remark.FromRegistry, name, total))
		}
		progress(Progress{Stage: StageDownload, Model: name, Done: done, Total: total})
		return nil
	})
	switch {
	case errors.Is(context.Cause(ctx), errStall):
		return remark.Error(nil, remark.PullStalled, name)
	case ctx.Err() != nil:
		return ctx.Err()
	case f.err != nil && err == nil:
		err = f.err
	}
	if err == nil && !success {
		err = remark.Error(nil, remark.PullBroke)
	}
	if err != nil {
		return remark.Error(err, remark.PullFailed, name, remark.Of(err))
	}
	return nil
}
