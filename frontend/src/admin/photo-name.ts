// A picture's file name as the data wants it. Pure.

const ENDINGS: { [type: string]: string } = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" };
const LONGEST = 40;

/** A name of Latin letters, digits and hyphens, with the time: a hundred phones call theirs image.jpg. Undefined: not a picture
 * that we publish. */
export function photoName(name: string, type: string, now: Date): string | undefined {
  const ending = ENDINGS[type];
  if (!ending) return undefined;
  const stem = name
    .replace(/\.[^.]*$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
  return `${stem || "photo"}-${now.toISOString().slice(2, 19).replace(/\D/g, "")}.${ending}`;
}
