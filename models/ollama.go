package models

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// floor is the oldest Ollama that golocal talks to: older ones let a web page
// read the answers (CVE-2026-7482).
var floor = [3]int{0, 17, 1}

// findOllama asks the configured address. note is what the user should know
// about an Ollama that is used; why has a Next only when something is wrong
// beyond nobody being there.
func (m *Models) findOllama(ctx context.Context) (c *connection, note string, why *Unavailable) {
	host := m.o.OllamaHost
	if host == "" {
		host = os.Getenv("OLLAMA_HOST")
	}
	a, err := parseHost(host)
	if err != nil {
		return nil, "", &Unavailable{Reason: err.Error(), Next: "set OLLAMA_HOST to an address such as 127.0.0.1:11434", Err: err}
	}
	if !a.local && (!m.o.AllowRemote || m.o.OllamaHost == "") {
		return nil, "", &Unavailable{
			Reason: fmt.Sprintf("Ollama at %s is refused: it may not be this machine, and questions and files would leave it", a),
			Next:   "use a loopback address such as 127.0.0.1:11434, or name the host in the configuration and allow it there",
			Err:    ErrRefused,
		}
	}
	if !a.local {
		note = fmt.Sprintf("questions and passages go to %s, as configured", a)
	}
	client, h := newClient(a)
	probe, cancel := context.WithTimeout(ctx, m.t.probe)
	defer cancel()
	version, err := client.Version(probe)
	if err != nil {
		h.CloseIdleConnections()
		why := &Unavailable{Reason: fmt.Sprintf("no Ollama answers at %s", a), Err: err}
		switch {
		case errors.Is(err, errRedirect):
			why.Reason = fmt.Sprintf("Ollama at %s is refused: it redirects to another address", a)
			why.Next = "point OLLAMA_HOST at Ollama itself"
			why.Err = fmt.Errorf("%w: %w", ErrRefused, err)
		case errors.Is(err, context.DeadlineExceeded):
			why.Reason = fmt.Sprintf("Ollama at %s accepts connections but does not answer", a)
			why.Next = "restart Ollama"
		case !broken(err):
			why.Reason = fmt.Sprintf("what listens at %s is not Ollama", a)
			why.Next = "set OLLAMA_HOST to the address of Ollama"
		case m.o.OllamaHost != "":
			why.Next = "start it: ollama serve"
		case host != "":
			why.Next = "start it: ollama serve; or take OLLAMA_HOST out of the environment"
		}
		return nil, "", why
	}
	v, ok := parseVersion(version)
	switch {
	case !ok || v == [3]int{}:
		note = strings.TrimSpace(note + fmt.Sprintf(" Ollama reports the version %q, which golocal cannot judge", version))
	case older(v, floor):
		h.CloseIdleConnections()
		return nil, "", &Unavailable{
			Reason: fmt.Sprintf("Ollama %s at %s is older than %d.%d.%d, which closes a security hole (CVE-2026-7482)", version, a, floor[0], floor[1], floor[2]),
			Next:   "update Ollama from ollama.com",
			Err:    ErrRefused,
		}
	}
	return &connection{kind: "ollama", at: a, version: version, client: client, http: h}, note, nil
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
