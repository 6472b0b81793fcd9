package main

import (
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how work goes on: a bar with rate and time left on a
// terminal, a plain line every few seconds elsewhere. A nil progress shows
// nothing.
type progress struct {
	t     terminal
	live  bool
	bar   *progressbar.ProgressBar
	total int64
	name  string
	last  time.Time
	began time.Time
	bytes bool
	items string // what is counted where it is no bytes; "" is files
}

func newProgress(t terminal) *progress {
	return &progress{t: t, live: isTerminal(t.err), began: time.Now()}
}

// set shows done of total; both may grow. bytes says what is counted.
func (p *progress) set(name string, done, total int64, bytes bool) {
	if p == nil || total <= 0 {
		return
	}
	if !p.live {
		if name != p.name {
			p.began, p.last, p.name = time.Now(), time.Time{}, name
		}
		switch {
		case time.Since(p.began) < time.Second && !bytes: // quick work needs no words
			return
		case done < total && time.Since(p.last) < 5*time.Second:
			return
		case done >= total && (p.last.IsZero() || p.total == total && p.last.Equal(finished)):
			return
		}
		p.last, p.total = time.Now(), total
		p.t.notef("%s: %s\n", printable(name), amount(done, total, bytes, time.Since(p.began)))
		if done >= total {
			p.last = finished
		}
		return
	}
	if p.bar == nil || p.name != name || p.bytes != bytes {
		p.clear()
		p.name, p.bytes, p.total = name, bytes, total
		p.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(p.t.err),
			progressbar.OptionSetDescription(printable(name)),
			progressbar.OptionShowBytes(bytes),
			progressbar.OptionShowCount(),
			progressbar.OptionShowIts(),
			progressbar.OptionSetItsString(orText(p.items, "files")),
			progressbar.OptionSetPredictTime(true),
			progressbar.OptionSetWidth(24),
			progressbar.OptionThrottle(80*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	if p.total != total {
		p.total = total
		p.bar.ChangeMax64(total)
	}
	_ = p.bar.Set64(min(done, total))
}

// finished marks a piece of work whose last line was printed.
var finished = time.Unix(1, 0)

// amount writes "12 of 40, 3.1/s, 9s left" or the same in bytes.
func amount(done, total int64, bytes bool, took time.Duration) string {
	count := func(n int64) string {
		if bytes {
			return bytesText(n)
		}
		return fmt.Sprint(n)
	}
	s := count(done) + " of " + count(total)
	seconds := took.Seconds()
	if done == 0 || seconds < 0.5 {
		return s
	}
	rate := float64(done) / seconds
	switch {
	case bytes:
		s += ", " + bytesText(int64(rate)) + "/s"
	case rate >= 1:
		s += fmt.Sprintf(", %.0f/s", rate)
	}
	if done < total {
		left := time.Duration(float64(total-done) / rate * float64(time.Second))
		s += ", " + left.Round(time.Second).String() + " left"
	}
	return s
}

// phase shows what is being done where nothing can be counted.
func (p *progress) phase(text string) {
	if p == nil || !p.live {
		return
	}
	p.clear()
	p.t.notef("\r\x1b[K%s", faint.Render(printable(cut(text, width(p.t.err)-1))))
	p.name = text
}

// clear takes the bar off the screen.
func (p *progress) clear() {
	if p == nil || !p.live {
		return
	}
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
	p.t.notef("\r\x1b[K")
	p.name = ""
}
