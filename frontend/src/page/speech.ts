// Reading the page aloud, where the system has a voice of its language. Sentence by sentence: a browser may fall silent in one that
// lasts longer than a quarter of a minute, and a pause may end it altogether, so a pause is a stop that remembers its place.

import { make } from "../core/dom";
import { say } from "../core/words";

const LONGEST = 60; // characters, about twelve seconds
const LONGEST_LATIN = 180; // as long, in letters
const HAN = /[\u3400-\u9fff]/;
const BLOCKS = "h1,h2,h3,h4,p,li,dt,dd,tr,figcaption,blockquote";
const MARKS = ".cite";
const SKIPPED = "nav,form,button,svg,script,style,[hidden],[aria-hidden=true],.map,.apps,.thumb,.finder,.no-speech";

/** Sentences of at most LONGEST characters, or LONGEST_LATIN letters; a longer one is cut at a comma, or else anywhere. */
export function sentences(text: string): string[] {
  const found: string[] = [];
  const parted = text.replace(/([a-z)\]’”][.;]) +(?=[^a-z0-9])/g, "$1\n"); // a full stop
  for (const sentence of parted.match(/[^。！？；!?\n]+[。！？；!?]*/g) || []) {
    let rest = sentence.trim();
    const longest = HAN.test(rest) ? LONGEST : LONGEST_LATIN;
    while (rest.length > longest) {
      const window = rest.slice(0, longest);
      const mark = Math.max(window.lastIndexOf("，"), window.lastIndexOf("、"), window.lastIndexOf("："), window.lastIndexOf(", "));
      const comma = mark > longest / 3 ? mark : window.lastIndexOf(" ");
      const cut = comma > longest / 3 ? comma + 1 : longest;
      found.push(rest.slice(0, cut).trim());
      rest = rest.slice(cut).trim();
    }
    // A mark alone makes some voices say its name.
    if (/[0-9A-Za-z\u3400-\u9fff]/.test(rest)) found.push(rest);
  }
  return found;
}

/** A span of hours as one says it: a dash is read as "minus" or not at all. */
export function spoken(text: string, until: string): string {
  return text.replace(/(\d)\s*[–—~-]\s*(?=\d{1,2}:\d\d)/g, `$1${until}`).replace(/\s+/g, " ").trim();
}

export type Speakable = Pick<SpeechSynthesisVoice, "lang" | "localService">;

/** What a voice's language begins with, and where it is spoken as we write it: elsewhere is better than nothing. */
const VOICES: { [language: string]: readonly [own: RegExp, elsewhere: RegExp] } = {
  "zh-CN": [/^(zh|cmn)\b/, /hk|tw|mo|yue/],
  "zh-TW": [/^(zh|cmn)\b/, /cn|hans|hk|mo|yue/],
  en: [/^en\b/, /^$/],
};

/** The best voice for a language of ours: one of there, and on this machine; null where there is none. */
export function voiceFor<Voice extends Speakable>(voices: readonly Voice[], language: string): Voice | null {
  const [own, elsewhere] = VOICES[language] || VOICES["zh-CN"]!;
  const rank = (voice: Voice): number => {
    const lang = voice.lang.toLowerCase().replace(/_/g, "-");
    return own.test(lang) ? 1 + (elsewhere.test(lang) ? 0 : 2) + (voice.localService ? 1 : 0) : 0;
  };
  let best: Voice | null = null;
  for (const voice of voices) if (rank(voice) > (best ? rank(best) : 0)) best = voice;
  return best;
}

/** Puts a button into `place` as soon as there is a voice. */
export function offerSpeech(place: HTMLElement, started: () => void): void {
  const speech = window.speechSynthesis as SpeechSynthesis | undefined;
  if (!speech || !window.SpeechSynthesisUtterance) return;
  let offered = false;
  const offer = (): void => {
    if (offered || !reader.canSpeak) return;
    offered = true;
    const start = make("button", "btn", say("display.speak"));
    start.type = "button";
    start.addEventListener("click", () => {
      started();
      reader.start();
    });
    place.insertBefore(start, place.firstChild);
  };
  const reader = new Reader(speech);
  offer(); // some browsers know their voices at once, others tell later
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  else speech.onvoiceschanged = offer;
}

