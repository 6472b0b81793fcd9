package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
)

// SQLite does not tie a file to the write-ahead log beside it: a log of another
// store, or one that is newer or older than its file, is folded in all the same
// and leaves a mix of pages. So every commit that changes something is numbered.
// The number lies in user_version, in the file's first page, above the version;
// counting starts anywhere, so that two stores hardly ever meet. A log that
// belongs to its file begins right behind the file's commit or, where part of it
// is folded in already, before it, and does not end before it.
// https://www.sqlite.org/fileformat2.html

const (
	versionBits = 8
	commits     = 1<<(31-versionBits) - 1 // their numbers are 1 to this: user_version is a signed integer of 32 bits
)

// versionOf and commitOf are the halves of user_version. Commit 0 is none: the
// file has a version from before 6.
func versionOf(user int32) int   { return int(user) & (1<<versionBits - 1) }
func commitOf(user int32) uint32 { return uint32(user) >> versionBits & commits }

// follow is the user_version of the next commit, of a store that may not have
// had one.
func follow(user int32) int32 {
	n := commitOf(user)
	if n == 0 {
		n = rand.Uint32N(commits)
	}
	n = n%commits + 1
	return int32(n)<<versionBits | int32(versionOf(user))
}

// checkPair returns ErrDamaged where the file at path is empty, which no file of
// ours ever is, or does not belong to the log beside it. It changes nothing.
func checkPair(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		if info, err := os.Stat(path + "-wal"); err == nil && info.Size() > 0 {
			return fmt.Errorf("%s is not there, but its log is: %w", fileName, ErrDamaged)
		}
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	var header [100]byte
	if _, err := io.ReadFull(f, header[:]); err != nil {
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return fmt.Errorf("%s is cut off: %w", fileName, ErrDamaged)
		}
		return err
	}
	size := int64(binary.BigEndian.Uint16(header[16:]))
	if info, err := f.Stat(); err != nil {
		return err
	} else if whole := size == 0 || info.Size()%size == 0; !whole && empty(path+"-wal") {
		return fmt.Errorf("%s is cut off: %w", fileName, ErrDamaged)
	}
	now := commitOf(int32(binary.BigEndian.Uint32(header[60:])))
	first, last, err := logged(path + "-wal")
	if err != nil || now == 0 || first == 0 {
		return err
	}
	// from the commit before the log's first one
	if steps := func(to uint32) uint32 { return (to + commits - first + 1) % commits }; steps(now) > steps(last) {
		return fmt.Errorf("the log %s-wal belongs to another file than the %s beside it: %w", fileName, fileName, ErrDamaged)
	}
	return nil
}

// empty reports whether nothing is in the file at path.
func empty(path string) bool {
	info, err := os.Stat(path)
	return err != nil || info.Size() == 0
}

// logged returns the numbers of the first and the last commit in a log, 0 where
// there is none.
func logged(path string) (first, last uint32, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, 0, nil
	}
	if err != nil {
		return 0, 0, err
	}
	defer f.Close()
	var head [32]byte
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return 0, 0, unlessShort(err)
	}
	size := int64(binary.BigEndian.Uint32(head[8:]))
	if binary.BigEndian.Uint32(head[:])&^1 != 0x377f0682 || size < 512 {
		return 0, 0, nil // SQLite takes it for empty
	}
	var written uint32 // of the transaction being read
	var frame [24 + 64]byte
	for at := int64(32); ; at += 24 + size {
		if _, err := f.ReadAt(frame[:], at); err != nil {
			return first, last, unlessShort(err)
		}
		if string(frame[8:16]) != string(head[16:24]) { // salts: what follows is left from before
			return first, last, nil
		}
		if binary.BigEndian.Uint32(frame[:]) == 1 {
			written = commitOf(int32(binary.BigEndian.Uint32(frame[24+60:])))
		}
		if binary.BigEndian.Uint32(frame[4:]) != 0 && written != 0 { // the last frame of its transaction
			if last = written; first == 0 {
				first = last
			}
		}
	}
}

// unlessShort is err, nil for the end of a file.
func unlessShort(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}
