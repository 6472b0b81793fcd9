package history

import (
	"context"
	"time"

	"golocal"
)

// Examiner tells how a citation stands to the files now: its State, and as Now
// what stands where its quote stood. An error means that nobody could look.
type Examiner interface {
	Examine(ctx context.Context, c golocal.Citation) (golocal.Citation, error)
}

// Recheck examines every citation of the turns in place; equal ones once. What
// was quoted stays as it was kept.
func Recheck(ctx context.Context, turns []Turn, e Examiner) error {
	type key struct {
		ref   golocal.Ref
		quote string
		start int
	}
	known := map[key]golocal.Citation{}
	examine := func(c *golocal.Citation) error {
		k := key{c.Ref, c.Quote, c.Span.Start}
		now, ok := known[k]
		if !ok {
			var err error
			if now, err = e.Examine(ctx, *c); err != nil {
				return err
			}
			now.Checked = time.Now().UTC().Truncate(time.Second)
			known[k] = now
		}
		c.State, c.Now, c.Checked = now.State, now.Now, now.Checked
		return nil
	}
	for _, t := range turns {
		if t.Answer == nil {
			continue
		}
		for i := range t.Answer.Quotes {
			if err := examine(&t.Answer.Quotes[i].Citation); err != nil {
				return err
			}
		}
		for _, s := range t.Answer.Sentences {
			for i := range s.Citations {
				if err := examine(&s.Citations[i]); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
