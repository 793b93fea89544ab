// Reads a screen of the kiosk aloud: its title, what one looks at, and the cards beneath.

import { say } from "../core/words";
import { Speaker, spoken, sentences, textsIn } from "../page/speech";

/** The sentences of a screen, in the order one sees them; keys are no text, but a card tells of a place. */
export function screenText(screen: ParentNode): string[] {
  const found: string[] = [];
  for (const part of [".k-title", ".k-see"]) {
    const element = screen.querySelector<HTMLElement>(part);
    if (element) found.push(...textsIn(element));
  }
  screen.querySelectorAll<HTMLElement>(".k-do .k-card").forEach((card) => {
    card.querySelectorAll<HTMLElement>(".k-card-name, .k-card-line, .tag").forEach((piece) => {
      if (piece.getClientRects().length) found.push(...sentences(spoken(piece.innerText, say("display.until"))));
    });
  });
  return found;
}

/** Tells, now and whenever the system's voices change, whether there is one that speaks the page's language. */
export function onVoice(told: (speaker: Speaker | null) => void): void {
  const speech = window.speechSynthesis as SpeechSynthesis | undefined;
  if (!speech || !window.SpeechSynthesisUtterance) return told(null);
  const speaker = new Speaker(speech);
  const tell = (): void => told(speaker.canSpeak ? speaker : null);
  tell();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", tell);
  else speech.onvoiceschanged = tell;
}
