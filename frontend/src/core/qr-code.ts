// A text as the modules of a QR code: ECC M, as printed codes have it, and the four light modules around it that scanners look
// for (ISO/IEC 18004).

import { correction, generate, mode } from "lean-qr";

const QUIET = 4; // modules
/** Bytes of a text that the largest code (version 40) holds with ECC M. */
export const MOST = 2331;

export interface Modules {
  /** How many modules it is wide, its quiet zone included. */
  size: number;
  isDark: (row: number, column: number) => boolean;
}

/** Throws above MOST bytes. */
export function modules(text: string): Modules {
  const made = generate(mode.bytes(new TextEncoder().encode(text)), { minCorrectionLevel: correction.M, maxCorrectionLevel: correction.M });
  return { size: made.size + 2 * QUIET, isDark: (row, column) => made.get(column - QUIET, row - QUIET) };
}
