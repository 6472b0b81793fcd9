package watch

import "fmt"

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
)

// cause is the rule behind a verdict.
type cause struct {
	by      by
	pattern *pattern // of byIgnore and byExclude
	entry   string   // of byLitter and bySecret: the built-in name
}

// text words the rule for the user; of names what it decides about: "its name"
// or "the name of the folder old".
func (c cause) text(of string) string {
	switch c.by {
	case byLink:
		return "it is a link, and links are not followed"
	case byLitter:
		return fmt.Sprintf("built-in list: %s matches %s, which programs leave behind or can make again", of, c.entry)
	case bySecret:
		return fmt.Sprintf("built-in list of secrets: %s matches %s", of, c.entry)
	case byOwn:
		return "it is golocal's own data"
	case byRoot:
		return "it is a watched folder of its own"
	case byKernel:
		return "it shows the kernel's state and holds no documents"
	case byIgnore:
		return fmt.Sprintf("%s line %d: %s", c.pattern.file, c.pattern.line, c.pattern.text)
	case byExclude:
		return "exclude pattern of its watched folder: " + c.pattern.text
	case byInclude:
		return "no include pattern of its watched folder matches it"
	case byType:
		return "its type is none of those chosen for its watched folder"
	}
	return ""
}

// next is what the user can do about it; "" where there is nothing.
func (c cause) next() string {
	switch c.by {
	case byLink:
		return "add the folder that it leads to"
	case byIgnore:
		return "a .golocalignore file with the line !NAME beside it takes it back in"
	case byExclude, byInclude, byType:
		return "golocal add FOLDER with other --exclude, --include or --types changes that"
	}
	return ""
}
