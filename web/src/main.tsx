import { render } from "preact";
import { pendingCode } from "./api";
import { App } from "./app";
import { applySettings, readSettings } from "./settings";

applySettings(readSettings());

// The one-time code comes in the fragment and leaves the address at once.
const given = /^#code=(.+)/.exec(location.hash)?.[1] ?? "", code = given || pendingCode();
if (given) history.replaceState(null, "", "/");
const root = document.getElementById("app");
if (root) render(<App code={code} />, root);
