package main

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"net/http"

	"golocal/internal/remark"
	"golocal/models"
	"golocal/web"
)

// downloader is the app as web.Downloader and web.Fetcher.
type downloader struct{ a *app }

func (d downloader) Follow(ctx context.Context) iter.Seq2[[]web.Download, error] {
	return func(yield func([]web.Download, error) bool) {
		for list := range d.a.downloads.Follow(ctx) {
			if !yield(webDownloads(list), nil) {
				return
			}
		}
	}
}

func (d downloader) Start(ctx context.Context, name, what string) (web.Download, error) {
	var one models.Download
	var err error
	if name == "" {
		one, err = d.a.downloads.StartFor(ctx, models.Capability(what))
	} else {
		one, err = d.a.downloads.Start(name)
		if errors.Is(err, models.ErrName) {
			return web.Download{}, &web.Problem{Status: http.StatusBadRequest, Code: "invalid", Message: err.Error(), Remark: remark.By(err)}
		}
	}
	if err != nil {
		return web.Download{}, modelProblem(err)
	}
	return webDownload(one), nil
}

func (d downloader) Steer(_ context.Context, name string, o web.Order) (web.Download, error) {
	var one models.Download
	var err error
	switch o {
	case web.Pause:
		one, err = d.a.downloads.Pause(name)
	case web.Resume:
		one, err = d.a.downloads.Resume(name)
	case web.Cancel:
		err = d.a.downloads.Cancel(name)
		one = models.Download{Name: name, State: "cancelled"}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return web.Download{}, &web.Problem{Status: http.StatusNotFound, Code: "not_found", Message: "model " + name + " is not being downloaded", Next: "golocal models downloads lists what is"}
	}
	if err != nil {
		return web.Download{}, modelProblem(err)
	}
	return webDownload(one), nil
}

// Fetch sees to it that a model for a job is installed and in use.
func (d downloader) Fetch(ctx context.Context, what string, pull bool) iter.Seq2[web.FetchStep, error] {
	return func(yield func(web.FetchStep, error) bool) {
		err := d.fetch(ctx, models.Capability(what), pull, func(s web.FetchStep) bool { return yield(s, nil) })
		switch {
		case errors.Is(err, errLeft):
		case err != nil:
			yield(web.FetchStep{}, modelProblem(err))
		default:
			yield(web.FetchStep{Stage: string(models.StageReady)}, nil)
		}
	}
}

var errLeft = errors.New("the watcher left")

func (d downloader) fetch(ctx context.Context, job models.Capability, pull bool, step func(web.FetchStep) bool) error {
	if err := d.a.models.Refresh(ctx); err != nil {
		return err
	}
	if d.a.has(job) {
		return d.taken(ctx)
	}
	if d.a.c.config.Offline || !pull && d.a.models.Runner().Kind == "ollama" {
		// Nothing is downloaded: a copy of golocal's own is handed over, or the reason told.
		if err := d.a.models.Ensure(ctx, models.Want{Capability: job}, nil); err != nil {
			return err
		}
		return d.taken(ctx)
	}
	started, err := d.a.downloads.StartFor(ctx, job)
	if err != nil {
		return err
	}
	told := 0
	for list := range d.a.downloads.Follow(ctx) {
		var one *models.Download
		for i := range list {
			if list[i].Name == started.Name {
				one = &list[i]
			}
		}
		if one == nil {
			return errors.New("the download of " + started.Name + " was cancelled")
		}
		for told = min(told, len(one.Notes)); told < len(one.Notes); told++ {
			if !step(web.FetchStep{Stage: string(models.StagePlan), Model: one.Name, Text: one.Notes[told], Total: one.Total}) {
				return errLeft
			}
		}
		switch one.State {
		case models.DownloadDone:
			return d.taken(ctx)
		case models.DownloadFailed:
			return remark.Error(nil, remark.NoteText, one.Remark)
		case models.DownloadPaused:
			return errors.New("the download of " + one.Name + " is paused; go on: golocal models resume " + one.Name)
		}
		s := web.FetchStep{Stage: string(models.StageDownload), Model: one.Name, Done: one.Done, Total: one.Total}
		if one.Text != "" {
			s.Stage, s.Text = string(models.StageVerify), one.Text
		}
		if !step(s) {
			return errLeft
		}
	}
	return context.Cause(ctx)
}

// taken takes a new embedding model up now, so that the next file is cut by
// its vocabulary.
func (d downloader) taken(ctx context.Context) error {
	if err := d.a.useSpace(ctx); err != nil {
		return err
	}
	d.a.nudge()
	return nil
}

// has tells whether a model does the job.
func (a *app) has(job models.Capability) bool {
	if job == models.Chat {
		_, ok := a.models.ChatModel()
		return ok
	}
	_, ok := a.models.Space()
	return ok
}

func webDownloads(list []models.Download) []web.Download {
	out := make([]web.Download, len(list))
	for i, d := range list {
		out[i] = webDownload(d)
	}
	return out
}

func webDownload(d models.Download) web.Download {
	return web.Download{
		Name: d.Name, For: string(d.For), State: string(d.State), Text: d.Text, Notes: d.Notes, Reason: d.Reason,
		TextRemark: d.TextRemark, Remarks: d.Remarks, Remark: d.Remark,
		Done: d.Done, Total: d.Total, Rate: d.Rate, ETA: d.Left, Changed: d.Changed,
	}
}
