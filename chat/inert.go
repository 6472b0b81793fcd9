package chat

import "regexp"

// control matches what chat templates write between turns and around tools. A
// runner reads it as such wherever it stands in a prompt, so that a document could
// begin a turn of its own.
var control = regexp.MustCompile(`(?i)<(?:\||｜|▁)|(?:\||｜|▁)>|<</?sys>>|` +
	`</?(?:s|bos|eos|pad|unk|mask|start_of_turn|end_of_turn|start_of_image|end_of_image|start_function_call|end_function_call|think|thinking|tool_call|tool_calls|tool_response|tool|tools|system|user|assistant|unused\d+|extra_id_\d+)>|` +
	`\[/?(?:inst|system_prompt|tool_calls|available_tools|tool_results|tool_content|args|call_id|think|img|img_break|img_end|prefix|middle|suffix)\]`)

// inert breaks the control marks of a text that goes into a prompt, by a space
// behind their first character: people and models read the same, runners see text.
func inert(text string) string {
	return control.ReplaceAllStringFunc(text, func(mark string) string {
		for i := range mark {
			if i > 0 {
				return mark[:i] + " " + mark[i:]
			}
		}
		return mark
	})
}
