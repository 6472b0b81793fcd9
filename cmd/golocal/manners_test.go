package main

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golocal/internal/power"
	"golocal/internal/remark"
)

// slowEmbedder takes a second for each batch.
type slowEmbedder struct{ calls *atomic.Int64 }

func (e slowEmbedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	e.calls.Add(1)
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return make([][]float32, len(texts)), nil
}

func TestManners_Pace(t *testing.T) {
	for _, c := range []struct {
		name, mode string
		power      power.State
		took       time.Duration // of four batches
		says       string
	}{
		{"mains", politeAuto, power.State{}, 4 * time.Second, ""},
		{"battery", politeAuto, power.State{Battery: true, Percent: 80}, 8 * time.Second, "on battery"},
		{"battery of unknown charge", politeAuto, power.State{Battery: true}, 8 * time.Second, "on battery"},
		{"asked for", politeOn, power.State{}, 8 * time.Second, "half of the time"},
		{"off", politeOff, power.State{Battery: true, Percent: 3}, 4 * time.Second, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			var calls atomic.Int64
			m := newManners(c.mode)
			m.power = func() power.State { return c.power }
			e := paced{slowEmbedder{&calls}, m}
			began := time.Now()
			for range 4 {
				if _, err := e.Embed(t.Context(), []string{"a"}); err != nil {
					t.Fatal(err)
				}
			}
			if took := time.Since(began); took != c.took || calls.Load() != 4 {
				t.Errorf("%s: 4 batches took %s in %d calls, want %s", c.name, took, calls.Load(), c.took)
			}
			if text := remark.Say("en", m.pace()); (text == "") != (c.says == "") || !strings.Contains(text, c.says) {
				t.Errorf("%s: says %q", c.name, text)
			}
		})
	}
}

func TestManners_LowBatteryWaitsForTheMains(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int64
		var supply atomic.Pointer[power.State]
		low := power.State{Battery: true, Percent: 12}
		supply.Store(&low)
		m := newManners(politeAuto)
		m.power = func() power.State { return *supply.Load() }
		e := paced{slowEmbedder{&calls}, m}
		done := make(chan error, 1)
		embed := func(ctx context.Context) { _, err := e.Embed(ctx, []string{"a"}); done <- err }

		go embed(t.Context())
		time.Sleep(time.Hour)
		if calls.Load() != 0 || !strings.Contains(remark.Say("en", m.pace()), "12 %") {
			t.Errorf("%d calls, says %q", calls.Load(), remark.Say("en", m.pace()))
		}
		supply.Store(&power.State{})
		time.Sleep(time.Minute)
		if err := <-done; err != nil || calls.Load() != 1 {
			t.Errorf("plugged in: %d calls, %v", calls.Load(), err)
		}

		// Somebody who waits for the index gets it, however low the battery is.
		supply.Store(&low)
		time.Sleep(time.Minute)
		go embed(t.Context())
		time.Sleep(time.Minute)
		if calls.Load() != 1 {
			t.Fatalf("%d calls on a low battery", calls.Load())
		}
		stop := m.await()
		time.Sleep(2 * time.Second)
		if err := <-done; err != nil || calls.Load() != 2 || remark.Say("en", m.pace()) != "" {
			t.Errorf("awaited: %d calls, %v, says %q", calls.Load(), err, remark.Say("en", m.pace()))
		}
		stop()
		stop()
		if remark.Say("en", m.pace()) == "" {
			t.Error("nobody waits any more, and the battery is not heeded")
		}

		ctx, cancel := context.WithCancel(t.Context())
		go embed(ctx)
		time.Sleep(time.Minute)
		cancel()
		if err := <-done; err == nil || calls.Load() != 2 {
			t.Errorf("cancelled: %d calls, %v", calls.Load(), err)
		}
	})
}
