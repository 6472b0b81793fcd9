package engine

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestReadRecord_TrustsOnlyWhatFits(t *testing.T) {
	for name, c := range map[string]struct {
		record string // "" is none
		file   int64  // its size; -1 is none
		want   []span
	}{
		"whole spans":           {`{"size":100,"whole":[{"from":0,"to":10},{"from":20,"to":50}]}`, 50, []span{{0, 10}, {20, 50}}},
		"a span to the end":     {`{"size":100,"whole":[{"from":90,"to":100}]}`, 100, []span{{90, 100}}},
		"nothing yet":           {`{"size":100}`, 0, nil},
		"no record":             {"", 50, nil},
		"no file":               {`{"size":100,"whole":[{"from":0,"to":10}]}`, -1, nil},
		"a shorter file":        {`{"size":100,"whole":[{"from":0,"to":10},{"from":20,"to":50}]}`, 49, nil},
		"another blob's size":   {`{"size":99,"whole":[{"from":0,"to":10}]}`, 50, nil},
		"more than the blob":    {`{"size":100,"whole":[{"from":0,"to":101}]}`, 200, nil},
		"a negative place":      {`{"size":100,"whole":[{"from":-5,"to":10}]}`, 50, nil},
		"spans that overlap":    {`{"size":100,"whole":[{"from":0,"to":10},{"from":9,"to":20}]}`, 50, nil},
		"spans in disorder":     {`{"size":100,"whole":[{"from":20,"to":30},{"from":0,"to":10}]}`, 50, nil},
		"an empty span":         {`{"size":100,"whole":[{"from":5,"to":5}]}`, 50, nil},
		"a record cut in two":   {`{"size":100,"whole":[{"from":0,"t`, 50, nil},
		"a record of zeros":     {"\x00\x00\x00\x00", 50, nil},
		"something else's JSON": {`[1,2]`, 50, nil},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x"+partialSuffix)
			if c.file >= 0 {
				if err := os.WriteFile(path, make([]byte, c.file), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if c.record != "" {
				if err := os.WriteFile(path+recordSuffix, []byte(c.record), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if got := readRecord(path, 100); !slices.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// Whatever is whole, the parts cover the blob once and in order, none is too
// large to fetch, and what they have written is what was whole.
func TestPieces_CoverTheBlobOnce(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 1))
		size, most := rng.Int64N(500), 1+rng.Int64N(60)
		var given []span
		for at := rng.Int64N(20); ; {
			s := span{at, at + 1 + rng.Int64N(50)}
			if s.To > size {
				break
			}
			given = append(given, s)
			at = s.To + 1 + rng.Int64N(50)
		}
		parts := pieces(size, most, given)
		var at int64
		for _, p := range parts {
			if p.From != at || p.To <= p.From || p.done == 0 && p.To-p.From > most {
				t.Fatalf("seed %d: part %+v at %d of %d, at most %d", seed, *p, at, size, most)
			}
			at = p.To
		}
		if at != size {
			t.Errorf("seed %d: the parts end at %d of %d", seed, at, size)
		}
		if got := whole(parts); !slices.Equal(got, given) {
			t.Errorf("seed %d: whole are %v, want %v", seed, got, given)
		}
		for _, p := range parts {
			p.done = p.To - p.From
		}
		if got := whole(parts); size > 0 && fmt.Sprint(got) != fmt.Sprint([]span{{0, size}}) {
			t.Errorf("seed %d: all parts together are %v", seed, got)
		}
	}
}
