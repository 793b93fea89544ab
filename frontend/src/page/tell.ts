// 帮我们补一条: the text that a visitor fills in is copied, or goes into a mail as it stands then. Without this script the text is
// copied by hand and the mail holds it with its blanks.

import { say } from "../core/words";
import { copyText, showToast, startSharing } from "./share";

const LONGEST = 1800; // characters of an address that mail programs take; what is longer is pasted

/** All that carries something away from a page: the buttons that share it, and what templates/parts/tell.html puts down. */
export function startHandingOn(): void {
  startSharing();
  startTelling();
}

function startTelling(): void {
  const field = document.querySelector<HTMLTextAreaElement>(".tell textarea");
  if (!field) return;
  const ways = document.querySelector(".tell + .apps")!;
  const copy = ways.querySelector("button")!;
  copy.hidden = false;
  copy.addEventListener("click", () => void hand(field));
  const wechat = ways.querySelector("details");
  // Who looks for us in WeChat wants to paste there.
  if (wechat) {
    wechat.querySelector("summary")!.addEventListener("click", () => {
      if (!wechat.open) void hand(field);
    });
  }
  const mail = ways.querySelector<HTMLAnchorElement>("[href^='mailto:']");
  if (mail) mail.addEventListener("click", () => fill(mail, field.value));
}

async function hand(field: HTMLTextAreaElement): Promise<void> {
  showToast((await copyText(field.value)) ? say("tell.copied") : say("tell.failed"));
}

function fill(mail: HTMLAnchorElement, text: string): void {
  const body = encodeURIComponent(text.replace(/\r?\n/g, "\r\n"));
  const bare = mail.href.replace(/&body=.*$/, "");
  mail.href = bare.length + body.length > LONGEST * 3 ? bare : `${bare}&body=${body}`;
}
