// The form editor's page: our own boxes for places and times, pictures with names that the data takes, and nothing saved that is
// empty or that `check` would refuse.

import { registerJudged } from "./judged-boxes";
import { Judging } from "./judging";
import { registerPlace } from "./place-widget";
import { registerTime } from "./time-widget";
import { renameUploads, tell, type Said } from "./uploads";

const LOCALE = "zh_Hans";

/** The sentences of the editor's that we say otherwise. */
interface Sentences {
  editor: { editorControlPane: { widget: { regexPattern: string } } };
  ui: { toast: { missingRequiredField: string; onFailToPersist: string } };
}

export function startFormEditor(): void {
  const said = JSON.parse(document.body.dataset.said!) as Said & { mistake: string; missing: string; refused: string };
  const sentences = window.CMS.getLocale(LOCALE) as Sentences;
  sentences.editor.editorControlPane.widget.regexPattern = said.mistake;
  sentences.ui.toast.missingRequiredField = said.missing;
  sentences.ui.toast.onFailToPersist = said.refused;
  window.CMS.registerLocale(LOCALE, sentences);
  const { api } = document.body.dataset;
  const judging = new Judging(window.haitangRules, api);
  registerJudged(judging);
  registerPlace(judging);
  registerTime(judging, api);
  renameUploads(document, said);
  window.CMS.registerEventListener({ name: "preSave", handler: ({ entry }) => judging.kept(entry) });
  window.CMS.registerEventListener({ name: "postSave", handler: () => tell(document, judging.takeAdvice()) });
  document.querySelector(".a-waiting")?.remove();
}
