/** The field that tells whether a line was done when its order is completed. */
export const doneField = (lineId: string): string => `done-${lineId}`;
