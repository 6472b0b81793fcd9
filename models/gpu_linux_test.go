package models

import (
	"fmt"
	"testing"
	"testing/fstest"
)

func TestReadCards(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	got := readCards(fstest.MapFS{
		"card0/device/vendor":              file("0x8086\n"),
		"card0/device/device":              file("0x9a49\n"),
		"card0-eDP-1/device/vendor":        file("0x8086\n"), // a connector
		"card1/device/vendor":              file("0x1002\n"),
		"card1/device/device":              file("0x744c\n"),
		"card1/device/product_name":        file("Radeon RX 7900 XTX\n"),
		"card1/device/mem_info_vram_total": file("25753026560\n"),
		"card1/device/mem_info_vram_used":  file("1073741824\n"),
		"card2/device/uevent":              file("DRIVER=vkms\n"), // no vendor: not a device on a bus
		"card3/device/vendor":              file("0x1002\n"),
		"card3/device/mem_info_vram_total": file("much\n"),
		"renderD128/device/vendor":         file("0x1002\n"),
		"version":                          file("drm 1.1.0\n"),
	})
	want := []card{
		{vendor: "0x8086", device: "0x9a49"},
		{vendor: "0x1002", device: "0x744c", name: "Radeon RX 7900 XTX", total: 25753026560, used: 1073741824},
		{vendor: "0x1002"},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v", got)
	}
	if got := readCards(fstest.MapFS{}); len(got) != 0 {
		t.Errorf("no adapter: %+v", got)
	}
}
