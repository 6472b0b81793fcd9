package child

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"slices"
	"strings"
	"sync"

	"golocal"
	"golocal/internal/remark"
)

// maxStrikes is how often a file may kill its process before it is given up.
const maxStrikes = 3

// Strikes remembers across restarts which files killed their parser process, by
// the SHA-256 of their bytes. A file that is being read is noted before its
// first byte is parsed: where golocal itself ends meanwhile, as when the
// machine runs out of memory, that is a strike too. It holds the 1,000 files
// that were met last. A nil *Strikes remembers nothing.
type Strikes struct {
	mu    sync.Mutex
	file  *os.File
	slots []strike
	last  uint64 // number of the last change
}

// strike is one file's record.
type strike struct {
	sum    golocal.Sum
	change uint64 // when it was written; larger is later, 0 marks a free slot
	count  uint8
	open   bool // it is being read
	reason string
}

// The file has a head and then slots of one size. A slot is written in one call
// and carries a CRC-32C, so that one torn by a crash is seen and left out.
//
//	sum 32 | change 8 | count 1 | open 1 | length of the reason 1 | reason | CRC-32C 4
const (
	slotSize  = 256
	maxSlots  = 1000
	maxReason = slotSize - 32 - 8 - 3 - 4
	magic     = "golocal strikes 1\n"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// reasonStopped is why a file is given up that was being read when golocal ended.
const reasonStopped = string(remark.Interrupted)

// OpenStrikes opens or makes the file at path. version names the parsers: what
// other versions could not read is forgotten. A file that is damaged begins
// anew, as far as it is.
func OpenStrikes(path, version string) (*Strikes, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the list of files that parsers died of: %w", err)
	}
	s := &Strikes{file: f, slots: make([]strike, maxSlots)}
	data, err := io.ReadAll(io.LimitReader(f, slotSize*(maxSlots+1)))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read %s: %w", path, err), f.Close())
	}
	head := make([]byte, slotSize)
	copy(head, magic+version)
	if !bytes.HasPrefix(data, head) {
		if err := errors.Join(f.Truncate(0), writeAt(f, head, 0)); err != nil {
			return nil, errors.Join(fmt.Errorf("write %s: %w", path, err), f.Close())
		}
		return s, nil
	}
	for i := range s.slots {
		from := slotSize * (i + 1)
		if len(data) < from+slotSize {
			break
		}
		s.slots[i] = decodeStrike(data[from : from+slotSize])
		s.last = max(s.last, s.slots[i].change)
	}
	for i := range s.slots {
		if n := &s.slots[i]; n.open { // golocal ended while it was read
			n.open, n.count = false, n.count+1
			if n.count >= maxStrikes {
				n.reason = reasonStopped
			}
			s.write(i)
		}
	}
	return s, nil
}

func writeAt(f *os.File, b []byte, at int64) error {
	_, err := f.WriteAt(b, at)
	return err
}

// begin notes that a file is about to be read, unless it was given up: then it
// returns why.
func (s *Strikes) begin(sum golocal.Sum) (count int, reason string) {
	if s == nil {
		return 0, ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.find(sum)
	if i >= 0 && s.slots[i].count >= maxStrikes {
		return int(s.slots[i].count), s.slots[i].reason
	}
	if i < 0 {
		i = s.oldest()
		s.slots[i] = strike{sum: sum}
	}
	s.slots[i].open = true
	s.write(i)
	return int(s.slots[i].count), ""
}

// end notes that a file is no longer read and how many strikes it has; one
// without any is forgotten.
func (s *Strikes) end(sum golocal.Sum, count int, reason string) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.find(sum)
	switch {
	case i < 0:
		return
	case count == 0:
		s.slots[i] = strike{}
	default:
		s.slots[i].open, s.slots[i].count, s.slots[i].reason = false, uint8(count), reason
	}
	s.write(i)
}

// Forget gives a file that was given up another chance.
func (s *Strikes) Forget(sum golocal.Sum) { s.end(sum, 0, "") }

func (s *Strikes) find(sum golocal.Sum) int {
	return slices.IndexFunc(s.slots, func(n strike) bool { return n.change > 0 && n.sum == sum })
}

// oldest returns a free slot, or that of the file that was met longest ago.
func (s *Strikes) oldest() int {
	at := 0
	for i, n := range s.slots {
		if n.change == 0 {
			return i
		}
		if s.slots[at].open || !n.open && n.change < s.slots[at].change {
			at = i
		}
	}
	return at
}

// write puts a slot into the file. An error costs only the memory of it: the
// disk may be full, and a file is read all the same.
func (s *Strikes) write(i int) {
	n := &s.slots[i]
	if n.sum != (golocal.Sum{}) {
		s.last++
		n.change = s.last
	}
	_, _ = s.file.WriteAt(n.encode(), int64(slotSize*(i+1)))
}

func (n strike) encode() []byte {
	b := make([]byte, 0, slotSize)
	b = append(b, n.sum[:]...)
	b = binary.BigEndian.AppendUint64(b, n.change)
	reason := strings.ToValidUTF8(n.reason[:min(len(n.reason), maxReason)], "")
	b = append(b, n.count, map[bool]byte{true: 1}[n.open], byte(len(reason)))
	b = append(b, reason...)
	b = b[:slotSize-4]
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// decodeStrike reads a slot; one that is free or damaged is the zero strike.
func decodeStrike(b []byte) (n strike) {
	if crc32.Checksum(b[:slotSize-4], castagnoli) != binary.BigEndian.Uint32(b[slotSize-4:]) {
		return strike{}
	}
	copy(n.sum[:], b)
	n.change = binary.BigEndian.Uint64(b[32:])
	n.count, n.open = b[40], b[41] == 1
	n.reason = string(b[43 : 43+min(int(b[42]), maxReason)])
	if n.change == 0 {
		return strike{}
	}
	return n
}

// Close closes the file.
func (s *Strikes) Close() error {
	if s == nil {
		return nil
	}
	return s.file.Close()
}
