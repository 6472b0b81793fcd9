package speed

import (
	"fmt"
	"os"
	"path/filepath"
)

// Towns are the subjects of a made folder's files: each file says in one
// sentence who built its town's lighthouse, and when.
var Towns = []string{"Arnvik", "Belmouth", "Corran", "Dunsey", "Elvstad", "Farrow", "Gullness", "Hartsea", "Inverlee", "Jorvik",
	"Kelsound", "Lindey", "Marwick", "Norhaven", "Oakum", "Porthale", "Quayle", "Ravensea", "Selmar", "Torvik"}

// Question asks what exactly one file of a made folder answers.
func Question(town string) string { return fmt.Sprintf("Who built the lighthouse of %s?", town) }

// WriteTowns writes a file of about words words for every town into dir.
func WriteTowns(dir string, words int) error {
	for i, town := range Towns {
		text := fmt.Sprintf("# %s\n\n%s\n\nThe lighthouse of %s was built by %s Brandt in %d.\n\n%s\n",
			town, Words(words/2, uint64(i)<<8+1), town, town[:3]+"ine", 1700+7*i, Words(words/2, uint64(i)<<8+2))
		if err := os.WriteFile(filepath.Join(dir, town+".md"), []byte(text), 0o600); err != nil {
			return fmt.Errorf("write a made file: %w", err)
		}
	}
	return nil
}

// WriteFiller writes n files of about words words that answer nothing into dir.
func WriteFiller(dir string, n, words int) error {
	for i := range n {
		text := fmt.Sprintf("# Log %d\n\n%s\n", i, Words(words, uint64(i)<<16+9))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("log-%04d.md", i)), []byte(text), 0o600); err != nil {
			return fmt.Errorf("write a made file: %w", err)
		}
	}
	return nil
}
