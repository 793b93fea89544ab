// Every word a visitor reads comes from assets/words.js, made from templates/words, so that a language is a file of words.
// tests/model/test_messages.py holds the keys asked for here against those that are there, both ways: ask with a literal key.

type Tree = { [key: string]: string | string[] | Tree };

/** The text under a dotted key, with values in its `{blanks}`; `{count:place|places}` takes the form for so many. */
export function say(key: string, values: { [name: string]: string | number } = {}): string {
  return fill(find(key) as string, values);
}

/** The list of texts under a dotted key. */
export function sayList(key: string): string[] {
  return find(key) as string[];
}

/** A month as dates say it: `12`, `December`. */
export function monthName(month: number): string {
  return sayList("months")[month - 1]!;
}

export function fill(text: string, values: { [name: string]: string | number }): string {
  return text.replace(/\{(\w+)(?::([^{}|]*)\|?([^{}]*))?\}/g, (whole, name: string, one?: string, other?: string) => {
    if (!(name in values)) return whole;
    const said = String(values[name]);
    return one === undefined ? said : said === "1" || !other ? one : other;
  });
}

/** Throws when a word is missing: a button without a name must not reach anybody. */
function find(key: string): string | string[] | Tree {
  const words = (window.HAITANG && window.HAITANG["words"]) as Tree | undefined;
  let node: string | string[] | Tree | undefined = words;
  for (const step of key.split(".")) node = node && (node as Tree)[step];
  if (node === undefined) throw new Error(`no word for ${key}`);
  return node;
}
