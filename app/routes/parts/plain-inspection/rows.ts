/** How many defects the plain form has room for. */
export const ROWS = [1, 2, 3, 4] as const;

export const noteField = (row: number): string => `message-${row}`;
