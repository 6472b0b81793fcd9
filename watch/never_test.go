package watch

import (
	"strings"
	"testing"

	"golocal/internal/remark"
)

func TestNever(t *testing.T) {
	for path, want := range map[string]string{
		"a.md": "", "Tax/2024/Report.pdf": "", ".notes/x.md": "", ".env.example": "",
		".env": ".env*", "a/server.pem": "*.pem", "a/.ssh/config": ".ssh", "x/node_modules/y/readme.md": "node_modules",
		".DS_Store": ".ds_store", "a/~$letter.docx": "~$*", "x.part": "*.part", ".git/HEAD": ".git",
	} {
		if got := remark.Say("en", Never(path)); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("Never(%q) = %q, want a word of %q", path, got, want)
		}
	}
}
