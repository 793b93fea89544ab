// Only some pages hold activities, so what tells their times comes in a script of its own, and only there.

const HOLDING = "[data-when], [data-agenda], [data-calendar]";

export function startActivities(): void {
  if (!document.querySelector(HOLDING)) return;
  const element = document.createElement("script");
  element.src = document.querySelector<HTMLScriptElement>("[data-activities]")!.dataset.activities!;
  document.head.appendChild(element);
}
