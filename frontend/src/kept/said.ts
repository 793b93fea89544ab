// Words that only offline.html has: it brings them itself (`data-said`), and no other page loads them.

export interface Said {
  placeNotKept: string;
  way: string;
  everything: string;
  address: string;
  hours: string;
  phone: string;
  mapOfPhone: string;
  fromPhone: string;
  fromPhoneUndated: string;
  verified: string;
  kept: string;
  nothingKept: string;
  clear: string;
  clearNote: string;
  cleared: string;
}
