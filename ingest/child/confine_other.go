//go:build !linux

package child

const (
	openEnv  = "GOLOCAL_PARSER_OPEN"
	readsEnv = "GOLOCAL_PARSER_READS"
)

// confine has no call to make here. What holds on macOS and the BSDs: limits on
// memory, time and the size of written files, no environment, no inherited
// descriptors, a process group that is ended as one, and for PDFs the sandbox
// of WebAssembly. On Windows: the watchdog on memory and the parent's on time,
// no environment and no inherited handles (Go passes on none but those named).
// The network and the user's files are not kept from it: macOS has no
// documented call for that since sandbox_init is deprecated.
func confine(_ string, nice bool) (how string, err error) {
	if nice {
		yieldToOthers()
	}
	return "", nil
}
