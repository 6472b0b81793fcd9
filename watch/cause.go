package watch

import (
	"strings"

	"golocal"
	"golocal/internal/remark"
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

// text says the rule; name is what it decides about where that is a folder above,
// "" for the file or folder itself.
func (k cause) text(c *choice, name string) golocal.Remark {
	built := func(own, of remark.Code) golocal.Remark {
		if name == "" {
			return remark.New(own, k.entry)
		}
		return remark.New(of, k.entry, name)
	}
	switch k.by {
	case byLink:
		return remark.New(remark.RuleLink)
	case byLitter:
		return built(remark.RuleLitter, remark.RuleLitterOf)
	case bySecret:
		return built(remark.RuleSecret, remark.RuleSecretOf)
	case byOwn:
		return remark.New(remark.OwnData)
	case byRoot:
		return remark.New(remark.RuleOwnRoot)
	case byKernel:
		return remark.New(remark.RuleKernel)
	case byIgnore:
		return remark.New(remark.RuleIgnore, k.pattern.file, k.pattern.line, k.pattern.text)
	case byExclude:
		return remark.New(remark.RuleExclude, k.pattern.text)
	case byInclude:
		return remark.New(remark.RuleInclude, strings.Join(c.root.Rules.Include, ", "))
	case bySettings:
		return remark.New(remark.RuleSettings, k.entry)
	case byType:
		return remark.New(remark.RuleType, strings.Join(c.root.Rules.Types, ", "))
	}
	return golocal.Remark{}
}

// next is what the user can do about it for the file or folder at rel; it says
// nothing where there is nothing.
func (k cause) next(c *choice, rel string) golocal.Remark {
	switch k.by {
	case byLink:
		return remark.New(remark.RuleLinkNext)
	case byIgnore:
		dir, name := split(rel)
		return remark.New(remark.RuleIgnoreNext, name, join(dir, ".golocalignore"))
	case byExclude:
		return remark.New(remark.RuleExcludeNext, quoted(c.root.Path))
	case byInclude:
		return remark.New(remark.RuleIncludeNext, quoted(c.root.Path))
	case bySettings:
		return remark.New(remark.RuleAllowNext, quoted(c.root.Path), quoted(rel))
	case byType:
		return remark.New(remark.RuleTypeNext, quoted(c.root.Path))
	}
	return golocal.Remark{}
}
