package main

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"

	"golocal"
	"golocal/web"
)

func TestRuleFlags_ReplaceWhatIsGiven(t *testing.T) {
	before := golocal.Rules{Include: []string{"*.md"}, Exclude: []string{"old/"}, Types: []string{"pdf"}, MaxMB: 5, Allow: []string{"k"}}
	for _, c := range []struct {
		args string
		want golocal.Rules
	}{
		{"", before},
		{"--exclude a,b/ --exclude c", golocal.Rules{Include: before.Include, Exclude: []string{"a,b/", "c"}, Types: before.Types, MaxMB: 5, Allow: before.Allow}},
		{"--types md,code --max-mb 0", golocal.Rules{Include: before.Include, Exclude: before.Exclude, Types: []string{"md", "code"}, Allow: before.Allow}},
		{"--include= --allow x", golocal.Rules{Include: []string{""}, Exclude: before.Exclude, Types: before.Types, MaxMB: 5, Allow: []string{"x"}}},
	} {
		f := pflag.NewFlagSet("add", pflag.ContinueOnError)
		flags := newRuleFlags(f)
		if err := f.Parse(strings.Fields(c.args)); err != nil {
			t.Fatal(err)
		}
		if got := flags.over(before); !cmp.Equal(got, c.want) || flags.any() != (c.args != "") {
			t.Errorf("%q: %s", c.args, cmp.Diff(c.want, got))
		}
	}
	if got, want := rulesText(before), "only *.md; not old/; types pdf; files up to 5 MiB; although secret: k"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := rulesText(golocal.Rules{Exclude: []string{"a\x1b[31m\nb"}}); strings.ContainsAny(got, "\x1b\n") {
		t.Errorf("printed as it is: %q", got)
	}
}

var styles = regexp.MustCompile(`\x1b\[[0-9;]*m`)

func TestWhyText(t *testing.T) {
	doc := func(s golocal.State, reason string) *golocal.Document {
		return &golocal.Document{State: s, Reason: reason, Chunks: 2}
	}
	for _, c := range []struct {
		why    web.Why
		paused bool
		says   []string
	}{
		{web.Why{Verdict: "taken", Rule: "no rule leaves it out", Document: doc(golocal.StateReady, "")}, false, []string{"indexed, 2 passages", "rule: no rule"}},
		{web.Why{Verdict: "taken", Document: doc(golocal.StateReady, ""), Waiting: true}, false, []string{"about to be looked at again"}},
		{web.Why{Verdict: "taken", Document: doc(golocal.StateFailed, "needs a password")}, false, []string{": failed", "reason: needs a password"}},
		{web.Why{Verdict: "taken", Document: doc(golocal.StateUnstable, "changes while it is read")}, false, []string{": unstable"}},
		{web.Why{Verdict: "taken", Waiting: true}, false, []string{"about to be read"}},
		{web.Why{Verdict: "taken", Waiting: true}, true, []string{"its folder is paused", "golocal resume"}},
		{web.Why{Verdict: "taken"}, false, []string{"golocal sync"}},
		{web.Why{Verdict: "listed", Rule: "too large: more than 5 MiB", Next: "raise it", Document: doc(golocal.StateSkipped, "too large: more than 5 MiB")}, false, []string{": skipped", "next: raise it"}},
		{web.Why{Verdict: "left out", Rule: ".gitignore line 3: *.log"}, false, []string{": left out", "rule: .gitignore line 3"}},
		{web.Why{Verdict: "not there", Document: doc(golocal.StateReady, "")}, false, []string{"about to leave"}},
		{web.Why{Verdict: "outside"}, false, []string{"not indexed"}},
		{web.Why{Verdict: "taken", Folder: true}, false, []string{"looked into"}},
	} {
		text := styles.ReplaceAllString(whyText(c.why, c.paused), "")
		for _, s := range c.says {
			if !strings.Contains(text, s) {
				t.Errorf("%+v, paused %t:\n%swant something with %q", c.why, c.paused, text, s)
			}
		}
	}
}

func TestRest_BreaksOffAndHoldsOff(t *testing.T) {
	var r rest
	began, ended := make(chan bool), make(chan bool)
	go func() {
		cut, err := r.during(t.Context(), 1, func(ctx context.Context) error {
			began <- true
			<-ctx.Done()
			return ctx.Err()
		})
		ended <- cut && err != nil
	}()
	<-began
	r.set(2, true) // of another root: nothing to this one
	r.set(1, true)
	if !<-ended {
		t.Error("the pause did not break off the work")
	}
	ran := false
	if cut, _ := r.during(t.Context(), 1, func(context.Context) error { ran = true; return nil }); !cut || ran {
		t.Errorf("in a paused root: cut %t, ran %t", cut, ran)
	}
	r.set(1, false)
	if cut, err := r.during(t.Context(), 1, func(context.Context) error { ran = true; return nil }); cut || err != nil || !ran {
		t.Errorf("resumed: cut %t, ran %t, %v", cut, ran, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if cut, _ := r.during(ctx, 1, func(ctx context.Context) error { return ctx.Err() }); cut {
		t.Error("the end of everything counts as a pause")
	}
	if !r.all([]golocal.Root{{Paused: true}}, nil) || r.all([]golocal.Root{{Paused: true}, {}}, nil) || r.all(nil, nil) {
		t.Error("all is wrong")
	}
}
