package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/pflag"

	"golocal"
	"golocal/web"
)

// ruleFlags are the flags that say what of a folder is indexed.
type ruleFlags struct {
	given golocal.Rules
	set   *pflag.FlagSet
}

const rulesHelp = `The flags say what of the folders is indexed, beside their .gitignore and
.golocalignore files. Patterns are written as in a .gitignore file; a flag that
takes several may be repeated. For a folder that is watched already each flag
that is given replaces what it said before, and --include "" takes it back; the
index follows at once. golocal ls --why PATH tells which rule decides.`

func newRuleFlags(f *pflag.FlagSet) *ruleFlags {
	r := &ruleFlags{set: f}
	f.StringArrayVar(&r.given.Include, "include", nil, `index these only: a pattern such as "*.md" or "/projects/"`)
	f.StringArrayVar(&r.given.Exclude, "exclude", nil, `leave these out: a pattern such as "old/" or "*.bak"`)
	f.StringSliceVar(&r.given.Types, "types", nil, "index these types only: name endings or types, as md,pdf,code")
	f.Int64Var(&r.given.MaxMB, "max-mb", 0, "skip files above so many MiB; 0 leaves it to the config")
	f.StringArrayVar(&r.given.Allow, "allow", nil, "index this file although it looks like a secret or is an ignore file: its path below the folder")
	return r
}

// any tells whether one of the flags was given.
func (r *ruleFlags) any() bool {
	for _, name := range []string{"include", "exclude", "types", "max-mb", "allow"} {
		if r.set.Changed(name) {
			return true
		}
	}
	return false
}

// over gives rules with what the flags say in place of what they said.
func (r *ruleFlags) over(rules golocal.Rules) golocal.Rules {
	for name, to := range map[string]func(){
		"include": func() { rules.Include = r.given.Include },
		"exclude": func() { rules.Exclude = r.given.Exclude },
		"types":   func() { rules.Types = r.given.Types },
		"max-mb":  func() { rules.MaxMB = r.given.MaxMB },
		"allow":   func() { rules.Allow = r.given.Allow },
	} {
		if r.set.Changed(name) {
			to()
		}
	}
	return rules
}

// addWithRules adds a folder with the rules that the flags give, or gives them
// to one that is watched already.
func (c *cli) addWithRules(ctx context.Context, s *session, folder string, flags *ruleFlags) (golocal.Root, error) {
	if !flags.any() {
		return c.addFolder(ctx, s, folder)
	}
	root, err := watchedFolder(ctx, s, folder)
	if _, unknown := errors.AsType[usageError](err); unknown {
		r, err := c.addFolderAs(ctx, s, folder, flags.over(golocal.Rules{}))
		if err == nil || !errors.Is(err, fs.ErrExist) {
			return r, err
		}
		root, err = watchedFolder(ctx, s, folder) // somebody else added it just now
		if err != nil {
			return r, err
		}
	} else if err != nil {
		return golocal.Root{}, err
	}
	rules := flags.over(root.Rules)
	r, err := s.SetRoot(ctx, root.ID, web.RootChange{Rules: &rules})
	if err != nil {
		return r, fmt.Errorf("change the rules of %s: %w", printableName(folder), err)
	}
	return r, nil
}

// rulesText writes "only *.md; not old/; types pdf, md; files up to 5 MiB", ""
// for no rules.
func rulesText(r golocal.Rules) string {
	var parts []string
	list := func(word string, of []string) {
		if len(of) > 0 {
			parts = append(parts, word+" "+printableName(strings.Join(of, ", ")))
		}
	}
	list("only", r.Include)
	list("not", r.Exclude)
	list("types", r.Types)
	if r.MaxMB > 0 {
		parts = append(parts, fmt.Sprintf("files up to %d MiB", r.MaxMB))
	}
	list("although secret:", r.Allow)
	return strings.Join(parts, "; ")
}

// printRules prints what a folder's own rules say, and whether it is paused.
func (c *cli) printRules(r golocal.Root) {
	if text := rulesText(r.Rules); text != "" {
		c.t.printf("  %s\n", faint.Render(text))
	}
	if r.Paused {
		c.t.printf("  %s\n", warn.Render("paused; golocal resume goes on with it"))
	}
}
