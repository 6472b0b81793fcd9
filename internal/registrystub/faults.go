package registrystub

import (
	"net/http"
	"time"
)

// Faults say how one blob or manifest is answered. The zero value is a healthy
// registry. Cuts are used up before stalls, and both before everything else.
type Faults struct {
	Cuts     int   // how many of the next answers break off …
	CutAfter int64 // … after so many bytes of content

	Stalls     int   // how many of the next answers stop …
	StallAfter int64 // … after so many bytes, until the client leaves

	Status     int    // this answer instead of the content; 0 is none
	Times      int    // for how many answers; 0 is all
	RetryAfter string // header of it

	Redirect     string        // scheme and host that have the content
	Content      []byte        // what is sent instead: a wrong digest
	NoRanges     bool          // Range is ignored
	ContentRange string        // header of every answer to a range, which comes without content
	Pause        time.Duration // before every write, of 32 KiB at most
}

// take uses up what one answer uses of the faults.
func (f *Faults) take() {
	switch {
	case f.Cuts > 0:
		f.Cuts--
	case f.Stalls > 0:
		f.Stalls--
	case f.Status != 0 && f.Times > 0:
		if f.Times--; f.Times == 0 {
			f.Status = 0
		}
	}
}

// faulty passes content on until the answer's fault comes.
type faulty struct {
	http.ResponseWriter
	g    *Registry
	r    *http.Request
	key  string
	f    Faults
	sent int64
}

// Write implements io.Writer.
func (w *faulty) Write(b []byte) (int, error) {
	if w.f.Pause > 0 {
		select {
		case <-time.After(w.f.Pause):
		case <-w.r.Context().Done():
		}
	}
	end := int64(-1)
	if w.f.Cuts > 0 {
		end = w.f.CutAfter
	} else if w.f.Stalls > 0 {
		end = w.f.StallAfter
	}
	last := end >= 0 && w.sent+int64(len(b)) >= end
	if last {
		b = b[:end-w.sent]
	}
	n, err := w.ResponseWriter.Write(b)
	w.sent += int64(n)
	w.g.mu.Lock()
	w.g.counts[w.key].Bytes += int64(n)
	w.g.mu.Unlock()
	if last && err == nil {
		_ = http.NewResponseController(w.ResponseWriter).Flush() // an error means that the client is gone
		if w.f.Cuts == 0 {
			<-w.r.Context().Done()
		}
		panic(http.ErrAbortHandler)
	}
	return n, err
}
