package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"golocal/index"
	"golocal/web"
)

func (c *cli) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the index to a file, also while golocal runs",
		Long: `Copy the whole index, as it is at one moment, to FILE, which must not be there yet.
golocal may run and index meanwhile. FILE holds the text of everything that is indexed:
keep it as safe as the files themselves. golocal restore FILE takes it back.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				n, err := writeBackup(ctx, s.Client, args[0])
				if err != nil {
					return err
				}
				if c.asJSON {
					return c.t.json(map[string]any{"file": args[0], "bytes": n})
				}
				c.t.printf("%s %s in %s\n", good.Render("✓"), bytesText(n), printable(args[0]))
				return nil
			})
		},
	}
}

// writeBackup writes a backup to path, whole or not at all.
func writeBackup(ctx context.Context, client *web.Client, path string) (n int64, err error) {
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
	n, err = client.Backup(ctx, f)
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
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of the index",
		Long: `Put the backup FILE in the place of the index. It is proven whole first; the index
that was there is kept as index.db.before-restore beside the new one, for 30 days or until
a folder is removed. No golocal may run.
What has changed in your folders since the backup is read when golocal runs again.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := index.Restore(cmd.Context(), c.paths.Data, args[0]); err != nil {
				return err
			}
			c.t.printf("%s restored; what changed since is read by golocal sync, or when golocal runs\n", good.Render("✓"))
			return nil
		},
	}
}

// Backup implements web.Keeper: the copy lies beside the index until it is sent.
func (d daemon) Backup(ctx context.Context) (web.File, error) {
	dir, err := os.MkdirTemp(d.a.c.paths.Data, index.BackupFolder)
	if err != nil {
		return web.File{}, fmt.Errorf("make room for the backup: %w", err)
	}
	path := filepath.Join(dir, "index.db")
	if err := d.a.index.Backup(ctx, path); err != nil {
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
