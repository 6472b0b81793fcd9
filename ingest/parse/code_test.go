package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDeclaration(t *testing.T) {
	for _, c := range []struct {
		line   string
		indent int
		title  string
	}{
		{"class Foo(Bar):", 0, "class Foo(Bar)"},
		{"async def go(x):", 0, "async def go(x)"},
		{"export default function Page() {", 0, "export default function Page()"},
		{"pub(crate) fn read(p: &Path) -> Result {", 0, "pub(crate) fn read(p: &Path) -> Result"},
		{"static int parse(char *s)", 0, "static int parse(char *s)"},
		{"export const load = async (id: string): Promise<Row> => {", 0, "export const load = async (id: string): Promise<Row> =>"},
		{"typedef struct node {", 0, "typedef struct node"},
		{"x = 5", 0, ""},
		{"call(something);", 0, ""},
		{"const limit = 5;", 0, ""},
		{"return fail(x)", 0, ""},
		{"public List<String> names(int from) {", 4, "public List<String> names(int from)"},
		{"constructor(private readonly db: Db) {", 2, "constructor(private readonly db: Db)"},
		{"get size(): number {", 2, "get size(): number"},
		{"void close() throws IOException {", 4, "void close() throws IOException"},
		{"def total(self) -> int:", 4, "def total(self) -> int"},
		{"fun open(path: Path): File {", 4, "fun open(path: Path): File"},
		{"@Test(timeout = 5) public void opens() {", 4, "public void opens()"},
		{"@app.route('/x')", 4, ""},
		{"if (size > 3) {", 4, ""},
		{"} else if (x) {", 4, ""},
		{"for (int i = 0; i < n; i++) {", 4, ""},
		{"return open(path)", 4, ""},
		{"private int size = count();", 4, ""},
		{"names.add(one);", 4, ""},
	} {
		if got := declaration(c.line, c.indent); got != c.title {
			t.Errorf("declaration(%q, %d) = %q, want %q", c.line, c.indent, got, c.title)
		}
	}
}

