package watch

import (
	"path/filepath"
	"strings"
)

// folder is a folder of a tree that was visited: it is in, and its rules are
// known.
type folder struct {
	name       string
	above      *folder // nil for the root
	within     map[string]*folder
	rules      *rules // in force for what lies in it
	id         inode
	known      bool // id is, and the tree's inodes lead here
	mount      bool // lies in a file system that reports no changes
	watched    bool
	since      int  // number of the comparison that set the watch
	unheard    bool // its changes are not reported: no watch could be set
	unreadable bool
	visit      int // number of the comparison that saw it last
}

// path returns the folder's path below the root, "" for the root itself.
func (f *folder) path() string {
	if f.above == nil {
		return ""
	}
	n := len(f.name)
	for a := f.above; a.above != nil; a = a.above {
		n += len(a.name) + 1
	}
	buf := make([]byte, n)
	for ; f.above != nil; f = f.above {
		n -= len(f.name)
		copy(buf[n:], f.name)
		if n > 0 {
			n--
			buf[n] = '/'
		}
	}
	return string(buf)
}

// find returns the folder at path, nil if it was not visited.
func (f *folder) find(path string) *folder {
	for path != "" && f != nil {
		name, rest, _ := strings.Cut(path, "/")
		f, path = f.within[name], rest
	}
	return f
}

// add returns the folder called name in f, new if need be.
func (f *folder) add(name string) *folder {
	if sub := f.within[name]; sub != nil {
		return sub
	}
	if f.within == nil {
		f.within = make(map[string]*folder)
	}
	sub := &folder{name: name, above: f}
	f.within[name] = sub
	return sub
}

// all yields f and every folder below, each before those in it.
func (f *folder) all(yield func(*folder) bool) {
	stack := []*folder{f}
	for len(stack) > 0 {
		f := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if !yield(f) {
			return
		}
		for _, sub := range f.within {
			stack = append(stack, sub)
		}
	}
}

// troubled counts the folders in f whose changes are not reported, and those that
// cannot be read, without what lies in one that cannot.
func (f *folder) troubled() (unheard, unreadable int) {
	if f.unheard {
		unheard++
	}
	if f.unreadable {
		return unheard, 1
	}
	for _, sub := range f.within {
		h, r := sub.troubled()
		unheard, unreadable = unheard+h, unreadable+r
	}
	return unheard, unreadable
}

// join returns the path of name in the folder at dir, both below a root.
func join(dir, name string) string {
	if dir == "" {
		return name
	}
	return dir + "/" + name
}

// split returns the folder and the name of a path below a root.
func split(path string) (dir, name string) {
	i := strings.LastIndexByte(path, '/')
	return path[:max(i, 0)], path[i+1:]
}

// inside tells whether path is the folder at dir or lies below it.
func inside(path, dir string) bool {
	return dir == "" || strings.HasPrefix(path, dir) && (len(path) == len(dir) || path[len(dir)] == '/')
}

// absolute returns the path of rel as the system spells it.
func (t *tree) absolute(rel string) string {
	if rel == "" {
		return t.root.Path
	}
	if strings.HasSuffix(t.root.Path, string(filepath.Separator)) {
		return t.root.Path + filepath.FromSlash(rel)
	}
	return t.root.Path + string(filepath.Separator) + filepath.FromSlash(rel)
}
