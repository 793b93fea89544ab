// Handing a page on: copying its address, the system's own sheet where there is one, and WeChat's way where there is not.

import { make } from "../core/dom";
import { say } from "../core/words";

/** Puts text on the clipboard; false where the browser lets nobody. Call it straight from a tap. */
export function copyText(text: string): Promise<boolean> {
  const clipboard = navigator.clipboard as Clipboard | undefined; // absent over http and in old browsers
  if (!clipboard || !clipboard.writeText) return Promise.resolve(copyOldWay(text));
  // What a tap allows may be over once the promise fails, but trying costs nothing.
  return clipboard.writeText(text).then(
    () => true,
    () => copyOldWay(text),
  );
}

/** By selecting it in a field nobody sees. */
function copyOldWay(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true; // else a phone opens its keyboard
  field.setAttribute("aria-hidden", "true");
  field.style.cssText = "position:fixed;top:0;left:-99rem;font-size:1rem"; // below 16 px iOS zooms in
  const before = document.activeElement as HTMLElement | null;
  document.body.appendChild(field);
  field.select();
  field.setSelectionRange(0, text.length); // iOS selects nothing with select() alone
  let copied = false;
  try {
    copied = document.execCommand("copy");
  } catch (error) {
    copied = false;
  }
  field.remove();
  if (before && before.focus) before.focus({ preventScroll: true });
  return copied;
}

/** Where everybody finds the page; null where the directory does not say. */
export function publicAddress(): string | null {
  const canonical = document.querySelector<HTMLLinkElement>("link[rel=canonical]");
  return canonical && canonical.href;
}

/** The address to hand on: the public one the page names, else where it is; null for a file, which nobody else can open. */
function address(): string | null {
  const named = publicAddress();
  if (named) return named;
  return location.protocol === "file:" ? null : location.href.replace(/#.*$/, "");
}

/** Buttons `[data-share]` hand the page on, `[data-print]` print it; those that cannot are not shown. */
export function startSharing(): void {
  const inWeChat = /MicroMessenger/i.test(navigator.userAgent);
  document.querySelectorAll<HTMLButtonElement>("[data-share]").forEach((button) => {
    const url = address();
    if (url === null) button.hidden = true;
    else button.addEventListener("click", () => void share(url, inWeChat));
  });
  document.querySelectorAll<HTMLButtonElement>("[data-print]").forEach((button) => {
    if (inWeChat) button.hidden = true; // it cannot print
    else button.addEventListener("click", () => window.print());
  });
}

async function share(url: string, inWeChat: boolean): Promise<void> {
  if (inWeChat) return showToast(say("share.wechat"));
  const heading = document.querySelector("h1");
  return handOn(heading ? heading.textContent.trim() : document.title, url);
}

/** By the system's own sheet where there is one, else as text on the clipboard. */
export async function handOn(title: string, url: string): Promise<void> {
  if (navigator.share as unknown) {
    try {
      return await navigator.share({ title, url });
    } catch (error) {
      if ((error as Error).name === "AbortError") return; // closed by the visitor, who wants nothing else
    }
  }
  showToast((await copyText(`${title} ${url}`)) ? say("share.copied") : say("share.failed", { url }));
}

let shown: HTMLElement | null = null;

/** A short word at the foot of the screen, read out as well; it goes with the next tap. */
export function showToast(text: string): void {
  if (!shown) {
    shown = make("div", "toast");
    shown.setAttribute("role", "status");
    document.body.appendChild(shown);
    document.addEventListener("pointerdown", () => shown!.classList.remove("is-shown"));
    document.addEventListener("keydown", () => shown!.classList.remove("is-shown"));
  }
  const toast = shown;
  toast.textContent = "";
  toast.classList.add("is-shown");
  setTimeout(() => (toast.textContent = text), 50); // a region that was just made is not yet listened to
}
