package watch

import "golocal"

// Has tells whether a change of the file is in the queue or being worked on.
func (q *Queue) Has(ref golocal.Ref) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.items[ref] != nil
}
