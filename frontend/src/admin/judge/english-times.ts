// Opening hours in English as the Chinese that says the same, for the plain spellings alone; what is not known stays as it is, and
// is refused by who reads it then. `check` takes much more (haitang/schedule/language/english.py). Pure.

const WEEKDAYS = ["mon?(?:days?)?", "tu(?:es?(?:days?)?)?", "wed?(?:s|nesdays?)?", "th(?:u(?:rs?(?:days?)?)?)?", "fri?(?:days?)?", "sa(?:t(?:urdays?)?)?", "su(?:n(?:days?)?)?"];
const HOLIDAYS = "(?:(?:bank|public) holidays?|ph)";
const DAY = "周[一二三四五六日]";
const CLOCK = "(1[0-2]|[1-9])(?:[.:]([0-5]\\d))?\\s?([ap])m";

/** `Mon-Fri 9am-5.30pm; closed bank holidays` → `周一-周五 09:00-17:30;节假日休息`; a text that is not English as it is. */
export function inChinese(text: string): string {
  if (!/[a-z]{2}/i.test(text) || /[\u3400-\u9fff]/.test(text)) return text;
  let plain = text.trim().replace(/\.$/, "");
  for (const [at, name] of WEEKDAYS.entries()) plain = replace(plain, `\\b(?:${name})\\b`, `周${"一二三四五六日"[at]!}`);
  plain = replace(plain, "\\b(?:daily|every day)\\b", "每天");
  plain = replace(plain, "\\bweekdays\\b", "周一-周五");
  plain = replace(plain, "\\bweekends\\b", "周六、周日");
  plain = replace(plain, "\\b(?:to|until|till|through)\\b", "-");
  plain = plain.replace(new RegExp(`\\b${CLOCK}\\b`, "gi"), (whole, hour: string, minute: string | undefined, half: string) => {
    const noon = Number(hour) === 12;
    if (noon && /a/i.test(half)) return whole; // noon to some, midnight to others
    const hours = (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
    return `${hours < 10 ? "0" : ""}${hours}:${minute ?? "00"}`;
  });
  plain = replace(plain, `\\s?(?:,|&|\\band\\b)\\s?(?=${DAY}(?:[、 ,&:-]|$))`, "、");
  plain = replace(plain, `(\\d|closed|off)\\s?(?:、|,)\\s?(?=${DAY}|closed\\b)`, "$1;"); // a rule of its own
  plain = replace(plain, `\\bclosed (?:on )?${HOLIDAYS}|${HOLIDAYS}:? (?:closed|off)\\b`, "节假日休息");
  plain = replace(plain, `\\bclosed (?:on )?(${DAY}(?:、${DAY})*)$`, "$1 休息");
  return replace(plain, "\\b(?:closed|off)\\b", "休息");
}

function replace(text: string, pattern: string, by: string): string {
  return text.replace(new RegExp(pattern, "gi"), by);
}
