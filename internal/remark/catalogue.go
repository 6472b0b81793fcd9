package remark

// catalogue holds all that can be said, in parts.
var catalogue = []map[Code]words{kinds, reading, secrets, searching, tracing, watching}
