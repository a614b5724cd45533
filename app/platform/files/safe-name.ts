/** The endings that fit each kind of content, the usual one first. */
const endingsOf: Readonly<Record<string, readonly [string, ...string[]]>> = {
  "image/jpeg": ["jpg", "jpeg"],
  "image/png": ["png"],
  "image/webp": ["webp"],
  "image/heic": ["heic", "heif"],
  "application/pdf": ["pdf"],
  "video/mp4": ["mp4", "m4v"],
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx"],
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx"],
  "text/csv": ["csv"],
  "application/zip": ["zip"],
};

/** A computer runs a file by the end of its name, so every ending goes that the content does not have. Numbers ("4.5") are none. */
export function namedByContent(name: string, mediaType: string): string {
  const endings = endingsOf[mediaType] ?? ["bin"];
  let stem = withoutTail(name);
  let own: string | null = null;
  for (let ending = endingOf(stem); ending !== null; ending = endingOf(stem)) {
    if (own === null && endings.includes(ending.toLowerCase())) own = ending;
    stem = withoutTail(stem.slice(0, -ending.length - 1));
  }
  return `${stem || "file"}.${own ?? endings[0]}`;
}

const endingOf = (text: string): string | null => /\.([a-z0-9]{0,9}[a-z][a-z0-9]{0,9})$/i.exec(text)?.[1] ?? null;

/** Windows drops dots and spaces at the end of a name, and what is before them becomes its ending. */
function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0 && /[.\s]/.test(text[end - 1] ?? "")) end -= 1;
  return text.slice(0, end);
}
