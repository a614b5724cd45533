/**
 * A document as data: its content in reading order. Modules write these, and the renderer makes PDFs of
 * them, so that no module knows how a page is drawn and each document can be read in a test without one.
 */
export type PdfDocument = {
  /** "Invoice": the large word at its top. */
  kind: string;
  /** "INV-1041": its number, as a docket. */
  number: string;
  /** Whom it is for; with kind and number it is the document's title. */
  reader: string;
  locale: string;
  shop: Letterhead;
  /** Said across the top of a document that counts no more: "Void". */
  stamp: string | null;
  /** The one figure that it is opened for. */
  figure: Fact | null;
  /** Addresses side by side: to whom it is billed, where payments go. */
  parties: readonly Party[];
  facts: readonly Fact[];
  parts: readonly Part[];
};

/** Whose document it is. The logo is a PNG or a JPEG; a shop without one is its name. The address is a block of lines. */
export type Letterhead = {
  name: string;
  address: string | null;
  taxId: string | null;
  phone: string | null;
  email: string | null;
  brandColor: string;
  logo: Uint8Array | null;
};

export type Party = { term: string; lines: readonly string[] };
export type Fact = { term: string; value: string };
export type Column = { title: string; align?: "right" /** Takes the width that the others leave. */; grows?: true };

export type Part =
  /** What follows is about this: a unit on its plate, a docket, a title. */
  | { kind: "heading"; title: string; plate?: string; docket?: string; beside?: string }
  | { kind: "text"; text: string; tone?: "strong" | "soft" }
  | { kind: "list"; items: readonly string[] }
  | { kind: "table"; columns: readonly Column[]; rows: readonly (readonly string[])[] }
  /** Sums at the right, the last one the greatest. They stay with what is above them. */
  | { kind: "sums"; rows: readonly Fact[] }
  | { kind: "facts"; facts: readonly Fact[] /** Side by side, two unless given otherwise. */; columns?: 2 | 4 }
  /** What was drawn by hand, such as a signature: SVG path data on a sheet of 600 by 150. */
  | { kind: "drawing"; term: string; path: string }
  /** An address as a QR code for phones, and as a link for who reads on a screen. */
  | { kind: "code"; address: string; code: { size: number; path: string }; title: string; text: string };
