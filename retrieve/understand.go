package retrieve

import "golocal"

// Understand reads a text as Retrieve does, without a search: its conditions and
// dates narrow scope, whose saved part is resolved, and Text is what is left. The
// error is that of an unknown saved scope.
func (r *Retriever) Understand(text string, scope golocal.Scope) (golocal.Query, error) {
	scope, _, err := r.saved(scope)
	if err != nil {
		return golocal.Query{}, err
	}
	q := Analyse(text, r.o.Now(), r.o.Scopes)
	home(q.Scope.With)
	home(q.Scope.Without)
	q.Scope = both(scope, q.Scope)
	return q, nil
}
