package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"golocal"
	"golocal/retrieve"
)

// narrow are the flags that narrow a search.
type narrow struct {
	folders, files, types, tags, authors []string
	after, before, saved                 string
}

func newNarrow(f *pflag.FlagSet, does string) *narrow {
	n := &narrow{}
	f.StringArrayVar(&n.folders, "folder", nil, "add this folder if it is not watched, wait until it is indexed, and "+does+" only there (repeatable)")
	f.StringArrayVar(&n.files, "file", nil, does+" only in this file (repeatable)")
	f.StringArrayVar(&n.types, "type", nil, "only files of this type or ending: pdf, md, excel (repeatable)")
	f.StringVar(&n.after, "after", "", "only files dated on this day or later: 2024, 2024-05, 2024-05-03, yesterday")
	f.StringVar(&n.before, "before", "", "only files dated before this day")
	f.StringArrayVar(&n.tags, "tag", nil, "only files with this tag (repeatable)")
	f.StringArrayVar(&n.authors, "author", nil, "only files by, or messages from, this person (repeatable)")
	f.StringVar(&n.saved, "scope", "", "only within the saved scope of this name; see: golocal scope")
	return n
}

// conditions is the scope of all flags but those of folders and files.
func (n *narrow) conditions() (golocal.Scope, error) {
	var text []string
	add := func(flag, name string, values ...string) error {
		for _, v := range values {
			if strings.TrimSpace(v) == "" {
				continue
			}
			c := requote(name + ":" + v)
			if q := retrieve.Analyse(c, time.Now(), nil); len(q.Limits) == 0 {
				return usagef("--%s %s: golocal cannot read that; see: golocal search --help", flag, printable(v))
			}
			text = append(text, c)
		}
		return nil
	}
	err := errors.Join(add("type", "type", n.types...), add("after", "after", n.after), add("before", "before", n.before), add("tag", "tag", n.tags...), add("author", "author", n.authors...))
	scope := retrieve.Analyse(strings.Join(text, " "), time.Now(), nil).Scope
	scope.In = n.saved
	return scope, err
}

// scope adds the folders that are not watched yet, and gives the scope of all
// flags and the roots that it touches: those are to be compared with the disk.
func (n *narrow) scope(ctx context.Context, c *cli, s *session) (golocal.Scope, []int64, error) {
	scope, err := n.conditions()
	if err != nil {
		return scope, nil, err
	}
	var roots []int64
	for _, folder := range n.folders {
		abs, err := filepath.Abs(folder)
		if err != nil {
			return scope, nil, fmt.Errorf("add %s: %w", folder, err)
		}
		root, inside, err := holding(ctx, s, abs)
		if err != nil {
			return scope, nil, err
		}
		if root == 0 {
			added, err := c.addFolder(ctx, s, folder)
			if err != nil {
				return scope, nil, err
			}
			root, inside = added.ID, added.Path
		}
		roots, scope.Paths = append(roots, root), append(scope.Paths, inside)
	}
	for _, file := range n.files {
		abs, err := filepath.Abs(file)
		if err != nil {
			return scope, nil, fmt.Errorf("find %s: %w", file, err)
		}
		root, inside, err := holding(ctx, s, abs)
		if err != nil {
			return scope, nil, err
		}
		if root == 0 {
			return scope, nil, usagef("%s is in no watched folder; golocal add FOLDER watches one", printable(file))
		}
		roots, scope.Paths = append(roots, root), append(scope.Paths, inside)
	}
	return scope, roots, nil
}

// holding is the innermost watched folder that path lies in or is, and the path as
// it is spelt there; 0 for none. A path that is not there lies in none.
func holding(ctx context.Context, s *session, path string) (root int64, inside string, err error) {
	if _, err := os.Stat(path); err != nil {
		return 0, path, nil
	}
	roots, err := s.Roots(ctx)
	if err != nil {
		return 0, path, err
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		real = path
	}
	longest := -1
	for _, r := range roots {
		for _, p := range []string{path, real} {
			if rel, err := filepath.Rel(r.Path, p); err == nil && filepath.IsLocal(rel) && len(r.Path) > longest {
				root, inside, longest = r.ID, p, len(r.Path)
			}
		}
	}
	return root, inside, nil
}
