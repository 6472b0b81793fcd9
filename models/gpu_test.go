package models

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
	"golocal/internal/remark"
)

func TestParseNvidia(t *testing.T) {
	for _, row := range []struct {
		name, text string
		want       []GPU
	}{
		{"one", "NVIDIA GeForce RTX 4070, 12282, 11009, 550.54.14\n", []GPU{{Name: "NVIDIA GeForce RTX 4070", Memory: 12282 << 20, Free: 11009 << 20, Driver: "550.54.14"}}},
		{"two", "Tesla T4, 15360, 15102, 535.1\r\nTesla T4, 15360, 100, 535.1\r\n", []GPU{{Name: "NVIDIA Tesla T4", Memory: 15360 << 20, Free: 15102 << 20, Driver: "535.1"}, {Name: "NVIDIA Tesla T4", Memory: 15360 << 20, Free: 100 << 20, Driver: "535.1"}}},
		{"shared memory", "NVIDIA GB10, [N/A], [N/A], 580.95\n", []GPU{{Name: "NVIDIA GB10", Driver: "580.95"}}},
		{"no driver version", "NVIDIA A, 100, 50, [Not Supported]\n", []GPU{{Name: "NVIDIA A", Memory: 100 << 20, Free: 50 << 20}}},
		{"negative and absurd", "NVIDIA A, -5, 99999999999999, 1\n", []GPU{{Name: "NVIDIA A", Driver: "1"}}},
		{"nothing", "\n", nil}, {"no list", "NVIDIA-SMI has failed\n", nil}, {"a name is missing", ", 1, 1, 1\n", nil}, {"more columns", "a, 1, 2, 3, 4\n", nil},
	} {
		got, err := parseNvidia(row.text)
		if (err != nil) != (row.want == nil) || fmt.Sprint(got) != fmt.Sprint(row.want) && row.want != nil {
			t.Errorf("%s: %+v, %v", row.name, got, err)
		}
	}
}

// stubNvidia is this program as nvidia-smi.
func stubNvidia() int {
	switch mode := os.Getenv("GOLOCAL_TEST_NVIDIA"); mode {
	case "hang":
		time.Sleep(time.Hour)
	case "none":
		fmt.Println("No devices were found")
		return 6
	case "driver":
		fmt.Println("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\nMake sure that it runs.")
		return 9
	case "flood":
		fmt.Print(strings.Repeat("x", 1<<20))
	default:
		if !strings.Contains(strings.Join(os.Args, " "), "--query-gpu=name,memory.total,memory.free,driver_version --format=csv,noheader,nounits") {
			return 2
		}
		fmt.Println(mode)
	}
	return 0
}

