// Terms that are written together: 陆家社区 is 陆家 and 社区, lujiashequ as well.

import type { Term } from "./query";

export interface Segment<Answer> {
  term: Term;
  answer: Answer;
}

const SHORTEST = 2;
const LONGEST = 16;
const MOST_SEGMENTS = 3;

/** The fewest parts, with longer ones in front, that each find something and all find one place; null where there are none.
 * `mayLead` says which beginnings are worth asking for. */
export function segment<Answer extends { count: number; keys: Uint16Array }>(
  { text, kind }: Term,
  ask: (term: Term) => Answer,
  mayLead: (head: string) => boolean,
  shared: (answers: readonly Answer[], row: number) => unknown,
): Segment<Answer>[] | null {
  if (text.length < 2 * SHORTEST || text.length > LONGEST || (kind !== "han" && kind !== "latin")) return null;
  const known = new Map<string, Answer>();
  const answerTo = (part: string): Answer => {
    const answer = known.get(part) || ask({ text: part, kind });
    known.set(part, answer);
    return answer;
  };
  const shortest = kind === "han" ? SHORTEST : SHORTEST + 1; // two letters fit nearly everything
  const split = (rest: string, before: readonly Segment<Answer>[], most: number): Segment<Answer>[] | null => {
    const whole = [...before, { term: { text: rest, kind }, answer: answerTo(rest) }];
    if (before.length && together(whole)) return whole;
    for (let cut = rest.length - shortest; most > 1 && cut >= shortest; cut--) {
      if (!mayLead(rest.slice(0, cut))) continue;
      const head = { term: { text: rest.slice(0, cut), kind }, answer: answerTo(rest.slice(0, cut)) };
      if (!head.answer.count || !together([...before, head])) continue;
      const found = split(rest.slice(cut), [...before, head], most - 1);
      if (found) return found;
    }
    return null;
  };
  const together = (parts: readonly Segment<Answer>[]): boolean => {
    const answers = parts.map((part) => part.answer);
    return answers[0]!.keys.some((key, row) => key > 0 && !!shared(answers, row));
  };
  return split(text, [], 2) || split(text, [], MOST_SEGMENTS);
}
