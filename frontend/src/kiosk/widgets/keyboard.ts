// Letters to tap: in the order of the alphabet, which whoever learnt pinyin at school knows, and not in that of a typewriter.
// The field only shows what was typed, so that no keyboard of the system ever opens; a real keyboard types into it, too.

import { line, make } from "../../core/dom";
import { say } from "../../core/words";

const LETTERS = "abcdefghijklmnopqrstuvwxyz".split("");
const DIGITS = "1234567890".split("");
const LONGEST = 24; // of what anybody means; a child may tap all day
const RUB = "M9 5h12v14H9l-6-7zM12 9.5l5 5m0-5l-5 5";

export class Keyboard {
  private typed = "";

  constructor(private readonly element: HTMLElement, private readonly field: HTMLInputElement, private readonly changed: () => void) {
    this.turn(false);
    document.addEventListener("keydown", (event) => {
      if (element.offsetParent && !event.ctrlKey && !event.metaKey && !event.altKey && this.press(event)) event.preventDefault();
    });
  }

  get text(): string {
    return this.typed;
  }

  /** What is in the field when the screen is entered; the letters are what one begins with. */
  begin(text: string): void {
    this.put(text);
    if (this.element.dataset.keys !== "letters") this.turn(false);
  }

  type(text: string): void {
    if (text.length > LONGEST || text === this.typed) return;
    this.put(text);
    this.changed();
  }

  private put(text: string): void {
    this.typed = text;
    this.field.value = text.toUpperCase();
  }

  /** A key of a real keyboard; false where it is none of ours. */
  private press({ key, target }: KeyboardEvent): boolean {
    const onKey = target instanceof HTMLButtonElement && key === " "; // there a blank presses the button
    if (/^[a-z0-9 ]$/i.test(key) && !onKey) this.add(key.toLowerCase());
    else if (key === "Backspace") this.rub();
    else if (key === "Escape") this.type("");
    else return false;
    return true;
  }

  private add(character: string): void {
    if (character !== " " || /[^ ]$/.test(this.typed)) this.type(this.typed + character);
  }

  private rub(): void {
    this.type(this.typed.slice(0, -1));
  }

  private turn(digits: boolean): void {
    const { element } = this;
    element.textContent = "";
    element.dataset.keys = digits ? "digits" : "letters";
    for (const character of digits ? DIGITS : LETTERS) this.key(character, character.toUpperCase(), () => this.add(character));
    this.key("turn", digits ? say("kiosk.pad.letters") : say("kiosk.pad.digits"), () => this.turn(!digits));
    this.key("blank", say("kiosk.pad.blank"), () => this.add(" "));
    this.key("clear", say("kiosk.pad.clear"), () => this.type(""));
    const rub = this.key("rub", "", () => this.rub());
    rub.setAttribute("aria-label", say("kiosk.pad.rub"));
    rub.appendChild(line(RUB));
  }

  private key(name: string, text: string, act: () => void): HTMLElement {
    const key = this.element.appendChild(make("button", text.length === 1 ? "k-letter" : "k-letter is-word", text));
    key.type = "button";
    key.dataset.key = name;
    key.dataset.primary = "";
    key.addEventListener("click", act);
    return key;
  }
}
