/** A tractor with three trailers. */
export const MAX_UNITS = 4;
/** Of one defect. */
export const MAX_PHOTOS = 9;
