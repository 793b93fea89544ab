import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "../../src/launcher/app-frame";
import { StaffDesk, type Runner } from "../../src/launcher/staff-desk";

const [OLD, NEW] = ["20261123-0123456789ab", "20261124-0123456789ab"] as const;

function frame(id: string, ready = true): { frame: Frame; sent: { type: string; settings?: object }[] } {
  const sent: { type: string; settings?: object }[] = [];
  return { frame: { id, ready, sound: true, send: (what: { type: string }) => sent.push(what) } as unknown as Frame, sent };
}

function desk(kept: object, more: Partial<Runner> = {}): { desk: StaffDesk; stored: () => { left: string[] } } {
  let text = JSON.stringify(kept);
  const storage = { getItem: () => text, setItem: (_: string, value: string) => void (text = value) };
  const runner = { live: null, next: null, busy: false, pointer: null, ...more } as unknown as Runner;
  return { desk: new StaffDesk(runner, storage, "x"), stored: () => JSON.parse(text) as { left: string[] } };
}

test("what staff set also holds in the release that waits behind the one on the screen", () => {
  const [live, next] = [frame(OLD), frame(NEW)];
  desk({}, { live: live.frame, next: next.frame }).desk.hear(live.frame, { type: "keep", settings: { brightness: 60 } }, 0);
  assert.deepEqual(next.sent.map(({ type, settings }) => [type, settings]), [["launcher", { brightness: 60 }]]);
  const early = frame(NEW, false); // it is told when it stands
  desk({}, { live: live.frame, next: early.frame }).desk.hear(live.frame, { type: "keep", settings: { brightness: 60 } }, 0);
  assert.deepEqual(early.sent, []);
});

test("a release that staff left, and that is named anew, is not left any more", () => {
  const { desk: it, stored } = desk({ left: [OLD, NEW] });
  it.named(NEW);
  assert.deepEqual([it.hasLeft(OLD), it.hasLeft(NEW), stored().left], [true, false, [OLD]]);
});
