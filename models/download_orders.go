package models

import (
	"context"
	"fmt"
	"io/fs"
	"time"

	"github.com/ollama/ollama/types/model"

	"golocal"
)

// Start begins or goes on with the download of a model. One that runs already
// is left to it. Errors: ErrOffline, ErrRefused, and a name that is none.
func (d *Downloads) Start(name string) (Download, error) {
	switch {
	case isPath(name):
		return Download{}, fmt.Errorf("%s is a file and %w; take it in with: golocal models import %s", name, ErrName, name)
	case !model.ParseName(name).IsValid():
		return Download{}, fmt.Errorf("%q is %w; names look like qwen3:4b or hf.co/owner/model", name, ErrName)
	}
	if reason := remoteReason(name, "", ""); reason.Code != "" {
		return Download{}, refused(name, reason)
	}
	return d.start(name, "")
}

// StartFor begins the download of the model that golocal would choose for a
// job, as Ensure does.
func (d *Downloads) StartFor(ctx context.Context, c Capability) (Download, error) {
	name, err := d.choose(ctx, c)
	if err != nil {
		return Download{}, err
	}
	return d.start(name, c)
}

func (d *Downloads) start(name string, c Capability) (Download, error) {
	if d.offline {
		return Download{}, fmt.Errorf("download %s: %w; allow downloads (offline: false), or take in a file: golocal models import FILE", name, ErrOffline)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.find(name)
	if t != nil && t.State == DownloadDone { // it may have been removed since
		d.drop(t)
		t = nil
	}
	if t == nil {
		t = &transfer{Download: Download{Name: shortName(name), For: c}}
		d.list = append(d.list, t)
		d.become(t, DownloadWaiting, golocal.Remark{})
	}
	return d.goOn(t), nil
}

// goOn sets a transfer to work if it is not; d.mu is held.
func (d *Downloads) goOn(t *transfer) Download {
	if !t.Active() || t.held || !t.notYet.IsZero() {
		t.held, t.gone, t.tries, t.best, t.notYet = false, false, 0, 0, time.Time{}
		if t.State != DownloadRunning {
			t.say(golocal.Remark{})
			d.become(t, DownloadWaiting, golocal.Remark{})
		}
	}
	d.save()
	d.nudge()
	return d.now(t, time.Now())
}

// Pause stops a download and keeps what has come. The error is
// [fs.ErrNotExist] for a model that is not being downloaded.
func (d *Downloads) Pause(name string) (Download, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.find(name)
	switch {
	case t == nil:
		return Download{}, noDownload(name)
	case t.State == DownloadDone:
		return Download{}, fmt.Errorf("%s has been downloaded already", name)
	case t.State != DownloadPaused:
		t.held = false
		d.become(t, DownloadPaused, golocal.Remark{})
		t.say(golocal.Remark{})
		if t.halt != nil {
			t.halt()
		}
		d.save()
	}
	return d.now(t, time.Now()), nil
}

// Resume goes on with a download that is paused or has failed. Errors as of
// Pause, and ErrOffline.
func (d *Downloads) Resume(name string) (Download, error) {
	if d.offline {
		return Download{}, fmt.Errorf("download %s: %w", name, ErrOffline)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.find(name)
	switch {
	case t == nil:
		return Download{}, noDownload(name)
	case t.State == DownloadDone:
		return d.now(t, time.Now()), nil
	}
	return d.goOn(t), nil
}

// Cancel stops a download and forgets it. Errors as of Pause.
func (d *Downloads) Cancel(name string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.find(name)
	if t == nil {
		return noDownload(name)
	}
	if t.busy {
		t.gone = true
		d.become(t, DownloadPaused, golocal.Remark{})
		if t.halt != nil {
			t.halt()
		}
	} else {
		d.drop(t)
	}
	d.save()
	return nil
}

func noDownload(name string) error {
	return fmt.Errorf("model %s is not being downloaded: %w", name, fs.ErrNotExist)
}

// find returns the transfer of a model; d.mu is held.
func (d *Downloads) find(name string) *transfer {
	for _, t := range d.list {
		if sameModel(t.Name, name) {
			return t
		}
	}
	return nil
}
