//go:build e2e

package e2e

import (
	"os/exec"
	"strings"
	"testing"
)

// TestOffline_NothingLeavesTheMachine runs everything in a network namespace
// that has only loopback: once the models are there, nothing else is needed.
func TestOffline_NothingLeavesTheMachine(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	script := `ip link set lo up
		if timeout 5 python3 -c 'import socket; socket.create_connection(("192.0.2.1", 80), 3)' 2>/dev/null; then echo "the namespace has a network"; exit 9; fi
		"$0" ask --folder "$1" "How many paid vacation days do I get?" && "$0" ask --generate --json "What does a new badge cost?"`
	cmd := exec.CommandContext(t.Context(), "unshare", "-Urn", "sh", "-c", script, binary(t), dir)
	r := h.wait(cmd, ".").want(t, 0)
	if !strings.Contains(r.out, "27 paid vacation days") || !strings.Contains(r.out, `"kind": "generated"`) {
		t.Errorf("without a network:\n%s\n%s", r.out, r.err)
	}
}

// TestOffline_DaemonWithLoopbackOnly runs the daemon and its page there.
func TestOffline_DaemonWithLoopbackOnly(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	script := `ip link set lo up
		"$0" up --no-open "$1" >"$2" & golocal=$!
		for i in $(seq 100); do grep -q '^page: ' "$2" && break; sleep 0.1; done
		"$0" sync && "$0" ask "How many paid vacation days do I get?"; code=$?
		python3 -c 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1].split("#")[0]).status)' "$(sed -n 's/^page: //p' "$2")"
		kill $golocal; wait $golocal; exit $code`
	cmd := exec.CommandContext(t.Context(), "unshare", "-Urn", "sh", "-c", script, binary(t), dir, t.TempDir()+"/out")
	r := h.wait(cmd, ".").want(t, 0)
	if !strings.Contains(r.out, "27 paid vacation days") || !strings.Contains(r.out, "\n200\n") {
		t.Errorf("without a network:\n%s\n%s", r.out, r.err)
	}
}

// TestOffline_OnlyLocalConnections watches the system calls of a whole run.
func TestOffline_OnlyLocalConnections(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	log := t.TempDir() + "/calls"
	cmd := exec.CommandContext(t.Context(), "strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", log,
		binary(t), "ask", "--folder", dir, "How many paid vacation days do I get?")
	h.wait(cmd, ".").want(t, 0)
	seen := 0
	for line := range strings.Lines(read(t, log)) {
		if !strings.Contains(line, "sa_family=AF_INET") {
			if strings.Contains(line, "AF_UNIX") {
				seen++
			}
			continue
		}
		if !strings.Contains(line, `inet_addr("127.0.0.1")`) && !strings.Contains(line, `inet_pton(AF_INET6, "::1"`) {
			t.Errorf("a connection away from this machine: %s", line)
		}
	}
	if seen == 0 {
		t.Error("strace saw no connection at all, not even the engine's socket: this test sees nothing")
	}
}
