/** The longest list that is downloaded; what goes beyond is left off, which the file gives notice of. */
export const CSV_MOST_ROWS = 10_000;

export const CSV_ROWS_A_PAGE = 200;
