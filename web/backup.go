package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Keeper makes copies of what is kept, each of one moment. Closing a file deletes it.
type Keeper interface {
	Backup(ctx context.Context) (File, error)      // of the index
	BackupChats(ctx context.Context) (File, error) // of the conversations
}

// backup sends a copy of the whole index, or of the conversations. The private
// socket only: the page has no use for it, and it holds all that was ever read or
// said.
func (s *Server) backup(w http.ResponseWriter, r *http.Request) error {
	copies := s.o.Keeper.Backup
	switch r.URL.Query().Get("what") {
	case "", "index":
	case "chats":
		copies = s.o.Keeper.BackupChats
	default:
		return invalid("what: not index or chats")
	}
	f, err := copies(r.Context())
	if err != nil {
		return err
	}
	defer f.Content.Close()
	w.Header().Set("Content-Type", "application/octet-stream")
	http.NewResponseController(w).SetWriteDeadline(time.Time{})
	http.ServeContent(w, r, "", f.Modified, f.Content)
	return nil
}

// Backup writes a copy of the index to w and returns its size in bytes.
func (c *Client) Backup(ctx context.Context, w io.Writer) (int64, error) {
	return c.copied(ctx, "/api/v1/backup", w)
}

// BackupChats writes a copy of the conversations to w and returns its size in bytes.
func (c *Client) BackupChats(ctx context.Context, w io.Writer) (int64, error) {
	return c.copied(ctx, "/api/v1/backup?what=chats", w)
}

func (c *Client) copied(ctx context.Context, path string, w io.Writer) (int64, error) {
	res, err := c.do(ctx, http.MethodGet, path, nil)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(w, res.Body)
	if err = errors.Join(err, res.Body.Close()); err == nil && n != res.ContentLength {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return n, fmt.Errorf("receive the backup: %w", err)
	}
	return n, nil
}
