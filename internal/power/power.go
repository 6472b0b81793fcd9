// Package power tells whether the machine runs on its battery.
package power

// State is what the machine runs on. The zero State is the mains, or nobody
// knows.
type State struct {
	Battery bool // it runs on its battery now
	Percent int  // what is left of it, of Battery; 0 where that is not told
}
