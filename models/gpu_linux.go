package models

import (
	"context"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// findGPUs asks NVIDIA's driver and the kernel.
func findGPUs(ctx context.Context) GPUs {
	nvidia, reason := askNvidia(ctx, nvidiaPatience)
	return joinGPUs(nvidia, reason, readCards(os.DirFS("/sys/class/drm")))
}

var cardName = regexp.MustCompile(`^card\d+$`)

// readCards reads the display adapters from the kernel's folder of them.
func readCards(drm fs.FS) []card {
	entries, err := fs.ReadDir(drm, ".")
	if err != nil {
		return nil // no display adapter at all, as in most containers
	}
	var cards []card
	for _, e := range entries {
		if !cardName.MatchString(e.Name()) {
			continue // a connector of a card
		}
		read := func(name string) string {
			data, err := fs.ReadFile(drm, path.Join(e.Name(), "device", name))
			if err != nil {
				return ""
			}
			return strings.TrimSpace(string(data))
		}
		c := card{vendor: read("vendor"), device: read("device"), name: read("product_name")}
		if c.vendor == "" {
			continue // not on the PCI bus
		}
		c.total, _ = strconv.ParseInt(read("mem_info_vram_total"), 10, 64)
		c.used, _ = strconv.ParseInt(read("mem_info_vram_used"), 10, 64)
		cards = append(cards, c)
	}
	return cards
}
