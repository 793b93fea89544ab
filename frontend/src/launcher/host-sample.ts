// The script of embed-sample.html: what a host page does with the kiosk, shown in as few lines as it takes.

import { message, opened, type Go, type Order } from "./protocol";

const LINES = 200;

export function startHostSample(): void {
  const frame = document.querySelector("iframe")!;
  const log = document.getElementById("log")!;
  const position = document.getElementById("position") as HTMLInputElement;

  const note = (arrow: string, data: unknown): void => {
    const line = document.createElement("li");
    line.textContent = `${new Date().toTimeString().slice(0, 8)} ${arrow} ${JSON.stringify(data)}`;
    log.insertBefore(line, log.firstChild);
    if (log.childNodes.length > LINES) log.removeChild(log.lastChild!);
  };
  const send = (sent: Order | Go): void => {
    frame.contentWindow!.postMessage(sent, "*");
    note("→", sent);
  };

  window.addEventListener("message", (event) => {
    if (event.source === frame.contentWindow && opened(event.data)) note("←", event.data);
  });
  for (const type of ["reset", "pause", "resume"] as const) {
    document.getElementById(type)!.addEventListener("click", () => send(message<Order>({ type })));
  }
  document.getElementById("go")!.addEventListener("click", () => send(message<Go>({ type: "go", id: position.value.trim() })));
}
