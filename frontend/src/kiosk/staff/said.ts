// Words that only staff's sheet has: it brings them itself (`data-said`), and the website loads none of them.

import type { ErrandName, Outcome } from "../../launcher/protocol";
import type { Happened } from "../../launcher/staff-news";

export interface Said {
  state: string[];
  stateCode: string;
  today: string;
  daysAgo: string;
  clockWrong: string;
  noError: string;
  errors: { script: string; blank: string; data: string; other: string };
  happened: { [what in Happened]: string };
  times: string;
  asking: { [errand in ErrandName]: string };
  found: { [outcome in Outcome]: string };
  wentBack: string;
  backTo: string;
  noneBefore: string;
  percent: string;
  never: string;
  asHall: string;
  hallSays: string;
  notKept: string;
  left: string;
  allSeen: string;
  seenAt: string;
}

export function saidBy(element: HTMLElement): Said {
  return JSON.parse(element.dataset.said!) as Said;
}
