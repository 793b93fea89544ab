// The messages between a host page, the launcher and the kiosk app. Version 1; docs/embedding.md tells it to makers of host pages.
// The rule: everything here can be checked from the message alone. Who sent it, its receiver asks of `event.source`; what it does
// not know, it ignores. Nothing personal is ever in a message, since among file:// pages nobody can say who listens.

export const SRC = "hthh";
export const VERSION = 1;
/** The app says that it lives this often; the launcher waits SILENCE before it takes the app for dead. */
export const HEARTBEAT = 3_000;
export const SILENCE = 15_000;
/** Between two `activity` messages at least. */
export const ACTIVITY = 1_000;

/** What the app is doing: nobody there, somebody there, "are you still reading?", or told to wait. */
export type State = "attract" | "session" | "warning" | "paused";
export const STATES: readonly State[] = ["attract", "session", "warning", "paused"];

interface Envelope {
  src: typeof SRC;
  v: typeof VERSION;
}

/** PUBLIC, from the app to the launcher, and from there to the host page. */
export type Ready = Envelope & { type: "ready"; id: string; built: string }; // once, when the first screen stands
export type Heartbeat = Envelope & { type: "heartbeat"; state: State };
export type Activity = Envelope & { type: "activity" };
export type Idle = Envelope & { type: "idle" }; // a session is over, attract is shown
export type Failed = Envelope & { type: "error"; code: string }; // a short fixed word: "script", "blank", "data"; never a text
export type Outward = Ready | Heartbeat | Activity | Idle | Failed;

/** PUBLIC, from the host page to the launcher, and from there to the app. */
export type Order = Envelope & { type: "reset" | "pause" | "resume" };
export type Go = Envelope & { type: "go"; id: string }; // to a position; one that is not known is ignored
export type Inward = Order | Go;

/** PRIVATE, from the app to the launcher, once that said `launcher`. Never passed on to a host page. `day` is today where the
 * directory is; releases from before it was told leave it out. */
export type Count = Envelope & { type: "count"; what: string; day: string };
export type AskCounts = Envelope & { type: "counts"; day: string };
export type Want = Envelope & { type: "want"; part: string };
export type Checked = Envelope & { type: "checked" } & Digests;
/** Staff's, behind their number: what the launcher knows, what it shall do, what it shall keep for this screen. */
export type AskStaff = Envelope & { type: "staff" };
export type Errand = Envelope & { type: "errand"; errand: ErrandName };
export type Keep = Envelope & { type: "keep"; settings: object };
export type Private = Count | AskCounts | Want | Checked | AskStaff | Errand | Keep;

/** PRIVATE, from the launcher to the app. */
export type Launcher = Envelope & { type: "launcher"; settings: object }; // after ready, and when they change: a launcher is there
export type Check = Envelope & { type: "check" };
export type Part = Envelope & { type: "part"; name: string; text: string | null }; // null: not there, or not what it should be
export type Counts = Envelope & { type: "counts"; days: Days };
/** `awake`: ms since its page was opened; `previous`: the release that stands ready to go back to, or empty; `kept`: whether the
 * machine lets it keep anything. staff-news.ts checks `log` and, above, `settings`. */
export type Staff = Envelope & { type: "staff"; awake: number; previous: string; kept: boolean; log: object };
export type Done = Envelope & { type: "done"; errand: ErrandName; outcome: Outcome; id: string };
export type Told = Launcher | Check | Part | Counts | Staff | Done;

export type FromApp = Outward | Private;
export type ToApp = Inward | Told;

/** To read current.js now and take what it names, to go back a release, to open the launcher's page anew. */
export const ERRANDS = ["update", "previous", "restart"] as const;
export type ErrandName = (typeof ERRANDS)[number];
/** It is whole and is shown in a moment; it is on the screen already; it is not whole; current.js cannot be read; there is none;
 * another errand is under way. */
export const OUTCOMES = ["taken", "same", "broken", "unreadable", "none", "busy"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** SHA-256, in hexadecimal digits, of the app's own inline script, style and CSP, each as UTF-8. */
export interface Digests {
  script: string;
  style: string;
  csp: string;
}

/** What was counted: integers under a day and a name. */
export type Days = { [day: string]: { [what: string]: number } };

/** current.js calls HAITANG_CURRENT with it: the release to show and those before it, the newest first. */
export interface Pointer {
  id: string;
  previous: string[];
}

/** manifest.js calls HAITANG_MANIFEST with it. The last 12 digits of `id` are the digest of all the rest. */
export interface Manifest {
  format: 1;
  id: string;
  built: string;
  app: Digests;
  parts: { [name: string]: string };
}

type Bare<Message> = Message extends Envelope ? Omit<Message, keyof Envelope> : never;

/** A message in its envelope. */
export function message<Message extends FromApp | ToApp>(bare: Bare<Message>): Message {
  return Object.assign({ src: SRC, v: VERSION }, bare) as unknown as Message;
}

/** The fields of what arrived, when it stands in our envelope; who sent it is asked elsewhere. */
export function opened(data: unknown): { type: string; [field: string]: unknown } | null {
  if (typeof data !== "object" || data === null) return null;
  const fields = data as { [field: string]: unknown };
  if (fields["src"] !== SRC || fields["v"] !== VERSION || typeof fields["type"] !== "string") return null;
  return fields as { type: string };
}

/** A host page's message, made anew from what is known of it; null for everything else. */
export function inward(data: unknown): Inward | null {
  const fields = opened(data);
  if (!fields) return null;
  const { type } = fields;
  if (type === "reset" || type === "pause" || type === "resume") return message<Order>({ type });
  return type === "go" && isPosition(fields["id"]) ? message<Go>({ type, id: fields["id"] }) : null;
}

/** An app's public message, made anew from what is known of it; null for everything else. */
export function outward(data: unknown): Outward | null {
  const fields = opened(data);
  if (!fields) return null;
  const { type, id, built, state, code } = fields;
  if (type === "activity" || type === "idle") return message<Activity | Idle>({ type });
  if (type === "ready" && isRelease(id) && isDay(built)) return message<Ready>({ type, id, built });
  if (type === "heartbeat" && isState(state)) return message<Heartbeat>({ type, state });
  return type === "error" && isCode(code) ? message<Failed>({ type, code }) : null;
}

function matches(pattern: RegExp): (value: unknown) => value is string {
  return (value): value is string => typeof value === "string" && pattern.test(value);
}

export const isRelease = matches(/^[0-9]{8}-[0-9a-f]{12}$/);
export const isDay = matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/);
export const isDigest = matches(/^[0-9a-f]{64}$/);
// Not only digits: an object would hold such names in an order of its own, and a digest depends on it.
export const isPart = matches(/^(?=.*[a-z-])[a-z0-9-]{1,64}$/);
export const isPosition = matches(/^[a-z0-9][a-z0-9-]{0,63}$/);
export const isCode = matches(/^[a-z][a-z-]{0,19}$/);
/** As in `lang`. */
export const isLanguage = matches(/^[a-z]{2}(?:-[A-Z]{2})?$/);
/** What may be counted. */
export const isCounted = matches(/^(?:sessions|no-result|qr|resets|errors|screens\.[a-z][a-z-]{0,19})$/);

export function isState(value: unknown): value is State {
  return STATES.indexOf(value as State) >= 0;
}

export function isErrand(value: unknown): value is ErrandName {
  return ERRANDS.indexOf(value as ErrandName) >= 0;
}

export function isOutcome(value: unknown): value is Outcome {
  return OUTCOMES.indexOf(value as Outcome) >= 0;
}
