package history

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestStore_ForgetsWhatIsOld(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := open(t, dir)
		defer shut(t, s)
		old := ask(t, s, Ask{Question: "What is the Zanzibarquux?"}, "An old thing.")
		pinned := ask(t, s, Ask{Question: "What is pinned?"}, "This.")
		if _, err := s.Change(t.Context(), pinned.Conversation, Change{Pinned: new(true)}); err != nil {
			t.Fatal(err)
		}
		resumed := ask(t, s, Ask{Question: "What is resumed?"}, "That.")
		time.Sleep(20 * 24 * time.Hour)
		ask(t, s, Ask{Conversation: resumed.Conversation, Question: "And now?"}, "Still that.")
		time.Sleep(11 * 24 * time.Hour)
		expire := func(days, want int) {
			t.Helper()
			if n, err := s.Expire(t.Context(), days); err != nil || n != want {
				t.Errorf("after %d days %d are forgotten, %v; want %d", days, n, err, want)
			}
		}
		expire(0, 0)
		expire(32, 0)
		expire(30, 1)
		if _, err := s.Conversation(t.Context(), old.Conversation); err == nil {
			t.Error("the old one is there")
		}
		expire(10, 1)
		if p, err := s.List(t.Context(), Query{}); err != nil || len(p.Conversations) != 1 || p.Conversations[0].ID != pinned.Conversation {
			t.Errorf("%+v %v", p, err)
		}
	})
	if got := holding(t, dir, "anzibarquux"); got != nil {
		t.Error(got)
	}
}
