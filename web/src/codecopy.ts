// Buttons in set text that no component draws: a Markdown file, a saved web page.
import { commandWords } from "./text/command";

/** Gives each block of code in box a button that copies it, and says so in a status of its own. */
export function copyable(box: Element): void {
  for (const pre of box.querySelectorAll("pre")) {
    const w = commandWords(), holder = document.createElement("div"), button = document.createElement("button"), said = document.createElement("span");
    holder.className = "code-block";
    button.className = "plain small code-copy"; button.type = "button"; button.textContent = w.copyCode;
    said.className = "said"; said.setAttribute("role", "status");
    pre.tabIndex = 0; // it may scroll
    const tell = (text: string) => { button.textContent = said.textContent = text; setTimeout(() => { button.textContent = w.copyCode; said.textContent = ""; }, 3000); };
    const write = async () => navigator.clipboard.writeText(pre.textContent ?? "");
    button.onclick = () => void write().then(() => tell(w.copied), () => tell(w.copyFailed));
    pre.replaceWith(holder);
    holder.append(pre, button, said);
  }
}
