// One running app in its sandboxed frame, and what is known of it.

import { digest } from "./manifest";
import { isDigest, message, type Check, type Launcher, type Manifest, type Part, type State, type ToApp } from "./protocol";
import { loadScript } from "./script-loader";

const BREATH = 200; // between two parts: the machine has better things to do
const WAITING = 32; // parts an app may wait for at once

export class Frame {
  readonly element = document.createElement("iframe");
  ready = false;
  sound: boolean | null = null; // null: not checked yet
  state: State | null = null;
  gone = false;
  built = "";
  private waiting = 0;
  private answer: ((data: { [field: string]: unknown } | null) => void) | null = null;

  constructor(
    readonly id: string,
    readonly manifest: Manifest | null, // null: only as a last resort
    public heard: number,
    public born: number,
    title: string,
  ) {
    this.element.setAttribute("sandbox", "allow-scripts");
    this.element.title = title;
    this.element.className = "frame";
    this.element.src = `releases/${id}/app.html`; // before it is put into the page, so that history gets no entry
  }

  send(sent: ToApp): void {
    const target = this.element.contentWindow;
    if (target) target.postMessage(sent, "*");
  }

  /** It stands: says that a launcher is there, and what staff set at this screen. False when it is not the release it was taken for. */
  begin(id: string, built: string, settings: object): boolean {
    if (id !== this.id || (this.manifest && built !== this.manifest.built)) return false;
    this.ready = true;
    this.built = built;
    this.send(message<Launcher>({ type: "launcher", settings }));
    return true;
  }

  checked(data: { [field: string]: unknown }): void {
    if (this.answer) this.answer(data);
  }

  /** Is all of it there, and is it what the manifest says? Takes its time. */
  async check(): Promise<boolean> {
    const manifest = this.manifest;
    if (!manifest) return false;
    const { script, style, csp } = manifest.app;
    const said = await this.ask();
    if (!said || ![said["script"], said["style"], said["csp"]].every(isDigest)) return false;
    if (said["script"] !== script || said["style"] !== style || said["csp"] !== csp) return false;
    for (const name of Object.keys(manifest.parts)) {
      await new Promise((done) => setTimeout(done, BREATH));
      if (this.gone || (await this.part(name)) === null) return false;
    }
    return true;
  }

  private ask(): Promise<{ [field: string]: unknown } | null> {
    return new Promise((done) => {
      const late = setTimeout(() => done(null), 15_000);
      this.answer = (data) => {
        clearTimeout(late);
        this.answer = null;
        done(data);
      };
      this.send(message<Check>({ type: "check" }));
    });
  }

  /** The text of a part, if the manifest knows it and it is what that says. */
  private async part(name: string): Promise<string | null> {
    const parts = this.manifest ? this.manifest.parts : {};
    if (!Object.prototype.hasOwnProperty.call(parts, name)) return null;
    const got = await loadScript(`releases/${this.id}/parts/${name}.js`, "HAITANG_PART");
    const text = got && got[0] === name && typeof got[1] === "string" ? got[1] : null;
    return text !== null && digest(text) === parts[name] ? text : null;
  }

  /** Answers a wish for a part. */
  async give(name: string): Promise<void> {
    const free = this.waiting < WAITING;
    this.waiting += 1;
    const text = free ? await this.part(name) : null;
    this.waiting -= 1;
    this.send(message<Part>({ type: "part", name, text }));
  }

  remove(): void {
    this.gone = true;
    if (this.answer) this.answer(null);
    this.element.remove();
  }
}
