// What is not needed to ask a question: one file, loaded when one of these pages is first shown.
export { EvaluationPage } from "./evaluation";
export { FirstRun } from "./first";
export { InboxLayer } from "./inbox";
export { LibraryPage } from "./library";
export { ModelMenu } from "./modelmenu";
export { ModelsPage } from "./models";
export { ScopePick } from "./scopepick";
export { SearchPage } from "./search";
export { SourcePane } from "./source";
// The PDF view shares this with the page: named here too, all that is shared by three lies in one file more, not in two.
import "./locate";
// The words for what the daemon says by code lie here, too: a file of their own would part the first load into more.
export { problems, remarks };
import { haveWords } from "./remark";
import { problems } from "./text/problems";
import { remarks } from "./text/remarks";

haveWords({ problems, remarks });
