//go:build race

package child

// raced says that the race detector is built in. It maps terabytes that no
// memory limit of the system lets it have.
const raced = true
