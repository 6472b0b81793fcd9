// Package e2e drives the built binary as a user would, with real models. Its
// tests carry the build tag e2e; ./check builds the binary, fetches the models
// and runs them.
package e2e
