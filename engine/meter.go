package engine

import (
	"context"
	"time"

	"github.com/ollama/ollama/api"
)

// meter counts bytes and reports them, not more often than ten times a second.
type meter struct {
	report func(api.ProgressResponse) error
	ctx    context.Context // ends the copying
	p      api.ProgressResponse
	last   time.Time
}

const meterPause = 100 * time.Millisecond

// Write implements io.Writer.
func (m *meter) Write(b []byte) (int, error) {
	if err := context.Cause(m.ctx); err != nil {
		return 0, err
	}
	m.p.Completed += int64(len(b))
	if time.Since(m.last) >= meterPause {
		m.last = time.Now()
		if err := m.report(m.p); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}
