// Tells the launcher what this page is really made of, so that a damaged release is never shown.

import { sha256 } from "@noble/hashes/sha2.js";

type Told = (script: string, style: string, csp: string) => void;

/** SHA-256 of the page's own script, style and CSP, in hexadecimal digits. */
export function digestOwnParts(told: Told): void {
  const policy = document.querySelector<HTMLMetaElement>("meta[http-equiv]");
  told(digest(document.querySelector("body > script")), digest(document.querySelector("style")), hex(policy ? policy.content : ""));
}

function digest(element: Element | null): string {
  return hex(element ? element.textContent || "" : "");
}

function hex(text: string): string {
  return Array.from(sha256(new TextEncoder().encode(text)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
