package chat

// beyond tells whether a sentence of an open answer, as it was checked, is general
// knowledge: no source supports it. One that comes as close to a source as a
// supported one, and has another number or name or a negation, says something else
// than the files do and stays Unsupported.
func beyond(verdict Verdict, f *findings) bool {
	return verdict == Unsupported && (f == nil || !f.flipped && f.coverage < fullCoverage)
}
