import type { ReceivedMail } from "./received-mail";

/** More is not read: a message has at most 2,000 characters, and what is quoted goes first. */
const READ = 100_000;
const LONGEST = 2_000;
const MOST = 5;

const QUOTED = /^\s*>/;
const SIGNATURE = /^-- ?$/;
const ORIGINAL = /^\s*-{2,}\s*(original message|forwarded message|mensaje original)\s*-{2,}\s*$/i;
const HEADER = /^\s*\*?(from|de):\*?\s/i;
const SECOND_HEADER = /^\s*\*?(sent|date|to|subject|enviado|fecha|para|asunto):/i;
const INTRODUCED = /^(on|el)\s.{5,400}\s(wrote|escribió):$/i;
const DEVICE = /^(sent from my|get outlook for|enviado desde mi|obtener outlook para)\s.{1,80}$/i;

/**
 * What a person wrote in a reply, without what mail programs add: the quoted mail, the line that introduces it, signatures.
 * Answers between quoted lines stay. If nothing is left, all of it: better too much than nothing.
 */
export function writtenText({ text, html }: Pick<ReceivedMail, "text" | "html">): string {
  const all = (text?.trim() ? text : textOf(html ?? "")).slice(0, READ).replaceAll("\r\n", "\n");
  const lines = all.split("\n");
  const end = lines.findIndex((line, at) => SIGNATURE.test(line) || ORIGINAL.test(line) || startsHeaders(lines, at));
  const kept: string[] = [];
  for (let at = 0; at < (end < 0 ? lines.length : end); at += 1) {
    const introduction = [3, 2, 1].find((count) =>
      INTRODUCED.test(
        lines
          .slice(at, at + count)
          .join(" ")
          .trim(),
      ),
    );
    if (introduction && /^(on|el)\s/i.test(lines[at]?.trim() ?? "")) at += introduction - 1;
    else if (!QUOTED.test(lines[at] ?? "")) kept.push((lines[at] ?? "").trimEnd());
  }
  while (kept.length > 0 && (kept.at(-1) === "" || DEVICE.test(kept.at(-1) ?? "") || /^_{10,}$/.test(kept.at(-1) ?? ""))) kept.pop();
  return tidy(kept.join("\n")) || tidy(all);
}

const tidy = (text: string): string => text.replace(/\n{3,}/g, "\n\n").trim();

/** "From: …" with "Sent: …" or the like in the lines after it, as Outlook quotes. */
const startsHeaders = (lines: readonly string[], at: number): boolean =>
  HEADER.test(lines[at] ?? "") && lines.slice(at + 1, at + 4).some((line) => SECOND_HEADER.test(line));

/** A mail without a text part. What it quotes is left out. */
function textOf(html: string): string {
  const own = html.slice(0, READ).split(/<blockquote|<div class="gmail_quote/i)[0] ?? "";
  return own
    .replace(/<(style|script|head)\b[^>]*>[^<]*<\/\1>/gi, "")
    .replace(/<br\b[^>]*>|<\/(p|div|li|tr|h\d)>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&nbsp;|&#160;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;|&#34;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&amp;/g, "&");
}

/** The text in messages of at most 2,000 characters, cut between words; what is beyond the fifth stays in the mail. */
export function asMessages(text: string): string[] {
  const messages: string[] = [];
  for (let rest = text; rest !== "" && messages.length < MOST; ) {
    const space = rest.length > LONGEST ? Math.max(rest.lastIndexOf(" ", LONGEST), rest.lastIndexOf("\n", LONGEST)) : -1;
    const end = rest.length <= LONGEST ? rest.length : space > 0 ? space : LONGEST;
    messages.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return messages;
}
