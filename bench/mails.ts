import fs from "node:fs";
import path from "node:path";
import type { Letter } from "../tests/world/notified/letter.ts";
import { playInWorkerd } from "./parts/play.ts";

/**
 * Every mail of the notification table with the data of its test, on one page: as a phone and as a mail program on a
 * desk show it, in light and in dark colors, and as plain text. `npm run mails` writes it to `.cache/mails/`.
 */
const FOLDER = path.join(import.meta.dirname, "../.cache/mails");
const WIDTHS = [390, 600];

const escaped = (text: string) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);
/** As who prefers dark colors sees it, whatever the machine that looks prefers. */
const inDark = (html: string) => html.replaceAll("(prefers-color-scheme: dark)", "all");
const preheader = (html: string) => /<div style="display:none[^"]*">([^<]*)</.exec(html)?.[1] ?? "";

const shown = ([name, { subject, html, text, attached }]: readonly [string, Letter], at: number) => {
  const frames = [html, inDark(html)].flatMap((one) =>
    WIDTHS.map((width) => `<iframe loading="lazy" width="${width}" height="560" srcdoc="${escaped(one)}"></iframe>`),
  );
  return `<section id="m${at}"><h2>${escaped(name)}</h2>
<p><b>${escaped(subject)}</b> <span>${preheader(html)}</span>${attached.length > 0 ? ` (attached: ${escaped(attached.join(", "))})` : ""}</p>
<div>${frames.join("")}<pre>${escaped(text)}</pre></div></section>`;
};

const { result, failed } = await playInWorkerd(
  "tests/notifications.workers.test.ts",
  {},
  (tests) => tests.findLast((test) => test.meta().letters)?.meta().letters,
);
const letters = result.toSorted(([one], [other]) => one.localeCompare(other));
const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mails</title>
<style>body{font:16px/1.5 sans-serif;margin:24px}section{border-top:1px solid #ccc;margin-top:32px}div{display:flex;gap:16px;align-items:start;overflow-x:auto}iframe{flex:none;border:1px solid #ccc}pre{flex:none;width:600px;white-space:pre-wrap;overflow-wrap:anywhere}span{color:#666}</style>
<h1>${letters.length} mails</h1><ol>${letters.map(([name], at) => `<li><a href="#m${at}">${escaped(name)}</a></li>`).join("")}</ol>${letters.map(shown).join("\n")}</html>`;
fs.mkdirSync(FOLDER, { recursive: true });
fs.writeFileSync(path.join(FOLDER, "index.html"), page);
process.stdout.write(`${letters.length} mails: ${path.join(FOLDER, "index.html")}\n`);
for (const message of failed) process.stderr.write(`${message}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
