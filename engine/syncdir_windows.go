package engine

// syncDir does nothing: Windows cannot flush a folder, and journals renames.
func syncDir(string) error { return nil }
