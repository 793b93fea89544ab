// The box for opening hours and times: a line to write in, and below it how it is read, while somebody types. Only the local
// server can read; on a git host nothing is shown.

import { make } from "../core/dom";
import type { Control, Tree, Validity } from "./decap";
import type { Judging } from "./judging";

const QUIET_MS = 300;

type Written = Control<string | Tree>; // one line, or the list of rules that a file may have

interface Reading {
  read: boolean;
  lines: string[];
}

/** `api` is the address of the local server, if this page has one behind it. */
export function registerTime(judging: Judging, api: string | undefined): void {
  const boxes = new WeakMap<object, Box>();
  const control = window.createClass({
    render(this: Written) {
      const host = (element: HTMLElement | null) => {
        if (element && !element.firstChild) boxes.set(this, new Box(this, element, api));
      };
      return window.h("div", { className: "a-time", ref: host });
    },
    componentDidMount(this: Written) {
      judging.add(this);
    },
    componentWillUnmount(this: Written) {
      judging.remove(this);
    },
    componentDidUpdate(this: Written) {
      boxes.get(this)?.show();
    },
    isValid(this: Written) {
      return judging.validity(this, boxes.get(this)?.fault());
    },
  });
  window.CMS.registerWidget("time", control);
}

class Box {
  private readonly input = make("input", "");
  private readonly told = make("div", "a-read");
  private readonly field: string;
  private asked = "";
  private refusal = ""; // why the server does not take what is there
  private waiting = 0;

  constructor(private readonly control: Written, host: HTMLElement, private readonly api: string | undefined) {
    const { field, forID, classNameWrapper } = control.props;
    this.field = field.get("name") as string;
    this.input.id = forID;
    this.input.className = classNameWrapper;
    this.input.addEventListener("input", () => this.control.props.onChange(this.input.value || undefined));
    this.input.addEventListener("blur", () => this.control.props.validate());
    host.append(this.input);
    if (api) {
      this.told.setAttribute("role", "status");
      host.append(this.told);
    }
    this.show();
  }

  /** What is there now, from the entry; a list of rules as one line. */
  show(): void {
    const { value } = this.control.props;
    const text = value && typeof value === "object" ? (value.toJS() as string[]).join("；") : value ?? "";
    if (this.input.value !== text) this.input.value = text;
    this.read(text.trim());
  }

  fault(): Validity {
    return { error: this.refusal ? { type: "CUSTOM", parentIds: this.control.props.parentIds, message: this.refusal } : false };
  }

  private read(text: string): void {
    if (!this.api || text === this.asked) return;
    this.asked = text;
    this.refusal = "";
    clearTimeout(this.waiting);
    if (!text) return this.say({ read: true, lines: [] });
    this.waiting = window.setTimeout(() => {
      void ask(this.api!, this.field, text).then((reading) => {
        if (text === this.asked) this.say(reading ?? { read: true, lines: [] });
      });
    }, QUIET_MS);
  }

  private say({ read, lines }: Reading): void {
    this.refusal = read ? "" : lines.join("\n");
    if (!read && document.activeElement !== this.input) this.control.props.validate();
    this.told.classList.toggle("is-wrong", !read);
    this.told.textContent = "";
    this.told.append(...lines.map((line) => make("p", "a-line", line)));
  }
}

/** How the server reads a text; null where it does not answer. */
function ask(api: string, field: string, text: string): Promise<Reading | null> {
  const request = { action: "explain", params: { field, text } };
  // eslint-disable-next-line no-restricted-globals -- the page has this address from the server that shows it
  return fetch(api, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(request) })
    .then((answer) => (answer.ok ? (answer.json() as Promise<Reading>) : null))
    .catch(() => null);
}
