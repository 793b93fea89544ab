// What we use of the form editor (Decap CMS), which is there as globals before our script runs.

import type { RuleBook } from "./judge/judge";

/** A frozen tree of the editor's (Immutable.js): an entry, a field's description, a value. */
export interface Tree {
  get(name: string): unknown;
  set(name: string, value: unknown): Tree;
  clear(): Tree;
  merge(data: object): Tree;
  toJS(): unknown;
}

export interface ControlProps<Value> extends Boxed {
  value: Value | undefined;
  onChange(value: Value | undefined): void;
}

/** What a box says of what it holds. */
export interface Validity {
  error: false | { type?: string; parentIds?: unknown; message: string };
}

/** What the editor gives to a box. */
export interface Boxed {
  field: Tree;
  value: unknown;
  forID: string;
  classNameWrapper: string;
  entry?: Tree;
  parentIds?: unknown;
  validate(): void;
}

/** A box of the editor's own. */
export type BoxClass = new (props: Boxed) => {
  props: Boxed;
  isValid?: () => Validity;
  componentDidMount?(): void;
  componentWillUnmount?(): void;
  render(): unknown;
};

/** A React component made by the editor's `createClass`; `this` of its parts. */
export interface Control<Value = Tree> {
  props: ControlProps<Value>;
}

interface Cms {
  registerWidget(name: string, control: unknown, preview?: unknown, schema?: unknown): void;
  getWidget(name: string): { control: BoxClass; preview: unknown; schema: unknown };
  getLocale(name: string): unknown;
  registerLocale(name: string, sentences: unknown): void;
  registerEventListener(listener: { name: string; handler(told: { entry: Tree }): unknown }): void;
}

declare global {
  interface Window {
    CMS: Cms;
    createClass(parts: object): unknown;
    h(tag: string, attributes: object, ...children: unknown[]): unknown;
    haitangRules: RuleBook;
  }
}

/** Plain data as one of the editor's trees. The library they come from is not ours to import: one tree makes another. */
export function treeOf(data: object, sample: Tree): Tree {
  return sample.clear().merge(data);
}
