package history

import (
	"errors"
	"strings"
	"testing"

	"golocal/internal/smalldisk"
)

// TestStore_FullDisk fills a real disk: what was kept stays, and keeping goes on
// once there is room.
func TestStore_FullDisk(t *testing.T) {
	disk, ok := smalldisk.Mount(t, 4<<20)
	if !ok {
		return
	}
	s := open(t, disk.Dir)
	defer shut(t, s)
	kept := ask(t, s, Ask{Question: "What stays?"}, "Everything.")
	disk.Fill(t, 0)
	var err error
	for range 50 {
		var b Begun
		if b, err = s.Begin(t.Context(), Ask{Question: strings.Repeat("How much? ", 2000)}); err == nil {
			err = s.Save(t.Context(), b.Turn, Outcome{State: Done, Answer: says(strings.Repeat("Too much. ", 20_000))})
		}
		if err != nil {
			break
		}
	}
	if !errors.Is(err, ErrFull) {
		t.Errorf("on a full disk: %v", err)
	}
	if w, err := s.Conversation(t.Context(), kept.Conversation); err != nil || w.Turns[0].Answer.Said() != "Everything." {
		t.Errorf("%+v %v", w, err)
	}
	disk.Clear(t)
	ask(t, s, Ask{Conversation: kept.Conversation, Question: "And now?"}, "There is room.")
	if _, err := s.RemoveAll(t.Context()); err != nil {
		t.Error(err)
	}
}
