package models

import (
	"context"
	"slices"
	"strings"
)

// Cloud is what can be told from outside of Ollama's cloud features, which run
// models on its vendor's servers behind the local address. golocal refuses
// such models whatever is set.
type Cloud struct {
	Known  bool     `json:"known"`            // Off can be relied on: Ollama before 0.17 does not tell
	Off    bool     `json:"off"`              // switched off, by OLLAMA_NO_CLOUD or in Ollama's settings
	Models []string `json:"models,omitempty"` // installed names that run elsewhere
}

// Cloud asks Ollama; the zero Cloud is the engine's, which has none. Errors as
// of Embed.
func (m *Models) Cloud(ctx context.Context) (Cloud, error) {
	var out Cloud
	err := m.do(ctx, func(c *connection) error {
		out = Cloud{}
		if c.kind != "ollama" {
			return nil
		}
		ctx, cancel := context.WithTimeout(ctx, m.t.probe)
		defer cancel()
		tags, err := c.client.List(ctx)
		if err != nil {
			return err
		}
		for _, tag := range tags.Models {
			if remoteReason(tag.Name, tag.RemoteModel, tag.RemoteHost).Code != "" {
				out.Models = append(out.Models, tag.Name)
			}
		}
		slices.SortFunc(out.Models, strings.Compare)
		if s, err := c.client.CloudStatusExperimental(ctx); err == nil {
			out.Known, out.Off = true, s.Cloud.Disabled
		} else if code, _ := status(err); code == 0 {
			return err
		}
		return nil
	})
	return out, err
}
