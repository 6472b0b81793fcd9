package watch

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golocal"
	"golocal/internal/remark"
)

// choice is what a root's own rules say, ready to be asked.
type choice struct {
	root     golocal.Root
	include  *rules // nil takes every file
	exclude  *rules
	types    map[string]bool // lower case; nil takes every type
	allow    map[string]bool // files that are no secrets
	most     int64           // size of a file, bytes
	kindOf   func(name string) string
	capByOwn bool // most is the root's own
}

func newChoice(r golocal.Root, o Options) *choice {
	c := &choice{root: r, most: o.MaxSize, kindOf: o.Kind}
	c.include = ownRules("include", r.Rules.Include)
	c.exclude = ownRules("exclude", r.Rules.Exclude)
	if len(r.Rules.Types) > 0 {
		c.types = make(map[string]bool)
		for _, t := range r.Rules.Types {
			c.types[plainType(t)] = true
		}
	}
	if len(r.Rules.Allow) > 0 {
		c.allow = make(map[string]bool)
		for _, p := range r.Rules.Allow {
			c.allow[p] = true
		}
	}
	if own := r.Rules.MaxMB << 20; own > 0 && own < c.most {
		c.most, c.capByOwn = own, true
	}
	return c
}

func ownRules(name string, lines []string) *rules {
	var patterns []pattern
	for i, l := range lines {
		for _, p := range parseIgnore(name, []byte(l)) {
			p.line = i + 1
			patterns = append(patterns, p)
		}
	}
	if len(patterns) == 0 {
		return nil
	}
	return &rules{patterns: patterns}
}

// plainType takes the dot and the case from a name ending.
func plainType(t string) string { return strings.ToLower(strings.TrimPrefix(t, ".")) }

// wants tells whether the include patterns take the file at rel. The pattern
// that matches deepest decides: the file itself, else the folder next above.
func (c *choice) wants(rel string) bool {
	if c.include == nil {
		return true
	}
	folder := false
	for at := rel; at != ""; at, _ = split(at) {
		if p := c.include.decides(at, folder); p != nil {
			return !p.keep
		}
		folder = true
	}
	return false
}

// names tells whether the root's own rules ask for the ignore file at rel: they
// allow it, or one of include or types is about such a file and not about all.
func (c *choice) names(rel string) bool {
	_, name := split(rel)
	if c.allow[rel] || c.types[plainType(name)] {
		return true
	}
	if c.include == nil {
		return false
	}
	p := c.include.decides(rel, false)
	return p != nil && !p.keep && p.segments[len(p.segments)-1] == name
}

// takesType tells whether a file of that name is of a chosen type.
func (c *choice) takesType(name string) bool {
	if c.types == nil {
		return true
	}
	if ext := path.Ext(name); ext != "" && c.types[plainType(ext)] {
		return true
	}
	if c.kindOf == nil {
		return false
	}
	kind := c.kindOf(name)
	return kind != "" && c.types[strings.ToLower(kind)]
}

// maxRules bounds the patterns and paths of a root's rules, each list, and
// maxPattern the length of one, bytes.
const (
	maxRules   = 1000
	maxPattern = 4096
)

// CheckRules returns rules as they are kept: without empty or repeated entries.
// It refuses a pattern that matches nothing, and paths that lead out of the
// root. limit is the size of the largest file that any root takes, MiB.
func CheckRules(r golocal.Rules, limit int64) (golocal.Rules, error) {
	for _, l := range []struct {
		name string
		list *[]string
	}{{"include", &r.Include}, {"exclude", &r.Exclude}, {"types", &r.Types}, {"allow", &r.Allow}} {
		name := l.name
		var kept []string
		for _, e := range *l.list {
			if strings.TrimSpace(e) == "" || slices.Contains(kept, e) {
				continue
			}
			if err := checkEntry(name, e); err != nil {
				return r, err
			}
			kept = append(kept, e)
		}
		if len(kept) > maxRules {
			return r, remark.Error(nil, remark.RulesMany, name, len(kept), maxRules)
		}
		*l.list = kept
	}
	switch {
	case r.MaxMB < 0:
		return r, remark.Error(nil, remark.RulesSmallest, r.MaxMB)
	case r.MaxMB > limit:
		return r, remark.Error(nil, remark.RulesLargest, r.MaxMB, limit)
	}
	return r, nil
}

func checkEntry(name, e string) error {
	switch {
	case len(e) > maxPattern:
		return remark.Error(nil, remark.RulesLong, name, maxPattern)
	case !utf8.ValidString(e) || strings.ContainsAny(e, "\x00\n"):
		return remark.Error(nil, remark.RulesBytes, name, strconv.Quote(e))
	}
	switch name {
	case "allow":
		if !validName(e) {
			return remark.Error(nil, remark.RulesAllow, strconv.Quote(e))
		}
	case "types":
		if strings.ContainsAny(e, "/*?[") {
			return remark.Error(nil, remark.RulesType, strconv.Quote(e))
		}
	default:
		if ps := parseIgnore(name, []byte(e)); len(ps) == 0 || !ps[0].can() {
			return remark.Error(nil, remark.RulesPattern, name, strconv.Quote(e))
		}
	}
	return nil
}

// can tells whether every segment of the pattern is well formed, so that there
// are names it matches.
func (p *pattern) can() bool {
	for _, s := range p.segments {
		if s == "" || s == "." || s == ".." {
			return false
		}
		for rest := s; rest != ""; {
			if rest[0] == '*' {
				rest = rest[1:]
				continue
			}
			n, _ := matchByte(rest, 0) // 0: an open set, or a backslash at the end
			if n == 0 {
				return false
			}
			rest = rest[n:]
		}
	}
	return true
}
