// The editor's own boxes, with our judgement of what they hold; and two that are fixed once an entry is there: its name and its
// town are its address, its file and its QR code.

import type { BoxClass, Boxed, Tree, Validity } from "./decap";
import type { Judging } from "./judging";

const NAMES = ["string", "text", "select", "relation", "image", "list"];

export function registerJudged(judging: Judging): void {
  for (const name of NAMES) {
    const known = window.CMS.getWidget(name);
    window.CMS.registerWidget(name, judged(known.control, judging), known.preview, known.schema);
  }
}

function judged(control: BoxClass, judging: Judging): BoxClass {
  return class extends control {
    constructor(props: Boxed) {
      super(props);
      const own = this.isValid as (() => Validity) | undefined;
      this.isValid = () => judging.validity(this, own?.()); // the editor calls it by itself
    }

    override componentDidMount(): void {
      super.componentDidMount?.();
      judging.add(this);
    }

    override componentWillUnmount(): void {
      super.componentWillUnmount?.();
      judging.remove(this);
    }

    override render(): unknown {
      return isFixed(this.props) ? fixedBox(this.props) : super.render();
    }
  };
}

function isFixed({ field, value, entry }: Boxed): boolean {
  return Boolean(field.get("fixed") && value && entry && !entry.get("newRecord"));
}

/** What it holds, to read and not to change, and how it is changed. */
function fixedBox({ field, value, forID, classNameWrapper }: Boxed): unknown {
  const options = ((field.get("options") as Tree | undefined)?.toJS() ?? []) as { value: string; label: string }[];
  const label = options.find((option) => option.value === value)?.label ?? (value as string);
  const told = `${forID}-fixed`;
  return window.h("div", {},
    window.h("input", { id: forID, className: classNameWrapper, value: label, readOnly: true, "aria-describedby": told }),
    window.h("p", { id: told, className: "a-hint" }, field.get("fixed")));
}
