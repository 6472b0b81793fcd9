package models

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/ollama/ollama/api"
)

// engineCounts are what only golocal's engine tells in /api/ps, since its start.
type engineCounts struct {
	Loads   int `json:"loads"`
	Crashes int `json:"crashes"` // runners that ended by themselves
	Swaps   int `json:"swaps"`   // models unloaded to make room for others
}

// running is the runner's answer to /api/ps.
type running struct {
	Models []api.ProcessModelResponse `json:"models"`
	engineCounts
}

// names of the loaded models.
func (r running) names() []string {
	var names []string
	for _, p := range r.Models {
		name := p.Name
		if name == "" {
			name = p.Model
		}
		names = append(names, name)
	}
	return names
}

// running asks what is loaded, and tells the watch for swaps. Ollama's client
// would drop the engine's counts.
func (m *Models) running(ctx context.Context, c *connection) (running, error) {
	var r running
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.at.base.JoinPath("/api/ps").String(), nil)
	if err != nil {
		return r, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return r, fmt.Errorf("list loaded models: %w", err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxLine))
	switch {
	case err != nil:
	case resp.StatusCode != http.StatusOK:
		err = api.StatusError{StatusCode: resp.StatusCode, Status: resp.Status}
	default:
		err = json.Unmarshal(body, &r)
	}
	if err != nil {
		return r, fmt.Errorf("list loaded models: %w", err)
	}
	if c.kind == "ollama" {
		m.swaps.seen(r.names())
	}
	return r, nil
}
