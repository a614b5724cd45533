/** A mail as somebody got it. */
export type Letter = { subject: string; html: string; text: string; attached: readonly string[] };
