/** A tractor with three trailers. */
export const MAX_UNITS = 4;
/** Of one defect. */
export const MAX_PHOTOS = 9;
/** One of a defect; as much as any file (attachments/attachment.ts). */
export const MAX_VIDEO_BYTES = 100 * 1_048_576;
