package parse

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
	pdflib "github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"golocal"
	"golocal/ingest/normal"
)

// pdfium is PDFium compiled to WebAssembly, in wazero's sandbox: it sees no
// file and no network, only the bytes it is handed.
type pdfium struct {
	pool     pdflib.Pool
	instance pdflib.Pdfium
	cache    wazero.CompilationCache
}

// wasmPage is the unit of WebAssembly memory.
const wasmPage = 64 << 10

// openPDFium compiles the code, or loads what an earlier process compiled into
// the cache folder. One process compiles at a time: it takes seconds and 300 MB.
func openPDFium(ctx context.Context, cache string, memory int64) (*pdfium, error) {
	p := &pdfium{}
	config := wazero.NewRuntimeConfigCompiler().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(uint32(min(memory*6/10/wasmPage, 65536)))
	if cache != "" {
		var err error
		if p.cache, err = wazero.NewCompilationCacheWithDir(cache); err != nil {
			return nil, fmt.Errorf("open the folder for compiled code: %w", err)
		}
		config = config.WithCompilationCache(p.cache)
		lock := flock.New(filepath.Join(cache, "compile.lock"))
		if _, err := lock.TryLockContext(ctx, 50*time.Millisecond); err == nil {
			defer lock.Unlock()
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), RuntimeConfig: config, Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	p.pool = pool
	if p.instance, err = pool.GetInstance(30 * time.Second); err != nil {
		pool.Close()
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	return p, nil
}

func (p *pdfium) close() {
	p.instance.Close()
	p.pool.Close()
	if p.cache != nil {
		p.cache.Close(context.Background())
	}
}

// compiler reports whether wazero can compile on this machine. Its interpreter is too
// slow to read documents with.
func compiler() (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	ctx := context.Background()
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigCompiler().
		WithCoreFeatures(api.CoreFeaturesV2|experimental.CoreFeaturesExceptionHandling))
	return r.Close(ctx) == nil
}

// parsePDF reads the text of a PDF page by page, annotations and form fields
// flattened into the page first, as a reader sees it.
func (f *Formats) parsePDF(ctx context.Context, data []byte) (golocal.Document, error) {
	if f.pdf == nil {
		if !compiler() {
			return parsePlainPDF(data)
		}
		memory := f.Memory
		if memory == 0 {
			memory = 1 << 30
		}
		var err error
		if f.pdf, err = openPDFium(ctx, f.Cache, memory); err != nil {
			return golocal.Document{}, err
		}
	}
	began := time.Now()
	opened, err := f.pdf.instance.OpenDocument(&requests.OpenDocument{File: &data})
	switch {
	case errors.Is(err, pdferrors.ErrPassword):
		return golocal.Document{}, Failed(PDF, ReasonEncrypted)
	case errors.Is(err, pdferrors.ErrSecurity):
		return golocal.Document{}, Failed(PDF, "encrypted in a way that is not known")
	case err != nil:
		return golocal.Document{}, Failed(PDF, "broken: not a PDF that can be opened")
	}
	doc := opened.Document
	defer f.pdf.instance.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: doc})
	count, err := f.pdf.instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc})
	if err != nil {
		return golocal.Document{}, Broken(PDF, err)
	}
	pages := make([]pdfPage, 0, min(count.PageCount, 10_000))
	unread, size := 0, 0
	for i := range count.PageCount {
		if f.Time > 0 && time.Since(began) > f.Time || size > MaxText*3/4 || ctx.Err() != nil {
			unread = count.PageCount - i
			break
		}
		page, err := f.pdf.page(doc, i)
		if err != nil {
			page = pdfPage{} // one bad page counts as blank
		}
		for _, l := range page {
			size += len(l.text)
		}
		pages = append(pages, page)
	}
	var title string
	if meta, err := f.pdf.instance.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: doc, Tag: "Title"}); err == nil {
		title = meta.Value
	}
	out, err := layPages(pages, title)
	out.Pages, out.Blank = count.PageCount, out.Blank+unread
	if unread > 0 && err == nil {
		out.Reason = fmt.Sprintf("read up to page %d of %d; the rest is too much", len(pages), count.PageCount)
	}
	if err != nil {
		why := NoText(PDF, count.PageCount)
		why.Reason = "its pages hold no text, as scans do; text in images is not read"
		return out, why
	}
	return out, nil
}

// page reads the lines of one page, 0-based.
func (p *pdfium) page(doc references.FPDF_DOCUMENT, i int) (pdfPage, error) {
	loaded, err := p.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: i})
	if err != nil {
		return nil, err
	}
	flat, err := p.instance.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: requests.Page{ByReference: &loaded.Page}, Usage: requests.FPDFPage_FlattenUsageNormalDisplay})
	if err == nil && flat.Result == responses.FPDFPage_FlattenResultSuccess {
		// What was flattened is seen when the page is loaded again.
		p.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
		if loaded, err = p.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: i}); err != nil {
			return nil, err
		}
	}
	defer p.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	text, err := p.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: requests.Page{ByReference: &loaded.Page}})
	if err != nil {
		return nil, err
	}
	defer p.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	return p.lines(text.TextPage)
}

// lines cuts a page's text into lines and measures the first letter of each.
// PDFium marks a hyphen at a line's end with U+0002; the halves are joined.
func (p *pdfium) lines(page references.FPDF_TEXTPAGE) (pdfPage, error) {
	count, err := p.instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: page})
	if err != nil || count.Count <= 0 {
		return nil, err
	}
	got, err := p.instance.FPDFText_GetText(&requests.FPDFText_GetText{TextPage: page, StartIndex: 0, Count: count.Count})
	if err != nil {
		return nil, err
	}
	runes := []rune(got.Text)
	for len(runes) > 0 && runes[len(runes)-1] == 0 {
		runes = runes[:len(runes)-1]
	}
	indexed := len(runes) == count.Count // else characters without text shift the index
	var out pdfPage
	var line strings.Builder
	first := -1
	end := func() {
		if s := strings.TrimRight(ligatures.Replace(normal.Text(line.String())), " \t"); strings.TrimSpace(s) != "" {
			l := pdfLine{text: strings.ReplaceAll(strings.ReplaceAll(s, "\f", " "), "\n", " ")}
			if indexed && first >= 0 {
				p.measure(page, first, &l)
			}
			out = append(out, l)
		}
		line.Reset()
		first = -1
	}
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == 2 || r == 0xfffe:
			for i+1 < len(runes) && (runes[i+1] == '\r' || runes[i+1] == '\n') {
				i++
			}
		case r == '\n':
			end()
		case r == '\r':
		default:
			if first < 0 && r > ' ' {
				first = i
			}
			line.WriteRune(r)
		}
	}
	end()
	return out, nil
}

// measure sets a line's letter size and position, in points.
func (p *pdfium) measure(page references.FPDF_TEXTPAGE, i int, l *pdfLine) {
	size, err := p.instance.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: page, Index: i})
	if err != nil {
		return
	}
	l.size = size.FontSize
	if m, err := p.instance.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: page, Index: i}); err == nil {
		l.size *= scale(float64(m.Matrix.C), float64(m.Matrix.D))
	}
	if o, err := p.instance.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: page, Index: i}); err == nil {
		l.x, l.y = o.X, o.Y
	}
}

// ligatures that fonts draw as one letter and readers search as several.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")
