package parse

import (
	"context"
	"runtime"
	"sync"
	"time"
)

const (
	// mostCrashes is how many pages of a document may crash PDFium before the rest
	// of it is left out.
	mostCrashes = 3
	// mostPages is how many pages of a document are read.
	mostPages = 100_000
	// pagesForTwo is how many pages are worth a second reader, which has to start
	// and to open the document itself.
	pagesForTwo = 3
)

// pageReading is the reading of a document's pages, by several instances of
// PDFium side by side. Its result is the same as that of one.
type pageReading struct {
	began time.Time
	time  time.Duration // when the rest is left out; 0 for no limit

	count int // pages that the document says it has; it may say what it likes

	mu      sync.Mutex
	pages   []pdfPage // begun; all of them are read once run returns
	size    int       // of the text so far, bytes
	crashes int
	err     error
}

// run reads the pages of an open document, with the help of further instances.
// It fails only where PDFium does not start any more.
func (r *pageReading) run(ctx context.Context, doc *pdfDocument, helpers []*pdfium) error {
	var done sync.WaitGroup
	if r.count >= pagesForTwo && runtime.GOMAXPROCS(0) > 1 {
		for _, p := range helpers {
			done.Go(func() {
				if own, err := p.open(doc.data); err == nil {
					r.read(ctx, own)
					own.close()
				}
			})
		}
	}
	r.read(ctx, doc)
	done.Wait()
	return r.err
}

// read reads one page after the other that nobody has begun.
func (r *pageReading) read(ctx context.Context, doc *pdfDocument) {
	for {
		i, ok := r.take(ctx)
		if !ok {
			return
		}
		if err := doc.refresh(); err != nil {
			r.fail(err)
			return
		}
		page := doc.readPage(i)
		if doc.p.err != nil { // PDFium crashed at this page
			r.crash()
			if err := doc.reopen(); err != nil {
				r.fail(err)
				return
			}
			page = pdfPage{}
		}
		r.put(i, page)
	}
}

// take returns the next page to read, if there is one that should be.
func (r *pageReading) take(ctx context.Context) (i int, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	late := r.time > 0 && time.Since(r.began) > r.time || ctx.Err() != nil
	if i = len(r.pages); i == min(r.count, mostPages) || late && i > 0 || r.size > MaxText || r.crashes > mostCrashes || r.err != nil {
		return 0, false
	}
	r.pages = append(r.pages, pdfPage{})
	return i, true
}

func (r *pageReading) put(i int, page pdfPage) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pages[i] = page
	for _, l := range page.lines {
		r.size += len(l.text)
	}
}

func (r *pageReading) crash() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.crashes++
}

func (r *pageReading) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = err
}
