package index

import (
	"fmt"

	"github.com/dustin/go-humanize"
)

// Machine is what is left for the index to grow into, in bytes; 0 is unknown.
type Machine struct {
	Memory int64
	Disk   int64
	Small  bool // vectors are held in their small form already
}

// Limits is how far the index can grow on a machine.
type Limits struct {
	Chunks int    `json:"chunks"`          // more of the present kind, about; -1 when it cannot be told
	Short  string `json:"short,omitempty"` // what runs short after them: "memory" or "disk"
	Advice string `json:"advice,omitempty"`
}

const (
	// others is the part of what is free that stays for other programs: 1/others.
	others = 4
	// nearlyFull is the share of what memory holds from where on there is advice.
	nearlyFull = .7
	// farthest is how many chunks the index was measured with (golocal bench index
	// --growth); every search of vectors goes through all of them.
	farthest = 300_000
	// slowWords is from where on searches by words are felt, milliseconds.
	slowWords = 250

	vectorRow  = 1.15 // bytes of a vector in the file, its row and indexes included, over its numbers alone
	memoryRow  = 64   // bytes of memory that a vector takes beside its numbers
	usualChunk = 3000 // bytes of a chunk in the file, its vector aside, where too few are there to measure
	enough     = 2000 // chunks from where on their mean is taken for the next ones
)

// Limits tells how far the index can grow on a machine: by the bytes that a
// chunk was measured to take here. Advice is one line, given before something
// runs short; empty while all is well.
func (s Stats) Limits(m Machine) Limits {
	l := Limits{Chunks: -1}
	inMemory, onDisk := s.chunkMemory(m.Small), s.chunkDisk()
	fits := func(free int64, each float64, what string) {
		if free <= 0 || each <= 0 {
			return
		}
		if n := int(float64(free-free/others) / each); l.Chunks < 0 || n < l.Chunks {
			l.Chunks, l.Short = n, what
		}
	}
	memory := m.Memory
	if memory > 0 && s.Loading { // some of it is spoken for
		memory = max(1, memory-max(0, int64(inMemory*float64(s.Vectors))-s.MemoryBytes))
	}
	fits(memory, inMemory, "memory")
	fits(m.Disk, onDisk, "disk")
	m.Memory = memory
	l.Advice = s.advice(m)
	return l
}

// chunkMemory is how many bytes of memory a chunk takes; 0 without a model.
func (s Stats) chunkMemory(small bool) float64 {
	if s.Vectors >= enough && !s.Loading && s.MemoryBytes > 0 {
		return float64(s.MemoryBytes) / float64(s.Vectors)
	}
	if s.Dims == 0 {
		return 0
	}
	return vectorMemory(s.Dims, small)
}

// vectorMemory is how many bytes of memory a vector takes: its sketch, and the
// whole of it unless that is in the file alone.
func vectorMemory(dims int, small bool) float64 {
	if small {
		return float64(dims + memoryRow)
	}
	return float64(5*dims + memoryRow)
}

// chunkDisk is how many bytes of the file a chunk takes.
func (s Stats) chunkDisk() float64 {
	if s.Chunks >= enough {
		return float64(s.DiskBytes) / float64(s.Chunks)
	}
	return usualChunk + vectorRow*4*float64(s.Dims)
}

// advice is what to do before something runs short, the most urgent first.
func (s Stats) advice(m Machine) string {
	size := func(n float64) string { return humanize.Bytes(uint64(max(n, 0))) }
	if b := s.Building; b != nil {
		disk := vectorRow * 4 * float64(b.Dims) * float64(max(s.Chunks-b.Vectors, 0))
		memory := vectorMemory(b.Dims, m.Small) * float64(s.Chunks)
		switch back := "go back: golocal models use " + s.Model; {
		case m.Disk > 0 && disk > float64(m.Disk):
			return fmt.Sprintf("the index for %s needs %s more of disk and %s are free: free some, or %s", b.Model, size(disk), size(float64(m.Disk)), back)
		case m.Memory > 0 && memory > float64(m.Memory):
			if !m.Small {
				back = "set memory: small in config.yaml, or " + back
			} else {
				back = "or " + back
			}
			return fmt.Sprintf("the vectors of %s need %s of memory beside those that answer until they are there, and %s are free: close other programs, %s",
				b.Model, size(memory), size(float64(m.Memory)), back)
		}
	}
	if m.Disk > 0 {
		what, need := "tidying up the postings", float64(s.PostingBytes)
		if change := vectorRow * 4 * float64(s.Dims) * float64(s.Chunks); change > need {
			what, need = "changing the embedding model", change
		}
		need += walLimit
		if float64(m.Disk) < 2*need {
			return fmt.Sprintf("%s of disk are free and %s takes up to %s for a while: free some before", size(float64(m.Disk)), what, size(need))
		}
	}
	if used := s.chunkMemory(m.Small) * float64(s.Vectors); m.Memory > 0 && used > 0 {
		holds := used + float64(m.Memory-m.Memory/others)
		if share := used / holds; share >= nearlyFull {
			do := "set memory: small in config.yaml, or use a model with shorter vectors (golocal models suggest)"
			if m.Small {
				do = "use a model with shorter vectors (golocal models suggest), or leave out what nobody searches (.golocalignore)"
			}
			return fmt.Sprintf("the vectors take %s of memory, %.0f %% of what there is for them: %s", size(used), 100*share, do)
		}
	}
	if s.WordsMillis >= slowWords {
		return fmt.Sprintf("searches by words take %.0f ms: search in one folder at a time, or leave out what nobody searches (.golocalignore)", s.WordsMillis)
	}
	if s.Chunks >= farthest {
		return fmt.Sprintf("%s passages are more than golocal was measured with: each search goes through all of them, so leave out what nobody searches (.golocalignore)", humanize.Comma(int64(s.Chunks)))
	}
	return ""
}
