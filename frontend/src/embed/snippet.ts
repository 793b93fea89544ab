// data/embed.html: the line that another site writes to show the map, made from what is chosen, beside what it will look like.

import { say } from "../core/words";
import { copyText } from "../page/share";
import { listLine, mapLine, type Chosen } from "./lines";

const SETTLED_MS = 400; // until the frame is shown anew

export function startSnippet(): void {
  const page = document.querySelector<HTMLElement>("[data-snippet]");
  const form = page && page.querySelector("form");
  if (!page || !form) return;
  const part = (name: string): HTMLElement => page.querySelector<HTMLElement>(`[data-${name}]`)!;
  const text = (name: string): HTMLTextAreaElement => part(name) as HTMLTextAreaElement;
  const frame = part("preview").appendChild(document.createElement("iframe"));
  frame.title = page.dataset["title"]!;
  let waiting = 0;
  const show = (): void => {
    const chosen = chosenIn(form);
    const { address, script, title } = page.dataset as { [name: string]: string };
    text("line").value = mapLine(chosen, { address: address!, script: script!, title: title! });
    text("list").value = listLine(chosen, { address: address!, script: script! });
    frame.style.width = /^\d+$/.test(chosen.width) ? `${chosen.width}px` : "100%";
    frame.style.height = `${chosen.height}px`;
    const wanted = page.dataset["page"]! + chosen.search;
    clearTimeout(waiting);
    if (frame.getAttribute("src") !== wanted) waiting = window.setTimeout(() => frame.contentWindow!.location.replace(wanted), SETTLED_MS);
  };
  frame.src = page.dataset["page"]!;
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const type of ["input", "change"]) form.addEventListener(type, show);
  page.querySelectorAll<HTMLButtonElement>("[data-copy]").forEach((button) => {
    button.addEventListener("click", () => void copyText(text(button.dataset["copy"]!).value).then((done) => {
      button.nextElementSibling!.textContent = done ? say("snippet.copied") : say("tell.failed");
    }));
  });
  show();
}

function chosenIn(form: HTMLFormElement): Chosen {
  const of = (name: string): HTMLInputElement | HTMLSelectElement => form.elements.namedItem(name) as HTMLInputElement;
  const query = new URLSearchParams();
  for (const name of ["town", "tier", "brand", "need", "theme"]) {
    const box = form.elements.namedItem(name) as HTMLSelectElement | null;
    if (box && box.value) query.append(name, box.value);
  }
  const search = query.toString();
  const town = of("town") as HTMLSelectElement;
  const names = ["town", "tier", "brand", "need"].map((name) => form.elements.namedItem(name) as HTMLSelectElement | null);
  return {
    search: search && `?${search}`,
    names: names.filter((box) => box && box.value).map((box) => box!.options[box!.selectedIndex]!.text.trim()),
    town: town.value || (town.options[1] ? town.options[1].value : ""),
    townName: (town.value ? town.options[town.selectedIndex]! : town.options[1] || town.options[0]!).text.trim(),
    width: of("width").value.trim(),
    height: Math.max(320, Math.min(2000, Math.round(Number(of("height").value)) || 600)),
    adapts: (of("adapts") as HTMLInputElement).checked,
  };
}
