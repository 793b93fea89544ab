// What stands behind `tel:`. In China the number as it is written; elsewhere as it is dialled from anywhere.

interface Dial {
  /** Of the country, without its plus sign. */
  code: string;
  /** What a number begins with at home and not from abroad; empty where that is nothing. */
  trunk: string;
}

const SHORTEST = 7; // digits of a number that can be called from abroad

/** `0113 496 0101 x12` in Britain: `tel:+441134960101;ext=12`. */
export function tel(phone: string): string {
  const dial = window.HAITANG && (window.HAITANG["dial"] as Dial | undefined);
  if (!dial) return `tel:${phone}`;
  const [number, extension] = phone.split(/\s*(?:x|ext\.?|#)\s*/i) as [string, string?];
  const digits = number.replace(/[^0-9]/g, "");
  if (digits.length < SHORTEST) return `tel:${digits}`;
  const home = dial.trunk && digits.indexOf(dial.trunk) === 0 ? digits.slice(dial.trunk.length) : digits;
  return `tel:+${number.charAt(0) === "+" ? digits : dial.code + home}${extension ? `;ext=${extension}` : ""}`;
}
