package web

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// Inbox takes copies of files that people drop on the page, into a folder of
// theirs that is watched from the first on. Errors of kind [*Problem] reach the
// user as they are.
type Inbox interface {
	Inbox(ctx context.Context) (InboxState, error)
	// Inspect tells of each file whether it would be taken, in the same order.
	Inspect(ctx context.Context, files []Arriving) ([]Inspected, error)
	// Put copies a file. Its content is read as it comes.
	Put(ctx context.Context, file Arriving, content io.Reader) (Arrived, error)
}

// InboxState tells where files go.
type InboxState struct {
	Off    bool   `json:"off,omitempty"`  // no files are taken; then nothing else is told
	Folder string `json:"folder"`         // absolute
	Name   string `json:"name"`           // of the folder alone
	Root   int64  `json:"root,omitempty"` // its id while it is watched
	Most   int64  `json:"most"`           // bytes of the largest file that is taken
}

// Arriving is a file that is to be added.
type Arriving struct {
	Path     string    `json:"path"` // below the inbox, with slashes; what is unsafe in it is changed
	Size     int64     `json:"size"` // bytes; -1 when it is not known
	Head     []byte    `json:"head"` // its first bytes; 4096 are enough
	Modified time.Time `json:"-"`    // zero when it is not known
}

// Inspected is what is known of a file before it is added.
type Inspected struct {
	Path    string         `json:"path,omitempty"`    // that it would have
	Problem *Problem       `json:"problem,omitempty"` // why it is not taken; nil when it is
	Remark  golocal.Remark `json:"remark,omitzero"`   // why alone, without the file's name, where it can be said in other languages
}

// Arrived is a file that was added, or was there.
type Arrived struct {
	Path  string       `json:"path"`            // below the inbox, with slashes
	There bool         `json:"there,omitempty"` // it was there before with the same content
	Root  golocal.Root `json:"root"`            // the inbox
	New   bool         `json:"new,omitempty"`   // which is watched from now on
}

// uploadPattern is the one route whose body is a file.
const uploadPattern = "POST /api/v1/inbox"

// uploads tells whether the route's body is a file.
func (r route) uploads() bool { return r.pattern == uploadPattern }

// Bounds of what is told about files before they come.
const (
	maxInspected = 200
	maxUnwanted  = 1 << 30 // bytes of a refused file that are read and thrown away
)

func (s *Server) inbox(w http.ResponseWriter, r *http.Request) error {
	st, err := s.o.Inbox.Inbox(r.Context())
	if err != nil {
		return err
	}
	send(w, http.StatusOK, st)
	return nil
}

func (s *Server) inspect(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Files []Arriving `json:"files"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if len(in.Files) > maxInspected {
		return invalid("files: more than 200")
	}
	list, err := s.o.Inbox.Inspect(r.Context(), in.Files)
	if err != nil {
		return err
	}
	if list == nil {
		list = []Inspected{}
	}
	send(w, http.StatusOK, struct {
		Files []Inspected `json:"files"`
	}{list})
	return nil
}

// upload takes a file as it comes and never holds it whole.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	file := Arriving{Path: q.Get("path"), Size: r.ContentLength}
	if file.Path == "" {
		return invalid("path: missing")
	}
	ms, err := number(r, "modified", 0, 0, 1<<53)
	if err != nil {
		return err
	}
	if ms > 0 {
		file.Modified = time.UnixMilli(ms)
	}
	rc := http.NewResponseController(w)
	body := trickle{r.Body, rc, s.stall}
	arrived, err := s.o.Inbox.Put(r.Context(), file, body)
	if err != nil {
		// Who sends does not read an answer before all is sent: without this a
		// browser would tell of a broken connection and not why.
		_, _ = io.Copy(io.Discard, io.LimitReader(body, maxUnwanted))
	}
	rc.SetReadDeadline(time.Time{})
	rc.SetWriteDeadline(time.Now().Add(2 * s.stall))
	if err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return invalid("the file did not come whole")
		}
		return err
	}
	send(w, http.StatusOK, arrived)
	return nil
}

// trickle reads a body that may take as long as it likes, but not stand still.
type trickle struct {
	io.Reader
	rc    *http.ResponseController
	stall time.Duration
}

func (t trickle) Read(p []byte) (int, error) {
	t.rc.SetReadDeadline(time.Now().Add(t.stall)) // an error means a connection without deadlines, as in a test
	return t.Reader.Read(p)
}

// bytesBody tells whether the request says that its body is bytes. A page of
// another site cannot send that type without asking first.
func (s *Server) bytesBody(r *http.Request) bool {
	if s.off.contentType {
		return true
	}
	t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && t == "application/octet-stream"
}

// RefusedFile is the problem of a file that is not taken.
func RefusedFile(file string, why golocal.Remark, large bool) *Problem {
	message := path.Base(file) + ": " + remark.Say("en", why)
	if large {
		return &Problem{Status: http.StatusRequestEntityTooLarge, Code: "file_too_large", Message: message, Remark: why, Next: "raise max-file-mb in the config, or add the folder that it lies in"}
	}
	return &Problem{Status: http.StatusUnprocessableEntity, Code: "file_refused", Message: message, Remark: why}
}
