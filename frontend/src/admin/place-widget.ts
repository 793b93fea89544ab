// The box for a place: a drawing of the towns to point at, numbers pasted from a map's page, and the four values themselves.

import { make } from "../core/dom";
import { treeOf, type Control, type Validity } from "./decap";
import type { Judging } from "./judging";
import { appOf, readCoordinates } from "./judge/pasted-coordinates";
import { pointingMap, type PointingMap } from "./pointing-map";
import { fitProjection, isInside, type Bounds, type Town } from "./projection";

const PARTS = ["lon", "lat", "crs", "precision"] as const;
type Part = (typeof PARTS)[number];
type Place = { [part in Part]?: string };
type Words = { [name: string]: string } & { apps: { [crs: string]: string } };

interface Described {
  name: string;
  label: string;
  hint?: string;
  options?: { value: string; label: string }[];
}

interface Field {
  words: Words;
  fields: Described[];
  towns: Town[];
  bounds: Bounds[];
}

const NUMBER = /^\s*-?\d{1,9}(?:\.\d{1,17})?\s*$/;

export function registerPlace(judging: Judging): void {
  const boxes = new WeakMap<object, Box>();
  const control = window.createClass({
    render(this: Control) {
      const host = (element: HTMLElement | null) => {
        if (element && !element.firstChild) boxes.set(this, new Box(this, element));
      };
      return window.h("div", { className: `${this.props.classNameWrapper} a-place`, id: this.props.forID, ref: host });
    },
    componentDidUpdate(this: Control) {
      boxes.get(this)?.show();
    },
    componentDidMount(this: Control) {
      judging.add(this);
    },
    componentWillUnmount(this: Control) {
      judging.remove(this);
    },
    isValid(this: Control) {
      return judging.validity(this, boxes.get(this)?.fault());
    },
  });
  window.CMS.registerWidget("place", control);
}

class Box {
  private readonly field: Field;
  private readonly inputs = new Map<Part, HTMLInputElement | HTMLSelectElement>();
  private readonly said = make("p", "a-said");
  private readonly map: PointingMap | undefined;

  constructor(private readonly control: Control, host: HTMLElement) {
    this.field = control.props.field.toJS() as Field;
    this.said.setAttribute("role", "status");
    host.append(this.pasteRow(), this.said);
    const sheet = fitProjection(this.field.towns, this.field.bounds);
    if (sheet) {
      this.map = pointingMap(sheet, this.field.towns, this.field.words.map!, this.field.words.map_keys!, (at) => this.pointed(at));
      host.append(this.map.element);
    }
    host.append(this.valuesRow(), this.clearButton());
    this.show();
  }

  /** What is there now, from the entry. */
  show(): void {
    const place = this.place();
    for (const [part, input] of this.inputs) if (input.value !== (place[part] ?? "")) input.value = place[part] ?? "";
    const [lon, lat] = [Number(place.lon), Number(place.lat)];
    this.map?.mark(place.lon && place.lat && isFinite(lon) && isFinite(lat) ? [lon, lat] : undefined);
  }

  fault(): Validity {
    const place = this.place();
    const given = PARTS.filter((part) => place[part]);
    const { words, bounds } = this.field;
    if (!given.length) return { error: false };
    if (given.length < PARTS.length || !NUMBER.test(place.lon!) || !NUMBER.test(place.lat!)) return told(words.incomplete!);
    return isInside(Number(place.lon), Number(place.lat), bounds) ? { error: false } : told(words.far!);
  }

  private place(): Place {
    const found = (this.control.props.value?.toJS() ?? {}) as { [part: string]: string | number | null };
    const place: Place = {};
    for (const part of PARTS) if (part in found) place[part] = String(found[part] ?? "");
    return place;
  }

  private change(parts: Place): void {
    const place: Place = { ...this.place(), ...parts };
    const kept: Place = {};
    for (const part of PARTS) if (place[part]) kept[part] = place[part];
    this.control.props.onChange(Object.keys(kept).length ? treeOf(kept, this.control.props.field) : undefined);
  }

  private pointed(at: { lon: number; lat: number; town: boolean }): void {
    this.take({ lon: at.lon.toFixed(4), lat: at.lat.toFixed(4), crs: "wgs84", precision: at.town ? "town" : "street" });
  }

  private take(place: Required<Place>): void {
    const { words } = this.field;
    this.say(words.taken!.replace("{lon}", place.lon).replace("{lat}", place.lat));
    this.change(place);
  }

  private say(text: string, wrong = false): void {
    this.said.textContent = text;
    this.said.classList.toggle("is-wrong", wrong);
  }

  private pasteRow(): HTMLElement {
    const { words } = this.field;
    const row = make("div", "a-row");
    const box = make("input", "a-input");
    box.placeholder = words.paste_example!;
    const app = chooser([{ value: "", label: words.choose! }, ...Object.keys(words.apps).map((crs) => ({ value: crs, label: words.apps[crs]! }))]);
    const use = make("button", "a-button", words.use);
    use.type = "button";
    const read = () => {
      const pair = readCoordinates(box.value);
      if (!pair) this.say(words.unread!, true);
      else if (!app.value) this.say(words.no_app!, true);
      else if (!isInside(Number(pair.lon), Number(pair.lat), this.field.bounds)) this.say(words.far!, true);
      else this.take({ ...pair, crs: app.value, precision: "exact" });
    };
    use.addEventListener("click", read);
    box.addEventListener("input", () => {
      app.value = appOf(box.value) ?? app.value;
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      read();
    });
    row.append(labelled(words.paste!, box, words.paste_hint), labelled(words.from!, app), use);
    return row;
  }

  private valuesRow(): HTMLElement {
    const row = make("div", "a-row");
    for (const described of this.field.fields) {
      const part = described.name as Part;
      const input = described.options ? chooser([{ value: "", label: "—" }, ...described.options]) : make("input", "a-input");
      if (input instanceof HTMLInputElement) input.inputMode = "decimal";
      input.addEventListener("input", () => this.change({ [part]: input.value }));
      this.inputs.set(part, input);
      row.append(labelled(described.label, input));
    }
    return row;
  }

  private clearButton(): HTMLElement {
    const clear = make("button", "a-button is-quiet", this.field.words.clear);
    clear.type = "button";
    clear.addEventListener("click", () => {
      this.say("");
      this.control.props.onChange(undefined);
    });
    return clear;
  }
}

function told(message: string): Validity {
  return { error: { message } };
}

function chooser(options: readonly { value: string; label: string }[]): HTMLSelectElement {
  const select = make("select", "a-input");
  for (const { value, label } of options) {
    const option = make("option", "", label);
    option.value = value;
    select.append(option);
  }
  return select;
}

function labelled(name: string, input: HTMLElement, hint = ""): HTMLElement {
  const label = make("label", "a-label");
  input.setAttribute("aria-label", name); // a label's own text would hold the choices too
  label.append(make("span", "a-name", name), input);
  if (hint) label.append(make("span", "a-hint", hint));
  return label;
}
