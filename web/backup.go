package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Keeper makes a copy of the index, of one moment. Closing the file deletes it.
type Keeper interface {
	Backup(ctx context.Context) (File, error)
}

// backup sends a copy of the whole index. The private socket only: the page has
// no use for it, and it holds all that was ever read.
func (s *Server) backup(w http.ResponseWriter, r *http.Request) error {
	f, err := s.o.Keeper.Backup(r.Context())
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
	res, err := c.do(ctx, http.MethodGet, "/api/v1/backup", nil)
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
