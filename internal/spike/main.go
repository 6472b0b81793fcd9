// Package spike keeps the modules that the rooms are built on in go.mod while they are built.
package main

import (
	_ "github.com/fsnotify/fsnotify"
	_ "github.com/gabriel-vasile/mimetype"
	_ "github.com/go-git/go-git/v5/plumbing/format/gitignore"
	_ "github.com/gofrs/flock"
	_ "github.com/gogs/chardet"
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/klippa-app/go-pdfium/webassembly"
	_ "github.com/ledongthuc/pdf"
	_ "github.com/ollama/ollama/api"
	_ "github.com/ollama/ollama/convert"
	_ "github.com/ollama/ollama/kvcache"
	_ "github.com/ollama/ollama/ml/backend"
	_ "github.com/ollama/ollama/model"
	_ "github.com/ollama/ollama/model/models"
	_ "github.com/ollama/ollama/template"
	_ "github.com/ollama/ollama/tokenizer"
	_ "github.com/philippgille/chromem-go"
	_ "github.com/spf13/cobra"
	_ "github.com/viterin/vek/vek32"
	_ "github.com/yuin/goldmark"
	_ "go.yaml.in/yaml/v3"
	_ "golang.org/x/net/html/charset"
	_ "golang.org/x/sync/errgroup"
	_ "golang.org/x/term"
	_ "golang.org/x/text/unicode/norm"
	_ "modernc.org/sqlite"
)

func main() {}
