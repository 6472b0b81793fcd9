// Package headroom tells what the machine has left for a process to take: memory
// and disk. It is shared by engine and cmd.
package headroom
