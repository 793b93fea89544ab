// Pictures are renamed on their way into the editor: phones and WeChat name them in ways that no address takes.

import { make } from "../core/dom";
import { photoName } from "./photo-name";

export interface Said {
  upload_kind: string;
  upload_size: string;
}

const MOST_BYTES = 10 * 1024 * 1024; // as haitang/media/images.py

/** Looks at every choice of files before the editor does. What it refuses is said above everything. */
export function renameUploads(page: Document, words: Said): void {
  page.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== "file" || !input.files?.length) return;
    const refusal = refusalOf([...input.files], words);
    if (refusal) {
      event.stopImmediatePropagation();
      input.value = "";
      tell(page, refusal);
      return;
    }
    const renamed = new DataTransfer();
    for (const file of [...input.files]) {
      const name = photoName(file.name, file.type, new Date());
      if (name) renamed.items.add(new File([file], name, { type: file.type, lastModified: file.lastModified }));
    }
    input.files = renamed.files;
  }, true);
}

function refusalOf(files: readonly File[], words: Said): string | undefined {
  if (files.some((file) => !photoName(file.name, file.type, new Date()))) return words.upload_kind;
  return files.some((file) => file.size > MOST_BYTES) ? words.upload_size : undefined;
}

/** Says a text above everything until it is clicked away; nothing where there is none. */
export function tell(page: Document, text: string): void {
  page.querySelector(".a-notice")?.remove();
  if (!text) return;
  const notice = make("p", "a-notice", text);
  notice.setAttribute("role", "alert");
  notice.addEventListener("click", () => notice.remove());
  page.body.append(notice);
}
