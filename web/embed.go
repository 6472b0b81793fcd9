package web

import (
	"embed"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// The page's source is in src; the Go program in build bundles it into dist,
// which is committed, so that go build needs no Node.
//
//go:generate go run ./schema
//go:generate go run ./build

//go:embed all:dist
var dist embed.FS

// types are the only file types in dist; anything else is a mistake there.
var types = map[string]string{
	".html":  "text/html; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".mjs":   "text/javascript; charset=utf-8",
	".css":   "text/css; charset=utf-8",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".pfb":   "application/octet-stream",
	".ttf":   "font/ttf",
	".bcmap": "application/octet-stream",
}

// page serves the embedded page. Names with a content hash may be kept for
// ever, the others are asked for again.
func (s *Server) page() http.Handler {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // "dist" is a valid path
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			s.refuse(w, r, &Problem{Status: http.StatusMethodNotAllowed, Code: "method", Message: "the page is only read"})
			return
		}
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" {
			name = "index.html"
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			s.refuse(w, r, &Problem{Status: http.StatusNotFound, Code: "not_found", Message: "there is no such page", Next: "open /"})
			return
		}
		ext := path.Ext(name)
		t := types[ext]
		if t == "" {
			t = mime.TypeByExtension(".bin")
		}
		w.Header().Set("Content-Type", t)
		if hashed(name) {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			w.Header().Set("Cache-Control", "no-cache")
		}
		w.Write(body)
	})
}

// hashed tells whether the bundler put a content hash in the name:
// app-ABCDEFGH.js.
func hashed(name string) bool {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	i := strings.LastIndexByte(stem, '-')
	if i < 0 || len(stem)-i-1 != 8 {
		return false
	}
	return strings.Trim(stem[i+1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}
