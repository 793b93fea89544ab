// Whether a visitor would rather not load anything that was not asked for.

/** As far as browsers tell: `navigator.connection`, in pages and in workers. */
export interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

export function isDear(connection: Connection | undefined): boolean {
  return !!connection && (!!connection.saveData || /2g/.test(connection.effectiveType || ""));
}
