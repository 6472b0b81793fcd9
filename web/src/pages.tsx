import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { appWords } from "./text/app";

/** A part of the page that is loaded when it is first shown. What was loaded stays. A whole page, which has a name, shows its heading until then. */
function later<P extends object>(load: () => Promise<FunctionComponent<P>>, page = ""): FunctionComponent<P> {
  let loaded: FunctionComponent<P> | undefined;
  return function Later(props: P) {
    const [Part, setPart] = useState<FunctionComponent<P> | undefined>(() => loaded);
    useEffect(() => {
      if (Part) return undefined;
      let gone = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const fetchIt = () => { load().then((c) => { loaded = c; if (!gone) setPart(() => c); }, () => { if (!gone) timer = setTimeout(fetchIt, 2000); }); }; // a daemon that is gone is told on every page
      fetchIt();
      return () => { gone = true; clearTimeout(timer); };
    }, []);
    if (Part) return <Part {...props} />;
    return page ? <div class="page column" aria-busy="true"><h1>{appWords().pages[page]}</h1></div> : null;
  };
}

/** Loads them ahead: a source must open without a wait, also when the daemon has gone meanwhile. */
export const loadRest = () => { import("./manage").catch(() => undefined); };

export const LibraryPage = later(() => import("./manage").then((m) => m.LibraryPage), "library");
export const SearchPage = later(() => import("./manage").then((m) => m.SearchPage), "search");
export const ModelsPage = later(() => import("./manage").then((m) => m.ModelsPage), "models");
export const EvaluationPage = later(() => import("./manage").then((m) => m.EvaluationPage), "evaluation");
export const SourcePane = later(() => import("./manage").then((m) => m.SourcePane));
export const ModelMenu = later(() => import("./manage").then((m) => m.ModelMenu));
export const ScopePick = later(() => import("./manage").then((m) => m.ScopePick));
export const FirstRun = later(() => import("./manage").then((m) => m.FirstRun));
export const InboxLayer = later(() => import("./manage").then((m) => m.InboxLayer));
