/** Small files made by code, so that the demo has something to show and the project carries no pictures. */

/** A front view of a truck in the shop's light, as a PNG of a few flat colors; `hurt` marks where. */
export async function truckPicture(hurt: { x: number; y: number }): Promise<Uint8Array> {
  const [width, height] = [320, 240];
  const rows = new Uint8Array((width + 1) * height);
  const within = (x: number, y: number, left: number, top: number, right: number, bottom: number) => x >= left && x < right && y >= top && y < bottom;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const ring = Math.hypot(x - hurt.x, y - hurt.y);
      const wheel = Math.min(Math.hypot(x - 96, y - 196), Math.hypot(x - 224, y - 196));
      let color = y > 190 ? 1 : 0;
      if (within(x, y, 70, 40, 250, 190)) color = 2;
      if (within(x, y, 86, 54, 234, 100)) color = 3;
      if (within(x, y, 110, 116, 210, 168) && y % 8 > 2) color = 4;
      if (within(x, y, 76, 140, 102, 160) || within(x, y, 218, 140, 244, 160)) color = 5;
      if (wheel < 26) color = wheel < 11 ? 1 : 4;
      if (ring > 24 && ring < 30) color = 6;
      rows[y * (width + 1) + 1 + x] = color;
    }
  const palette = [0xd5, 0xda, 0xde, 0x9a, 0xa2, 0xa9, 0x1f, 0x5f, 0x8b, 0xb9, 0xd6, 0xe6, 0x26, 0x2b, 0x30, 0xf6, 0xe3, 0xa1, 0xd0, 0x2f, 0x2f];
  const header = new Uint8Array([0, 0, width >> 8, width & 255, 0, 0, height >> 8, height & 255, 8, 3, 0, 0, 0]);
  const packed = new Uint8Array(await new Response(new Blob([rows]).stream().pipeThrough(new CompressionStream("deflate"))).arrayBuffer());
  return joined([
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("PLTE", new Uint8Array(palette)),
    chunk("IDAT", packed),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** One page of lines, as the smallest PDF that every viewer opens. */
export function samplePdf(title: string, lines: readonly string[]): Uint8Array {
  const plain = (text: string) => text.replace(/[\\()]/g, (char) => `\\${char}`);
  const text = ["BT /F1 18 Tf 56 770 Td", `(${plain(title)}) Tj /F1 11 Tf 0 -14 Td`, ...lines.map((line) => `0 -18 Td (${plain(line)}) Tj`), "ET"].join("\n");
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${text.length}>>\nstream\n${text}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  let body = "%PDF-1.4\n";
  const places = objects.map((object, at) => {
    const place = body.length;
    body += `${at + 1} 0 obj${object}endobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  return latin(`${body}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`);
}

function chunk(kind: string, content: Uint8Array): Uint8Array {
  const named = joined([latin(kind), content]);
  return joined([big(content.length), named, big(crc(named))]);
}

/** The checksum that PNG wants for each chunk. */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

const big = (value: number): Uint8Array => new Uint8Array([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
