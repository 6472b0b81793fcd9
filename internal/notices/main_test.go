package main

import "testing"

func TestIdentify(t *testing.T) {
	for text, want := range map[string]string{
		"Permission is hereby granted, free of\n charge, to any person":             "MIT",
		"Apache License\n  Version 2.0, January 2004":                               "Apache-2.0",
		"Redistributions in binary form must reproduce ...":                         "BSD-2-Clause",
		"Redistributions in binary form must reproduce ... Neither the name of ...": "BSD-3-Clause",
		"Mozilla Public License Version 2.0":                                        "MPL-2.0",
		"GNU AFFERO GENERAL PUBLIC LICENSE Version 3":                               "",
		"": "",
		"Apache License Version 2.0 and Permission is hereby granted, free of charge":              "Apache-2.0, MIT",
		"GNU GENERAL PUBLIC LICENSE, Version 2; see also https://www.gnu.org/licenses/gpl-2.0.txt": "",
	} {
		if got := identify(text); got != want {
			t.Errorf("identify(%.40q) = %q, want %q", text, got, want)
		}
	}
}
