// A picture's file name as the data wants it. Pure.

const ENDINGS: { [type: string]: string } = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" };
const LONGEST = 60;

/** A name of Latin letters, digits and hyphens; what has none of its own is named by the time. Undefined: not a picture that we
 * publish. */
export function photoName(name: string, type: string, now: Date): string | undefined {
  const ending = ENDINGS[type];
  if (!ending) return undefined;
  const stem = name
    .replace(/\.[^.]*$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
  return `${/[a-z]/.test(stem) ? stem : ["photo", stem || stamp(now)].join("-")}.${ending}`;
}

function stamp(now: Date): string {
  return now.toISOString().slice(0, 19).replace(/\D/g, "");
}
