package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"golocal/chat/history"
	"golocal/index"
	"golocal/web"
)

// chatsEnd is what the name of a backup of the conversations ends in.
const chatsEnd = ".chats"

func (c *cli) backupCommand() *cobra.Command {
	var chats bool
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the index to a file, also while golocal runs",
		Long: `Copy the whole index, as it is at one moment, to FILE, which must not be there yet.
golocal may run and index meanwhile. FILE holds the text of everything that is indexed:
keep it as safe as the files themselves. golocal restore FILE takes it back.
Your conversations are no part of it; with --with-chats they are copied to
FILE.chats.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				path := args[0]
				if chats { // first: it may be that none are kept
					if _, err := os.Lstat(path); err == nil {
						return fmt.Errorf("%s is there already; name a new file", printable(path))
					}
					n, err := writeBackup(path+chatsEnd, func(w io.Writer) (int64, error) { return s.BackupChats(ctx, w) })
					if err != nil {
						return err
					}
					if !c.asJSON {
						c.t.printf("%s %s in %s\n", good.Render("✓"), bytesText(n), printable(path+chatsEnd))
					}
				}
				n, err := writeBackup(path, func(w io.Writer) (int64, error) { return s.Backup(ctx, w) })
				if err != nil {
					return err
				}
				if c.asJSON {
					out := map[string]any{"file": path, "bytes": n}
					if chats {
						out["chats"] = path + chatsEnd
					}
					return c.t.json(out)
				}
				c.t.printf("%s %s in %s\n", good.Render("✓"), bytesText(n), printable(path))
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&chats, "with-chats", false, "copy the conversations too, to FILE.chats")
	return cmd
}

// writeBackup writes a backup to path, whole or not at all.
func writeBackup(path string, send func(io.Writer) (int64, error)) (n int64, err error) {
	if _, err := os.Lstat(path); err == nil {
		return 0, fmt.Errorf("%s is there already; name a new file", printable(path))
	} else if !errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("write the backup: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".part-") // with mode 0600
	if err != nil {
		return 0, fmt.Errorf("write the backup: %w", err)
	}
	defer os.Remove(f.Name())
	n, err = send(f)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return n, err
	}
	// A link, not a renaming: it fails where the file has come meanwhile.
	if err := os.Link(f.Name(), path); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return n, fmt.Errorf("%s is there already; name a new file", printable(path))
		}
		if err := os.Rename(f.Name(), path); err != nil { // a file system without links
			return n, fmt.Errorf("write the backup: %w", err)
		}
	}
	return n, nil
}

func (c *cli) restoreCommand() *cobra.Command {
	var chats bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of the index",
		Long: `Put the backup FILE in the place of the index. It is proven whole first; the index
that was there is kept as index.db.before-restore beside the new one, for 30 days or until
a folder is removed. No golocal may run.
What has changed in your folders since the backup is read when golocal runs again.
With --with-chats the conversations of FILE.chats are taken back too, where none are
kept now.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !chats {
				if err := index.Restore(cmd.Context(), c.paths.Data, args[0]); err != nil {
					return err
				}
			} else if err := restoreBoth(cmd.Context(), c.paths.Data, args[0]); err != nil {
				return err
			}
			c.t.printf("%s restored; what changed since is read by golocal sync, or when golocal runs\n", good.Render("✓"))
			return nil
		},
	}
	cmd.Flags().BoolVar(&chats, "with-chats", false, "take back the conversations of FILE.chats too")
	return cmd
}

// restoreBoth restores the index and the conversations, or, where one of the two
// files is not whole, neither.
func restoreBoth(ctx context.Context, dir, path string) error {
	chats, err := history.Receive(ctx, dir, path+chatsEnd)
	if err != nil {
		return err
	}
	if err := index.Restore(ctx, dir, path); err != nil {
		return errors.Join(err, chats.Discard())
	}
	return chats.Take()
}

// Backup implements web.Keeper: the copy lies beside the index until it is sent.
func (d daemon) Backup(ctx context.Context) (web.File, error) { return d.copied(ctx, d.a.index.Backup) }

// BackupChats implements web.Keeper.
func (d daemon) BackupChats(ctx context.Context) (web.File, error) {
	if d.a.archive.store == nil {
		return web.File{}, d.a.archive.off()
	}
	return d.copied(ctx, d.a.archive.store.Backup)
}

// copied opens what write writes, beside the index.
func (d daemon) copied(ctx context.Context, write func(ctx context.Context, path string) error) (web.File, error) {
	dir, err := os.MkdirTemp(d.a.c.paths.Data, index.BackupFolder)
	if err != nil {
		return web.File{}, fmt.Errorf("make room for the backup: %w", err)
	}
	path := filepath.Join(dir, "copy.db")
	if err := write(ctx, path); err != nil {
		return web.File{}, errors.Join(err, os.RemoveAll(dir))
	}
	f, err := os.Open(path)
	if err != nil {
		return web.File{}, errors.Join(fmt.Errorf("read the backup: %w", err), os.RemoveAll(dir))
	}
	return web.File{Content: passing{f, dir}, Modified: time.Now()}, nil
}

// passing is a file whose folder goes when it is closed.
type passing struct {
	*os.File
	dir string
}

func (p passing) Close() error { return errors.Join(p.File.Close(), os.RemoveAll(p.dir)) }
