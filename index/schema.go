package index

import (
	"context"
	"fmt"
	"os"
	"time"
)

// applicationID marks the file as ours: "glcl".
const applicationID = 0x676c636c

// step takes the file from one version to the next.
type step func(t *tx) error

// statements is the step that runs SQL.
func statements(sql string) step { return func(t *tx) error { return t.exec(sql) } }

// migrations take the file from version n to n+1, each in one transaction that
// also writes the version, so a killed one starts again. Released ones are
// never edited.
var migrations = []step{statements(`
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE root (
	id    INTEGER PRIMARY KEY AUTOINCREMENT,
	path  BLOB NOT NULL UNIQUE,
	added INTEGER NOT NULL
);

-- Times are nanoseconds since 1970, the smallest integer is none. A path is raw bytes: file names
-- need not be UTF-8. A seal is the CRC-32C of the row (seal.go).
CREATE TABLE document (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	root     INTEGER NOT NULL REFERENCES root(id),
	path     BLOB NOT NULL,
	sum      BLOB NOT NULL,
	size     INTEGER NOT NULL,
	modified INTEGER NOT NULL,
	indexed  INTEGER NOT NULL,
	type     TEXT NOT NULL,
	title    TEXT NOT NULL,
	pages    INTEGER NOT NULL,
	blank    INTEGER NOT NULL,
	chunks   INTEGER NOT NULL,
	state    TEXT NOT NULL,
	reason   TEXT NOT NULL,
	parser   TEXT NOT NULL,
	length   INTEGER NOT NULL, -- bytes of text
	seal     INTEGER NOT NULL
);
CREATE UNIQUE INDEX document_place ON document(root, path);
CREATE INDEX document_path ON document(path, root);

-- A document's text in blocks of 16 KiB, so that a chunk is read without the rest.
CREATE TABLE text (
	doc   INTEGER NOT NULL REFERENCES document(id),
	block INTEGER NOT NULL,
	data  BLOB NOT NULL,
	seal  INTEGER NOT NULL,
	PRIMARY KEY (doc, block)
);

CREATE TABLE section (
	doc  INTEGER PRIMARY KEY REFERENCES document(id),
	data BLOB NOT NULL, -- JSON
	seal INTEGER NOT NULL
);

CREATE TABLE space (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	model    TEXT NOT NULL,
	digest   TEXT NOT NULL,
	dims     INTEGER NOT NULL,
	query    TEXT NOT NULL, -- prefixes
	document TEXT NOT NULL,
	tokens   INTEGER NOT NULL,
	active   INTEGER NOT NULL,
	retired  INTEGER NOT NULL -- seconds since 1970, 0 while active or (addBuilding) being built
);
CREATE UNIQUE INDEX space_active ON space(active) WHERE active = 1;

-- Content-addressed: equal inputs share a row. unused: since when (seconds since
-- 1970) no chunk of the active space has needed it, 0 while one does. Ids are
-- never reused: memory knows rows by them.
CREATE TABLE vector (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	space  INTEGER NOT NULL REFERENCES space(id),
	sum    BLOB NOT NULL,
	data   BLOB NOT NULL, -- little-endian float32, length 1
	seal   INTEGER NOT NULL,
	unused INTEGER NOT NULL
);
CREATE UNIQUE INDEX vector_sum ON vector(space, sum);
CREATE INDEX vector_unused ON vector(unused) WHERE unused > 0;

-- vector is the row in the active space, NULL when it has to be made yet.
-- The input is lead + the chunk's text, or lead alone where whole = 1.
CREATE TABLE chunk (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	doc     INTEGER NOT NULL REFERENCES document(id),
	ordinal INTEGER NOT NULL,
	sum     BLOB NOT NULL,
	start   INTEGER NOT NULL,
	stop    INTEGER NOT NULL,
	tokens  INTEGER NOT NULL,
	code    INTEGER NOT NULL,
	heading TEXT NOT NULL, -- JSON
	place   TEXT NOT NULL, -- JSON
	lead    TEXT NOT NULL,
	whole   INTEGER NOT NULL,
	vector  INTEGER REFERENCES vector(id) ON DELETE SET NULL,
	seal    INTEGER NOT NULL
);
CREATE INDEX chunk_doc ON chunk(doc, ordinal);
CREATE INDEX chunk_vector ON chunk(vector);
CREATE INDEX chunk_missing ON chunk(sum) WHERE vector IS NULL;

-- Rows are chunk ids. Marks are part of words (Indic vowels); words.go has
-- segmented the text before it comes here. bm25 weights: match.go.
CREATE VIRTUAL TABLE posting USING fts5(text, heading, title, path,
	content='', contentless_delete=1,
	tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'");
`), addMeta, addBuilding, addRules, addUpkeep, bindChunks}

// migrate brings the file, which is known, to the newest version. Before an older
// one is changed, a copy of it is kept beside it.
func migrate(ctx context.Context, d *database, steps []step) error {
	now, kept := versionOf(d.user), ""
	if now > 0 && now < len(steps) {
		kept = fmt.Sprintf("%s%s%d", d.path, versionSuffix, now)
		if err := keepCopy(ctx, d, kept); err != nil {
			return fmt.Errorf("keep a copy before changing the index to version %d: %w", len(steps), err)
		}
	}
	for ; now < len(steps); now++ {
		before := d.user
		err := d.update(ctx, true, func(t *tx) error {
			if err := steps[now](t); err != nil {
				return err
			}
			t.wrote = true
			d.user++ // the version is the lower half
			return t.exec(fmt.Sprintf(`PRAGMA application_id = %d`, applicationID))
		})
		if err != nil {
			d.user = before
			return fmt.Errorf("change the index to version %d: %w", now+1, err)
		}
	}
	if kept != "" { // its time runs from now on, however often this was tried
		at := time.Now()
		return os.Chtimes(kept, at, at)
	}
	return nil
}

// know reads the file's version and the number of its last commit. A file that is
// none of ours is ErrDamaged, one of a version above newest ErrNewer.
func (d *database) know(ctx context.Context, q rower, newest int) error {
	var id, tables int
	for query, to := range map[string]any{
		`PRAGMA user_version`:                &d.user,
		`PRAGMA application_id`:              &id,
		`SELECT count(*) FROM sqlite_schema`: &tables,
	} {
		if err := q.QueryRowContext(ctx, query).Scan(to); err != nil {
			return err
		}
	}
	switch now := versionOf(d.user); {
	case tables > 0 && id != applicationID:
		return fmt.Errorf("%s is not an index of golocal: %w", d.path, ErrDamaged)
	case now > newest:
		return fmt.Errorf("version %d of the index, this golocal knows %d: %w", now, newest, ErrNewer)
	}
	return nil
}

// keepCopy writes a whole copy of the database to path, unless a finished one
// is there already.
func keepCopy(ctx context.Context, d *database, path string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !os.IsNotExist(err) {
		return err
	}
	if err := touchPrivate(part); err != nil {
		return err
	}
	if _, err := d.writer.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return err
	}
	return os.Rename(part, path)
}
