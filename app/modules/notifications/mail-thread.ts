import { ID_ALPHABET, prefixes } from "~/kernel/ids";

const threaded = ["estimate", "invoice", "workOrder", "vendorJob", "inspection", "defect", "asset"] as const;

/** The record that a mail is about, in its effect's key: all mails about it are one conversation. */
export const RECORD_OF_MAIL = new RegExp(`\\b(?:${threaded.map((kind) => prefixes[kind]).join("|")})_[${ID_ALPHABET}]{26}`);