/** The sentences of what stands in a part of the page and can be seen. */
export function textsIn(part: ParentNode): string[] {
  const found: string[] = [];
  part.querySelectorAll<HTMLElement>(BLOCKS).forEach((block) => {
    if (block.closest(SKIPPED) || block.querySelector(BLOCKS) || !block.getClientRects().length) return;
    found.push(...sentences(spoken(textOf(block), say("display.until"))));
  });
  return found;
}

/** What a block says, without the marks that name its sources: a number in the middle of what is said makes no sense. */
function textOf(block: HTMLElement): string {
  if (!block.querySelector(MARKS)) return block.innerText;
  const copy = block.cloneNode(true) as HTMLElement;
  copy.querySelectorAll(MARKS).forEach((mark) => mark.parentNode?.removeChild(mark));
  return copy.textContent || "";
}

/** Says one sentence after the other. A pause remembers its place; a stop forgets it. */
export class Speaker {
  private texts: string[] = [];
  private at = 0;
  private turn = 0; // what is said in an earlier turn may still report its end
  private current: SpeechSynthesisUtterance | null = null; // held, or a browser may drop it and never report
  private stopped: () => void = () => undefined;
  /** A share of 1. */
  volume = 1;

  /** `language`: the page's, whose voice it is. */
  constructor(private readonly speech: SpeechSynthesis, private readonly language = document.documentElement.lang) {
    window.addEventListener("pagehide", () => this.stop());
  }

  get isSpeaking(): boolean {
    return !!this.current;
  }

  get canSpeak(): boolean {
    return !!this.voice;
  }

  private get voice(): SpeechSynthesisVoice | null {
    return voiceFor(this.speech.getVoices(), this.language);
  }

  /** Calls when all has been said, or nothing more is going to be. */
  onStop(stopped: () => void): void {
    this.stopped = stopped;
  }

  start(texts: string[]): void {
    this.texts = texts;
    this.at = 0;
    this.resume();
  }

  resume(): void {
    this.turn++;
    this.speech.cancel();
    this.next(this.turn);
  }

  pause(): void {
    this.turn++;
    this.current = null;
    this.speech.cancel();
  }

  stop(): void {
    this.pause();
    this.texts = [];
    this.stopped();
  }

  private next(turn: number): void {
    if (turn !== this.turn) return;
    const text = this.texts[this.at];
    const { voice } = this;
    if (text === undefined || !voice) return this.stop();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.volume = this.volume;
    utterance.rate = 0.9; // a little slower than people speak
    utterance.onend = () => {
      if (turn !== this.turn) return;
      this.at++;
      this.next(turn);
    };
    utterance.onerror = () => turn === this.turn && this.stop();
    this.current = utterance;
    this.speech.speak(utterance);
  }
}

/** The website's bar over it. */
class Reader {
  private readonly speaker: Speaker;
  private bar: HTMLElement | null = null;
  private pauser: HTMLButtonElement | null = null;

  constructor(speech: SpeechSynthesis) {
    this.speaker = new Speaker(speech);
    this.speaker.onStop(() => this.hideBar());
  }

  get canSpeak(): boolean {
    return this.speaker.canSpeak;
  }

  start(): void {
    this.showBar();
    this.say(() => this.speaker.start(textsIn(document.querySelector("main") || document.body)));
  }

  private say(speak: () => void): void {
    if (this.pauser) this.pauser.textContent = say("display.pause");
    speak();
  }

  private pause(): void {
    this.speaker.pause();
    if (this.pauser) this.pauser.textContent = say("display.resume");
  }

  private hideBar(): void {
    if (!this.bar) return;
    const hadFocus = this.bar.contains(document.activeElement);
    this.bar.remove();
    this.bar = this.pauser = null;
    const opener = document.querySelector<HTMLElement>("[data-display-open]");
    if (hadFocus && opener) opener.focus();
  }

  private showBar(): void {
    if (this.bar) return;
    const bar = make("div", "speech-bar no-speech");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", say("display.speaking"));
    bar.appendChild(make("span", "speech-title", say("display.speaking")));
    const pauser = make("button", "btn");
    pauser.type = "button";
    pauser.addEventListener("click", () => (this.speaker.isSpeaking ? this.pause() : this.say(() => this.speaker.resume())));
    bar.appendChild(pauser);
    const stop = make("button", "btn", say("display.stop"));
    stop.type = "button";
    stop.addEventListener("click", () => this.speaker.stop());
    bar.appendChild(stop);
    document.body.appendChild(bar);
    this.bar = bar;
    this.pauser = pauser;
    pauser.focus({ preventScroll: true });
  }
}
