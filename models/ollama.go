package models

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golocal"
	"golocal/internal/remark"
)

// floor is the oldest Ollama that golocal talks to: older ones let a web page
// read the answers (CVE-2026-7482).
var floor = [3]int{0, 17, 1}

// findOllama asks the configured address. notes are what the user should know
// about an Ollama that is used; why has a Next only when something is wrong
// beyond nobody being there.
func (m *Models) findOllama(ctx context.Context) (c *connection, notes []golocal.Remark, why *Unavailable) {
	host := m.o.OllamaHost
	if host == "" {
		host = os.Getenv("OLLAMA_HOST")
	}
	a, err := parseHost(host)
	if err != nil {
		return nil, nil, unavailable(err, remark.AsIs(err.Error()), remark.NextHost)
	}
	if !a.local && (!m.o.AllowRemote || m.o.OllamaHost == "") {
		return nil, nil, unavailable(ErrRefused, remark.New(remark.OllamaRemote, a.String()), remark.NextLoopback)
	}
	if !a.local {
		notes = append(notes, remark.New(remark.OllamaAway, a.String()))
	}
	client, h := newClient(a)
	probe, cancel := context.WithTimeout(ctx, m.t.probe)
	defer cancel()
	version, err := client.Version(probe)
	if err != nil {
		h.CloseIdleConnections()
		why := unavailable(err, remark.New(remark.NoOllama, a.String()), "")
		switch {
		case errors.Is(err, errRedirect):
			why = unavailable(fmt.Errorf("%w: %w", ErrRefused, err), remark.New(remark.OllamaRedirects, a.String()), remark.NextPointHost)
		case errors.Is(err, context.DeadlineExceeded):
			why = unavailable(err, remark.New(remark.OllamaHangs, a.String()), remark.NextRestartOllama)
		case !broken(err):
			why = unavailable(err, remark.New(remark.NotOllama, a.String()), remark.NextSetHost)
		case m.o.OllamaHost != "":
			why.advise(remark.NextServe)
		case host != "":
			why.advise(remark.NextServeOrHost)
		}
		return nil, nil, why
	}
	v, ok := parseVersion(version)
	switch {
	case !ok || v == [3]int{}:
		notes = append(notes, remark.New(remark.OllamaOdd, version))
	case older(v, floor):
		h.CloseIdleConnections()
		return nil, nil, unavailable(ErrRefused, remark.New(remark.OllamaOld, version, a.String(), fmt.Sprintf("%d.%d.%d", floor[0], floor[1], floor[2])), remark.NextUpdateOllama)
	}
	return &connection{kind: "ollama", at: a, version: version, client: client, http: h}, notes, nil
}

// parseVersion reads "0.17.4" or "v0.17.4-rc1".
func parseVersion(s string) ([3]int, bool) {
	var v [3]int
	s = strings.TrimPrefix(s, "v")
	if i := strings.IndexAny(s, "-+ "); i >= 0 {
		s = s[:i]
	}
	parts := strings.Split(s, ".")
	if len(parts) != 3 {
		return v, false
	}
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 {
			return v, false
		}
		v[i] = n
	}
	return v, true
}

func older(a, b [3]int) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}
