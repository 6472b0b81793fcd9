package watch

import (
	"fmt"
	"strings"
)

// by is what kind of rule decides about a path.
type by uint8

const (
	byNothing by = iota
	byLink
	byLitter  // the built-in list of names that programs leave behind
	bySecret  // the built-in list of names of secrets
	byOwn     // golocal's own data
	byRoot    // a root of its own
	byKernel  // a file system without real files
	byIgnore  // a line of an ignore file
	byExclude // of the root's own rules
	byInclude
	byType
	bySettings // it is an ignore file itself
)

// cause is the rule behind a verdict.
type cause struct {
	by      by
	pattern *pattern // of byIgnore and byExclude
	entry   string   // of byLitter, bySecret and bySettings: the built-in name
}

// text words the rule for the user; of names what it decides about: "its name"
// or "the name old".
func (k cause) text(c *choice, of string) string {
	switch k.by {
	case byLink:
		return "it is a link, and links are not followed"
	case byLitter:
		return fmt.Sprintf("built-in list: %s matches %s, which programs leave behind or can make again", of, k.entry)
	case bySecret:
		return fmt.Sprintf("built-in list of secrets: %s matches %s", of, k.entry)
	case byOwn:
		return "it is golocal's own data"
	case byRoot:
		return "it is a watched folder of its own"
	case byKernel:
		return "it shows the kernel's state and holds no documents"
	case byIgnore:
		return fmt.Sprintf("%s line %d: %s", k.pattern.file, k.pattern.line, k.pattern.text)
	case byExclude:
		return "exclude pattern of its watched folder: " + k.pattern.text
	case byInclude:
		return "no include pattern of its watched folder takes it: " + strings.Join(c.root.Rules.Include, ", ")
	case bySettings:
		return fmt.Sprintf("built-in rule: a %s file says what to leave out and is no document itself", k.entry)
	case byType:
		return "its type is none of those chosen for its watched folder: " + strings.Join(c.root.Rules.Types, ", ")
	}
	return ""
}

// next is what the user can do about it for the file or folder at rel; "" where
// there is nothing.
func (k cause) next(c *choice, rel string) string {
	switch k.by {
	case byLink:
		return "add the folder that it leads to"
	case byIgnore:
		dir, name := split(rel)
		return fmt.Sprintf("the line !%s in %s takes it back in", name, join(dir, ".golocalignore"))
	case byExclude:
		return fmt.Sprintf("golocal add %s with other --exclude patterns changes that", quoted(c.root.Path))
	case byInclude:
		return fmt.Sprintf("golocal add %s with other --include patterns changes that", quoted(c.root.Path))
	case bySettings:
		return fmt.Sprintf("golocal add %s --allow %s indexes it all the same", quoted(c.root.Path), quoted(rel))
	case byType:
		return fmt.Sprintf("golocal add %s with other --types changes that", quoted(c.root.Path))
	}
	return ""
}
