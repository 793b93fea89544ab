// The form editor's page: our own boxes for places and times, pictures with names that the data takes, and nothing empty in what is saved.

import { cleaned } from "./clean-values";
import { registerPlace } from "./place-widget";
import { registerTime } from "./time-widget";
import { renameUploads, type Said } from "./uploads";

const LOCALE = "zh_Hans";

/** The sentences of the editor's that we say otherwise. */
interface Sentences {
  editor: { editorControlPane: { widget: { regexPattern: string } } };
  ui: { toast: { missingRequiredField: string } };
}

export function startFormEditor(): void {
  const said = JSON.parse(document.body.dataset.said!) as Said & { mistake: string; missing: string };
  const sentences = window.CMS.getLocale(LOCALE) as Sentences;
  sentences.editor.editorControlPane.widget.regexPattern = said.mistake;
  sentences.ui.toast.missingRequiredField = said.missing;
  window.CMS.registerLocale(LOCALE, sentences);
  registerPlace();
  registerTime(document.body.dataset.api);
  renameUploads(document, said);
  window.CMS.registerEventListener({
    name: "preSave",
    handler: ({ entry }) => cleaned(entry.get("data")),
  });
  document.querySelector(".a-waiting")?.remove();
}
