// A map that looks where the visitor left it.

import { here } from "../../core/left";
import { keepView, viewLeft, type View } from "../../core/views";

interface Looking {
  view(): View | null;
  look(view: View): void;
}

/** Before it is painted first; and writes down where it looks when she leaves. */
export function asLeft<T extends { map: Looking }>(standing: T): T {
  const { map } = standing;
  if (viewLeft) map.look(viewLeft);
  addEventListener("pagehide", () => keepView(here(), map.view()));
  return standing;
}