// outlineOf is what code is cut into: the headings and the first line of each block.
func outlineOf(t *testing.T, name, source string) []string {
	t.Helper()
	doc, err := parseOne(t, name, []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	at := 0
	for _, s := range doc.Sections {
		if gap := doc.Text[at:s.Span.Start]; strings.TrimSpace(gap) != "" {
			t.Errorf("%s: %q is in no block", name, gap)
		}
		at = s.Span.End
		first, _, _ := strings.Cut(strings.TrimSpace(doc.Text[s.Span.Start:s.Span.End]), "\n")
		out = append(out, strings.Join(s.Heading, " > ")+" | "+first)
	}
	if strings.TrimSpace(doc.Text[at:]) != "" {
		t.Errorf("%s: %q is in no block", name, doc.Text[at:])
	}
	return out
}

func TestCode_MembersStandUnderTheirClass(t *testing.T) {
	for _, c := range []struct {
		name, source string
		want         []string
	}{
		{"shop.py", `"""Orders of the shop.

And their totals.
"""
import os

LIMIT = 5
def alone(x):
    return x

@dataclass
class Order(Base):
    """An order.

    It has lines.
    """
    number: int
    lines: list

    def total(self):
        if self.lines:

            return sum(self.lines)
        return 0
    # The customer may change the mind.
    @property
    def open(self):
        return True

    class Meta:
        ordering = ["number"]

        def names(self):
            return []


class Empty(Exception):
    pass
`, []string{
			` | """Orders of the shop.`,
			" | LIMIT = 5",
			"def alone(x) | def alone(x):",
			"class Order(Base) | @dataclass",
			"class Order(Base) > def total(self) | def total(self):",
			"class Order(Base) > def open(self) | # The customer may change the mind.",
			"class Order(Base) > class Meta | class Meta:",
			"class Order(Base) > class Meta > def names(self) | def names(self):",
			"class Empty(Exception) | class Empty(Exception):",
		}},
		{"Store.java", `package shop;

import java.util.List;

/**
 * Keeps orders.
 *
 * Nothing else.
 */
@Singleton
public final class Store<T extends Order> implements Closeable {
    private final List<T> orders = new ArrayList<>();

    public Store(int size) {
        for (int i = 0; i < size; i++) {

            orders.add(null);
        }
    }
    @Override
    public void close() throws IOException {
        orders.clear();
    }

    /** The open ones. */
    public List<T> open(int from,
                        int to) {
        return orders.subList(from, to);
    }

    private static class Entry {
        int key;

        int hash() {
            return key;
        }
    }
}
`, []string{
			" | package shop;",
			" | import java.util.List;",
			"public final class Store<T extends Order> implements Closeable | /**",
			"public final class Store<T extends Order> implements Closeable > public Store(int size) | public Store(int size) {",
			"public final class Store<T extends Order> implements Closeable > public void close() throws IOException | @Override",
			"public final class Store<T extends Order> implements Closeable > public List<T> open(int from, | /** The open ones. */",
			"public final class Store<T extends Order> implements Closeable > private static class Entry | private static class Entry {",
			"public final class Store<T extends Order> implements Closeable > private static class Entry > int hash() | int hash() {",
		}},
		{"store.ts", `import { Db } from "./db";

export interface Row {
  id: string;
  name: string;
}
export class Store extends Base<Row> {
  private rows: Row[] = [];

  constructor(private readonly db: Db) {
    super();
  }

  async load(id: string): Promise<Row> {
    if (!this.rows) {
      return fail();
    }

    return this.db.get(id);
  }
  get size(): number {
    return this.rows.length;
  }
}

export const find = async (name: string) => {
  return name;
};
`, []string{
			` | import { Db } from "./db";`,
			"export interface Row | export interface Row {",
			"export class Store extends Base<Row> | export class Store extends Base<Row> {",
			"export class Store extends Base<Row> > constructor(private readonly db: Db) | constructor(private readonly db: Db) {",
			"export class Store extends Base<Row> > async load(id: string): Promise<Row> | async load(id: string): Promise<Row> {",
			"export class Store extends Base<Row> > get size(): number | get size(): number {",
			"export const find = async (name: string) => | export const find = async (name: string) => {",
		}},
		{"store.rs", `use std::io;

#[derive(Debug)]
pub struct Store {
    rows: Vec<Row>,
}

impl Store {
    /// Opens it.
    pub fn open(path: &Path) -> io::Result<Self> {
        match path {
            _ => {}
        }

        Ok(Store { rows: vec![] })
    }

    fn len(&self) -> usize {
        self.rows.len()
    }
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens() {
        assert!(true);
    }
}
`, []string{
			" | use std::io;",
			"pub struct Store | #[derive(Debug)]",
			"impl Store | impl Store {",
			"impl Store > fn len(&self) -> usize | fn len(&self) -> usize {",
			"mod tests | #[cfg(test)]",
			"mod tests > fn opens() | #[test]",
		}},
		{"store.c", `#include <stdio.h>

struct row {
	int id;
};
static int count;
/* Adds a row.

   Twice. */
int add(struct row *r, int n)
{
	if (n > 3) {

		return 0;
	}
	return n;
}
void reset(void) {
	count = 0;
}
`, []string{
			" | #include <stdio.h>",
			"struct row | struct row {",
			"int add(struct row *r, int n) | /* Adds a row.",
			"void reset(void) | void reset(void) {",
		}},
		{"store.go", `package store

import (
	"io"

	"os"
)

// Store keeps rows.
type Store struct {
	mu sync.Mutex

	rows []Row
}

// Len counts.
func (s *Store) Len() int { return len(s.rows) }
func (s *Store) Close() error {
	if s == nil {

		return nil
	}
	return nil
}
`, []string{
			" | package store",
			" | import (",
			"type Store struct | // Store keeps rows.",
			"func (s *Store) Len() int { return len(s.rows) } | // Len counts.",
			"func (s *Store) Close() error | func (s *Store) Close() error {",
		}},
		{"store.rb", "class Store\n  LIMIT = 5\n\n  def add(row)\n    rows << row\n  end\n\n  def size\n    rows.size\n  end\nend\n", []string{
			"class Store | class Store",
			"class Store > def add(row) | def add(row)",
			"class Store > def size | def size",
		}},
	} {
		if diff := cmp.Diff(c.want, outlineOf(t, c.name, c.source)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}
