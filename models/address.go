package models

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// address is where a runner listens.
type address struct {
	network string   // "tcp" or "unix"
	dial    []string // tried in order; the only places that the client ever dials
	base    *url.URL
	local   bool // on this machine for certain
}

func (a address) String() string {
	if a.network == "unix" {
		return a.dial[0]
	}
	return a.base.String()
}

// parseHost reads an OLLAMA_HOST value the way Ollama does: a scheme, a host
// and a port, each optional. An unspecified address (0.0.0.0, as servers set
// it) means this machine. "localhost" is never looked up, so that no hosts
// file and no name server decides where questions go; any other name counts
// as remote without being looked up here.
func parseHost(host string) (address, error) {
	s := strings.TrimSpace(host)
	port := "11434"
	scheme, rest, ok := strings.Cut(s, "://")
	switch {
	case !ok:
		scheme, rest = "http", s
	case scheme == "http":
		port = "80"
	case scheme == "https":
		port = "443"
	default:
		return address{}, fmt.Errorf("ollama host %q: only http and https addresses work", host)
	}
	hostport, path, _ := strings.Cut(rest, "/")
	if strings.ContainsAny(hostport, "@?#\\ ") {
		return address{}, fmt.Errorf("ollama host %q: not an address of the form host:port", host)
	}
	name, p, err := net.SplitHostPort(hostport)
	if err != nil {
		name, p = strings.Trim(hostport, "[]"), port
	}
	if strings.ContainsAny(name, "[]") {
		return address{}, fmt.Errorf("ollama host %q: not an address of the form host:port", host)
	}
	if n, err := strconv.Atoi(p); err != nil || n < 1 || n > 65535 {
		return address{}, fmt.Errorf("ollama host %q: %q is not a port number", host, p)
	}
	a := address{network: "tcp"}
	lower := strings.TrimSuffix(strings.ToLower(name), ".")
	bare, _, _ := strings.Cut(name, "%") // without an IPv6 zone
	ip := net.ParseIP(bare)
	switch {
	case lower == "" || lower == "localhost" || strings.HasSuffix(lower, ".localhost"):
		a.dial = []string{net.JoinHostPort("127.0.0.1", p), net.JoinHostPort("::1", p)}
		a.local = true
		if lower == "" {
			name = "127.0.0.1"
		}
	case ip != nil && ip.IsUnspecified():
		name = "127.0.0.1"
		if ip.To4() == nil {
			name = "::1"
		}
		a.dial = []string{net.JoinHostPort(name, p)}
		a.local = true
	case ip != nil:
		a.dial = []string{net.JoinHostPort(name, p)}
		a.local = ip.IsLoopback()
	default:
		a.dial = []string{net.JoinHostPort(name, p)}
	}
	a.base = &url.URL{Scheme: scheme, Host: net.JoinHostPort(name, p)}
	if path = strings.Trim(path, "/"); path != "" {
		a.base.Path = "/" + path
	}
	return a, nil
}

// socketAddress is the engine's private socket.
func socketAddress(path string) address {
	return address{
		network: "unix", dial: []string{path}, local: true,
		base: &url.URL{Scheme: "http", Host: "golocal-engine"},
	}
}
