/** The fields of lines that say what is asked, and of photos that go along. */
export const askedField = (lineId: string): string => `asked-${lineId}`;
export const photoField = (attachmentId: string): string => `photo-${attachmentId}`;

/** The ids whose boxes were checked. */
export const chosenIn = (form: Readonly<Record<string, unknown>>, fieldOf: (id: string) => string): string[] =>
  Object.entries(form).flatMap(([name, value]) => (name.startsWith(fieldOf("")) && value === "on" ? [name.slice(fieldOf("").length)] : []));
