// Command write makes a tiny model with random weights in the shape of Llama 3
// or of Mixtral, as a folder of safetensors:
//
//	go run ./internal/tinymodel/write llama DIR
//	go run ./internal/tinymodel/write mixtral DIR
package main

import (
	"fmt"
	"os"

	"golocal/internal/tinymodel"
)

func main() {
	shapes := map[string]tinymodel.Shape{"llama": tinymodel.Llama3, "mixtral": tinymodel.Mixtral}
	if len(os.Args) == 3 {
		if shape, ok := shapes[os.Args[1]]; ok {
			if err := tinymodel.WriteFolder(os.Args[2], shape); err != nil {
				fmt.Fprintln(os.Stderr, "write:", err)
				os.Exit(1)
			}
			return
		}
	}
	fmt.Fprintln(os.Stderr, "usage: go run ./internal/tinymodel/write llama|mixtral DIR")
	os.Exit(2)
}