func TestAskNvidia_FailsWithAReason(t *testing.T) {
	name := "nvidia-smi"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.Symlink(self, filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOLOCAL_TEST_AS", "nvidia-smi")
	t.Setenv("PATH", dir)
	for _, row := range []struct {
		mode     string
		patience time.Duration
		want     string // reason
	}{
		{"NVIDIA A, 100, 50, 1.2", time.Minute, ""},
		{"hang", 200 * time.Millisecond, "does not answer within 200ms"},
		{"none", time.Minute, "finds no GPU"},
		{"driver", time.Minute, "nvidia-smi fails: NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver"},
		{"flood", time.Minute, "cannot read"},
	} {
		t.Setenv("GOLOCAL_TEST_NVIDIA", row.mode)
		gpus, reason := askNvidia(t.Context(), row.patience)
		if (len(gpus) == 1) != (row.want == "") || !strings.Contains(remark.Say("en", reason), row.want) || row.want == "" && reason.Code != "" {
			t.Errorf("%s: %v, %v", row.mode, gpus, reason)
		}
	}
	t.Setenv("PATH", t.TempDir())
	if gpus, reason := askNvidia(t.Context(), time.Minute); gpus != nil || reason.Code != "" {
		t.Errorf("without nvidia-smi: %v, %v", gpus, reason)
	}
}

func TestJoinGPUs(t *testing.T) {
	rtx := GPU{Name: "NVIDIA RTX 4070", Memory: 12 << 30, Driver: "550"}
	amd := card{vendor: vendorAMD, device: "0x744c", total: 24 << 30, used: 1 << 30}
	for _, row := range []struct {
		name   string
		nvidia []GPU
		reason golocal.Remark
		cards  []card
		text   string
		next   string
	}{
		{"nothing", nil, golocal.Remark{}, nil, "no supported GPU found", ""},
		{"NVIDIA", []GPU{rtx}, golocal.Remark{}, []card{{vendor: vendorIntel}, {vendor: vendorNVIDIA}}, "NVIDIA RTX 4070 (12.9 GB, driver 550)", ""},
		{"AMD", nil, golocal.Remark{}, []card{{vendor: vendorIntel}, amd}, "AMD GPU 0x744c (25.8 GB, 24.7 GB free)", ""},
		{"named AMD", nil, golocal.Remark{}, []card{{vendor: vendorAMD, name: "Radeon Pro", total: 8 << 30}}, "Radeon Pro (8.6 GB, 8.6 GB free)", ""},
		{"part of the processor", nil, golocal.Remark{}, []card{{vendor: vendorAMD, device: "0x1638", total: 512 << 20}}, "no supported GPU found (AMD GPU 0x1638: part of the processor, with 537 MB of its own memory: not supported by Ollama)", ""},
		{"no amdgpu", nil, golocal.Remark{}, []card{{vendor: vendorAMD, device: "0x6779"}}, "no supported GPU found (AMD GPU 0x6779: its driver is not amdgpu)", "amdgpu"},
		{"Intel", nil, golocal.Remark{}, []card{{vendor: vendorIntel}}, "no supported GPU found (Intel graphics: not supported by Ollama)", ""},
		{"a virtual machine's", nil, golocal.Remark{}, []card{{vendor: "0x1234"}}, "no supported GPU found (display adapter 0x1234: not supported by Ollama)", ""},
		{"no driver", nil, golocal.Remark{}, []card{{vendor: vendorNVIDIA}}, "no supported GPU found (NVIDIA GPU: nvidia-smi, which comes with its driver, is not installed)", "install NVIDIA's driver"},
		{"driver hangs", nil, remark.New(remark.ToolSilent, 4*time.Second), []card{{vendor: vendorNVIDIA}}, "no supported GPU found (NVIDIA GPU: its driver does not answer: nvidia-smi does not answer within 4s)", "install NVIDIA's driver"},
		{"driver without device", nil, remark.New(remark.ToolNoDevice), nil, "no supported GPU found (NVIDIA's driver is there, but finds no GPU)", ""},
	} {
		g := joinGPUs(row.nvidia, row.reason, row.cards)
		if g.Text() != row.text || !strings.Contains(g.NextStep(), row.next) || row.next == "" && g.NextStep() != "" {
			t.Errorf("%s: %q, next %q", row.name, g.Text(), g.NextStep())
		}
		for i, d := range g.Devices[:len(g.Usable())] {
			if d.Problem != "" {
				t.Errorf("%s: device %d, %s, cannot be used and stands before one that can", row.name, i, d.Name)
			}
		}
	}
}

func TestAppleGPU_MayTakeAPartOfTheMemory(t *testing.T) {
	for _, row := range []struct{ memory, want int64 }{{24 << 30, 16 << 30}, {64 << 30, 48 << 30}, {0, 0}} {
		if g := appleGPU(row.memory); g.Memory != row.want || (g.Note == "") != (row.want == 0) {
			t.Errorf("%d: %+v", row.memory, g)
		}
	}
}

func TestGPUWatch_AsksOnceAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		w := gpuWatch{find: func(context.Context) GPUs { asked++; return GPUs{Reason: fmt.Sprint(asked)} }}
		if w.last() != nil {
			t.Error("something is known before anybody looked")
		}
		w.look(t.Context())
		time.Sleep(59 * time.Second)
		if g := w.look(t.Context()); g.Reason != "1" || w.last().Reason != "1" {
			t.Errorf("after 59 s: %s", g.Reason)
		}
		time.Sleep(2 * time.Second)
		left, leave := context.WithCancel(t.Context())
		leave()
		w.look(left) // what a caller that left was told does not count
		if w.last().Reason != "1" {
			t.Error("the answer to a caller that left was kept")
		}
		if g := w.look(t.Context()); g.Reason != "3" {
			t.Errorf("after a minute: %s", g.Reason)
		}
	})
}
