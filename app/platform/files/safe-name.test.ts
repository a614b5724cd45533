import fc from "fast-check";
import { expect, test } from "vitest";
import { namedByContent } from "./safe-name";

test.each([
  ["photo.jpg", "image/jpeg", "photo.jpg"],
  ["photo.JPEG", "image/jpeg", "photo.JPEG"],
  ["photo.hta", "image/jpeg", "photo.jpg"],
  ["photo.hta.", "image/jpeg", "photo.jpg"],
  ["photo.hta . ", "image/jpeg", "photo.jpg"],
  ["photo.jpg.exe", "image/jpeg", "photo.jpg"],
  ["photo.html.bat", "image/png", "photo.png"],
  ["photo.hta.jpg", "image/jpeg", "photo.jpg"],
  ["photo.heic.jpg", "image/jpeg", "photo.jpg"],
  ["page.html", "application/pdf", "page.pdf"],
  ["invoice.pdf", "image/webp", "invoice.webp"],
  ["clip.mp4", "video/mp4", "clip.mp4"],
  ["IMG_1.HEIC", "image/heic", "IMG_1.HEIC"],
  ["Dr. Smith, 4.5 mm left", "image/jpeg", "Dr. Smith, 4.5 mm left.jpg"],
  ["pads 4.5", "image/jpeg", "pads 4.5.jpg"],
  [".hta", "image/jpeg", "file.jpg"],
  ["...", "image/jpeg", "file.jpg"],
  ["statement 2030-01-01.csv", "text/csv", "statement 2030-01-01.csv"],
  ["tool.exe", "application/octet-stream", "tool.bin"],
])("%s with the content %s is named %s", (name, mediaType, expected) => {
  expect(namedByContent(name, mediaType)).toBe(expected);
});

test("whatever a file is called, its name has the ending of its content and no other", () => {
  const endings = fc.constantFrom(".hta", ".exe", ".html", ".bat", ".jpg", ".lnk", ".", " ", ".ps1", ".url");
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 20 }), fc.array(endings, { maxLength: 4 }), (stem, more) => {
      const name = namedByContent(stem + more.join(""), "image/png");
      expect(name).toMatch(/[^.\s]\.png$/i);
      expect(name).not.toMatch(/\.(hta|exe|html|bat|lnk|ps1|url|jpg)[. ]*\.png$/i);
    }),
  );
});
