package index

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"golocal"
)

// TestSmall_HoldsTheSame runs once more, in the small form, what is shown of
// searches in the other.
func TestSmall_HoldsTheSame(t *testing.T) {
	small = true
	defer func() { small = false }()
	for _, c := range []struct {
		name string
		test func(*testing.T)
	}{
		{"H01", TestH01_CollidingNamesBothStay}, {"H03", TestH03_DamageStaysSmall}, {"H04", TestH04_EmptyRemovalsRemoveNothing},
		{"H05", TestH05_DoneContextIsAnError}, {"H06", TestH06_ReadingWholeWhileWriting}, {"H07", TestH07_OtherDimensionsAreRefused},
		{"H08", TestH08_ZerosAndNaNAreRefused}, {"H09", TestH09_LongVectorsAreNormalised}, {"H10", TestH10_CallersSlicesAreTheirOwn},
		{"H11", TestH11_UsingTheSameSpaceAgainKeepsIt}, {"H12", TestH12_FailedCommitChangesNothing}, {"H13", TestH13_OneDocumentManyWriters},
		{"H14", TestH14_OptionsDoNotHideData}, {"H15", TestH15_ScopeMeansWhatItSays}, {"H16", TestH16_SearchesDoNotWaitForAWriter},
		{"H17", TestH17_MemoryStaysBounded}, {"H18", TestH18_EverythingAtOnce},
		{"RoundTrip", TestIndex_RoundTrip}, {"Model", TestIndex_EqualsAModel}, {"Load", TestLoad_WritesGoOnMeanwhile},
		{"Spaces", TestUse_SpacesNeverMix}, {"Building", TestBuilding_SearchesNeverStop}, {"OldVectors", TestBuilding_OldVectorsGo},
		{"Steps", TestIndex_StopsAtEveryStep},
	} {
		t.Run(c.name, c.test)
	}
}

// wholes is a file of vectors.
type wholes map[int64][]float32

func (w wholes) read(_ context.Context, ids []int64, found func(id int64, vec []float32)) error {
	if !slices.IsSorted(ids) {
		return fmt.Errorf("out of order: %v", ids)
	}
	for _, id := range ids {
		if vec, ok := w[id]; ok {
			found(id, vec)
		}
	}
	return nil
}

// TestSmall_DamagedVectorsAreLeftOut damages vectors of an open index: those
// behind them are found, the log says so, and after a restart they count as
// missing.
func TestSmall_DamagedVectorsAreLeftOut(t *testing.T) {
	var log strings.Builder
	dir := t.TempDir() + "/data"
	x, root := ready(t, Options{Small: true, Logger: slog.New(slog.NewTextHandler(&log, nil))}, dir)
	for i := range 30 {
		put(t, x, root.ID, fmt.Sprint(i), fmt.Sprint("passage ", i))
	}
	all, err := x.Nearest(t.Context(), of(vector("x")), 30, golocal.Scope{})
	must(t, err)
	last := all[29].Chunk
	for _, sql := range []string{
		`UPDATE vector SET data = zeroblob(32) WHERE id = (SELECT vector FROM chunk WHERE id = ?1)`,
		`UPDATE vector SET data = zeroblob(31) WHERE id = (SELECT vector FROM chunk WHERE id = ?1)`,
		// another's, with its seal
		`UPDATE vector SET (data, seal) = (SELECT v.data, v.seal FROM vector v JOIN chunk c ON c.vector = v.id WHERE c.id = ?2) WHERE id = (SELECT vector FROM chunk WHERE id = ?1)`,
	} {
		_, err := raw(t, x, sql, all[0].Chunk, last)
		must(t, err)
		all = all[1:]
		for _, k := range []int{1, 3, 40} {
			found, err := x.Nearest(t.Context(), of(vector("x")), k, golocal.Scope{})
			must(t, err)
			if !slices.Equal(found, all[:min(k, len(all))]) {
				t.Errorf("the nearest %d are %v, want %v", k, found, all)
			}
		}
	}
	if !strings.Contains(log.String(), "vector is damaged") {
		t.Errorf("log: %s", log.String())
	}
	must(t, x.Close())
	x = open(t, Options{}, dir)
	if got := nearest(t, x, "x", 40, golocal.Scope{}); len(got) != 28 {
		t.Errorf("after a restart %d are found", len(got))
	}
	if missing, err := x.Missing(t.Context(), 10); err != nil || len(missing) != 2 {
		t.Errorf("missing %v, %v", missing, err)
	}
}

// TestScan_VanishedVectorsAreLeftOut searches while the file has ever fewer of
// the vectors, as when their documents have just been deleted.
func TestScan_VanishedVectorsAreLeftOut(t *testing.T) {
	const dims, n = 64, 2000
	disk := wholes{}
	m := newSmallMemory(dims, disk.read)
	m.cursor = m.bound
	c := newChange()
	for i := int64(1); i <= n; i++ {
		v := vectorOf(fmt.Sprint(i), dims)
		disk[i] = v
		c.add = append(c.add, addition{chunk: i, doc: 1, vector: i, vec: v})
	}
	must(t, m.apply(t.Context(), c))
	q := vectorOf("q", dims)
	all, err := m.snap.Load().nearest(t.Context(), q, n, nil)
	must(t, err)
	for left := n; left >= 0; left -= 200 {
		for _, gone := range all[:n-left] {
			delete(disk, gone.Chunk)
		}
		found, err := m.snap.Load().nearest(t.Context(), q, 10, nil)
		must(t, err)
		if want := all[n-left:]; !slices.Equal(found, want[:min(10, left)]) {
			t.Fatalf("%d left: %v, want %v", left, found, want)
		}
	}
}
