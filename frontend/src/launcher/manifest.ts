// Digests, and what of a release can be told from its manifest alone. The rule: a release is what its id says, or it is none.

import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { isDay, isDigest, isPart, isRelease, type Manifest, type Pointer } from "./protocol";

export function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

type Fields = { [name: string]: unknown };

function fields(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** The manifest of release `id`, if every field is what it should be and their digest is in the id. */
export function manifestOf(data: unknown, id: string): Manifest | null {
  const manifest = fields(data);
  const app = fields(manifest && manifest["app"]);
  const parts = fields(manifest && manifest["parts"]);
  if (!manifest || !app || !parts || manifest["format"] !== 1 || manifest["id"] !== id || !isDay(manifest["built"])) return null;
  if (![app["script"], app["style"], app["csp"]].every(isDigest)) return null;
  if (!Object.keys(parts).every((name) => isPart(name) && isDigest(parts[name]))) return null;
  const rest = Object.assign({}, manifest);
  delete rest["id"];
  return digest(JSON.stringify(rest)).slice(0, 12) === id.slice(-12) ? (data as Manifest) : null;
}

/** What current.js says, if it can be read. */
export function pointerOf(data: unknown): Pointer | null {
  const pointer = fields(data);
  if (!pointer || !isRelease(pointer["id"])) return null;
  const previous = Array.isArray(pointer["previous"]) ? (pointer["previous"] as unknown[]).filter(isRelease) : [];
  return { id: pointer["id"], previous: previous.slice(0, 8) };
}
