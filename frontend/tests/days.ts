// The holidays of 2026 as assets/words.js has them; tests/test_holidays.py holds this against the real data.

import type { SpecialDays } from "../src/schedule/calendar";

export const DAYS: SpecialDays = {
  until: 2026,
  off: { "2026": "0101-0103,0215-0223,0404-0406,0501-0505,0619-0621,0925-0927,1001-1007" },
  worked: { "2026": "0104,0214,0228,0509,0920,1010" },
};
