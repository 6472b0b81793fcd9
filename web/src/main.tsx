import { render } from "preact";
import { App } from "./app";
import { applySettings, readSettings } from "./settings";

applySettings(readSettings());

// The one-time code comes in the fragment and leaves the address at once.
const code = /^#code=(.+)/.exec(location.hash)?.[1] ?? "";
if (code) history.replaceState(null, "", "/");
const root = document.getElementById("app");
if (root) render(<App code={code} />, root);
