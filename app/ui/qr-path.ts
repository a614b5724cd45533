import { encode } from "uqr";

/** A QR code as one path of dark bars in a square of `size` modules, with the quiet zone of four modules that scanners need. */
export function qrPath(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { border: 4, ecc: "M" });
  // Bars instead of dots: fewer edges for a renderer to blur.
  const bars = data.flatMap((row, y) =>
    row.flatMap((dark, x) => {
      if (!dark || row[x - 1]) return [];
      const end = row.indexOf(false, x);
      const width = (end === -1 ? size : end) - x;
      return [`M${x} ${y}h${width}v1h-${width}z`];
    }),
  );
  return { size, path: bars.join("") };
}
