package power

import (
	"context"
	"os/exec"
	"time"
)

// Now asks pmset(1), which every Mac has.
func Now() State {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "/usr/bin/pmset", "-g", "batt").Output()
	if err != nil {
		return State{}
	}
	return pmset(string(out))
}
