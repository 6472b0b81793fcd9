// Package runs makes answers that belong to the daemon and not to who asked:
// leaving stops nothing, coming back finds all that was said meanwhile, several
// may watch, and Stop ends the model's work.
package runs
