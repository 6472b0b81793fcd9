package remark

// catalogue holds all that can be said, in parts.
var catalogue = []map[Code]words{kinds, noting, reading, secrets, searching, tracing, watching, models, placing, exporting, arriving, adding}
