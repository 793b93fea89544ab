/** Sounds that many in the south do not tell apart made one: z/zh, c/ch, s/sh, n/l, an/ang, en/eng, in/ing. */
export function fuzzyPinyin(letters: string): string {
  return letters.replace(/([zcs])h/g, "$1").replace(/ng/g, "n").replace(/n(?=[aeiouv])/g, "l");
}
