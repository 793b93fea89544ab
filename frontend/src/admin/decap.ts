// What we use of the form editor (Decap CMS), which is there as globals before our script runs.

/** A frozen tree of the editor's (Immutable.js): an entry, a field's description, a value. */
export interface Tree {
  get(name: string): unknown;
  set(name: string, value: unknown): Tree;
  clear(): Tree;
  merge(data: object): Tree;
  toJS(): unknown;
}

export interface ControlProps<Value> {
  field: Tree;
  value: Value | undefined;
  forID: string;
  classNameWrapper: string;
  onChange(value: Value | undefined): void;
}

/** A React component made by the editor's `createClass`; `this` of its parts. */
export interface Control<Value = Tree> {
  props: ControlProps<Value>;
}

interface Cms {
  registerWidget(name: string, control: unknown): void;
  getLocale(name: string): unknown;
  registerLocale(name: string, sentences: unknown): void;
  registerEventListener(listener: { name: string; handler(told: { entry: Tree }): unknown }): void;
}

declare global {
  interface Window {
    CMS: Cms;
    createClass(parts: object): unknown;
    h(tag: string, attributes: object): unknown;
  }
}

/** Plain data as one of the editor's trees. The library they come from is not ours to import: one tree makes another. */
export function treeOf(data: object, sample: Tree): Tree {
  return sample.clear().merge(data);
}
