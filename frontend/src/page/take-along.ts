// What only a script can do with a place's or a route's page, and so makes: its address as a code, buttons that hand it on and
// print it. The address itself stands on the page in any case.

import { make } from "../core/dom";
import type { Modules } from "../core/qr-code";
import { say } from "../core/words";
import { script } from "../data/loader";
import { publicAddress } from "./share";

const SCALE = 6; // pixels a module

/** Fills `.take`. Comes before startSharing, which serves the buttons. */
export function offerTaking(): void {
  const panel = document.querySelector<HTMLElement>(".take");
  if (!panel) return;
  const isRoute = "route" in panel.dataset;
  const [address, shown] = [publicAddress(), panel.querySelector(".take-address")];
  if (address && shown) {
    panel.insertBefore(make("p", "", isRoute ? say("share.scanRoute") : say("share.scan")), shown);
    const place = panel.insertBefore(make("p", "take-code"), shown);
    // Only places' and routes' pages have a use for what draws it.
    script(document.documentElement.dataset.site || "", "qr").then(() => place.appendChild(codeOf(address)), (why: Error) => console.warn(why.message));
  }
  const buttons = panel.appendChild(make("p", "apps"));
  buttons.appendChild(sharer("btn"));
  const print = buttons.appendChild(make("button", "btn", isRoute ? say("share.printRoute") : say("share.print")));
  print.setAttribute("data-print", "");
}

export function sharer(className: string): HTMLButtonElement {
  const button = make("button", className, say("share.share"));
  button.setAttribute("data-share", "");
  return button;
}

/** A picture of pixels: WeChat reads a code by a long press only where it is an `<img>` with some. */
function codeOf(address: string): HTMLImageElement {
  const picture = document.createElement("img");
  const heading = document.querySelector("h1");
  picture.alt = say("share.code", { name: heading ? heading.textContent.trim() : "" });
  picture.src = pixels(address);
  return picture;
}

/** As the address of a PNG, black on white in every colour scheme. */
function pixels(text: string): string {
  const { size, isDark } = (window.HAITANG!["qr"] as { modules(text: string): Modules }).modules(text);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * SCALE;
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "#000";
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (isDark(row, column)) pen.fillRect(column * SCALE, row * SCALE, SCALE, SCALE);
    }
  }
  return canvas.toDataURL();
}
