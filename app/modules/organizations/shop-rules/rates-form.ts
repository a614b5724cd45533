import { formatMoney, moneyText, parseMoney, parsePercent, percentText, toBasisPoints, toCents } from "~/kernel/money";
import { termNames, terms, USUAL_TERMS } from "~/kernel/payment-terms";
import { err, ok, type Result } from "~/kernel/result";
import { type ChargedLine, chargesOf, type LineClass, lineClasses, type Supplies } from "./charges";
import { describeHours } from "./opening-hours";
import {
  creditRules,
  type LaborRate,
  type Markup,
  MOST_AN_HOUR,
  MOST_OUTSIDE_MARKUP,
  openingHoursOf,
  outsideMarkupOf,
  overRules,
  type Rates,
  remindBefores,
  remindMosts,
  type ShopRules,
  USUAL_REMINDERS,
  usualRate,
} from "./shop-rules";

/** Form fields by name: rateName0, ratePrice0, … tax-labor, … suppliesKind, … */
export type RatesTyped = Readonly<Record<string, string | undefined>>;
export const MOST_RATES = 12;
export const MOST_MARKUPS = 8;
/** In basis points; far above any real markup. */
const MOST_MARKUP = 99_900;

export const classLabels: Record<LineClass, string> = { labor: "Labor", parts: "Parts", fees: "Fees", outside: "Outside work" };
const taxField = (of: LineClass): string => `tax-${of}`;

/** Rules as form values. */
export function typedOf({ laborRates, tax, supplies, markups = [], outsideMarkup, standingMost, leastPart, ...rules }: ShopRules): Record<string, string> {
  const { overRule = "ask", usualTerms = USUAL_TERMS, creditRule = "warn", remindBefore = "none", remindLate = "none", remindMost = USUAL_REMINDERS } = rules;
  const choices = { overRule, usualTerms, creditRule, remindBefore: String(remindBefore), remindLate, remindMost: String(remindMost) };
  const typed: Record<string, string> = { suppliesKind: supplies.kind, outsideMarkup: percentText(outsideMarkupOf({ outsideMarkup })), ...choices };
  if (standingMost !== undefined) typed.standingMost = moneyText(standingMost);
  if (leastPart !== undefined) typed.leastPart = moneyText(leastPart);
  laborRates.forEach(({ name, perHour }, at) => {
    typed[`rateName${at}`] = name;
    typed[`ratePrice${at}`] = moneyText(perHour);
  });
  markups.forEach(({ upTo, markup }, at) => {
    typed[`markupUpTo${at}`] = upTo === null ? "" : moneyText(upTo);
    typed[`markup${at}`] = percentText(markup);
  });
  for (const of of lineClasses) typed[taxField(of)] = percentText(tax[of]);
  if (supplies.kind === "share") {
    typed.suppliesOf = supplies.of;
    typed.suppliesRate = percentText(supplies.rate);
    typed.suppliesMost = supplies.most === null ? "" : moneyText(supplies.most);
  }
  if (supplies.kind === "flat") typed.suppliesAmount = moneyText(supplies.amount);
  if (supplies.kind !== "none" && supplies.taxed) typed.suppliesTaxed = "on";
  return typed;
}

/** Reads rules from the form, or returns errors by field. */
export function rulesOf(typed: RatesTyped): Result<Rates, Record<string, string>> {
  const problems: Record<string, string> = {};
  const text = (name: string): string => (typed[name] ?? "").trim();

  const laborRates: LaborRate[] = [];
  for (let at = 0; at < MOST_RATES; at++) {
    const [name, price] = [text(`rateName${at}`), text(`ratePrice${at}`)];
    if (name === "" && price === "") continue;
    const perHour = parseMoney(price);
    if (name === "" || name.length > 40) problems[`rateName${at}`] = "Enter a name of at most 40 characters.";
    else if (laborRates.some((rate) => rate.name.toLowerCase() === name.toLowerCase()))
      problems[`rateName${at}`] = `There's already a rate called ${name}. Choose another name.`;
    if (perHour === null || perHour < 0 || perHour > MOST_AN_HOUR) problems[`ratePrice${at}`] = "Enter an hourly rate such as 145.00.";
    else laborRates.push({ name, perHour });
  }
  if (laborRates.length === 0 && Object.keys(problems).length === 0) problems.rateName0 = "Enter at least one labor rate.";

  const markups: Markup[] = [];
  for (let at = 0; at < MOST_MARKUPS; at++) {
    const [most, put] = [text(`markupUpTo${at}`), text(`markup${at}`)];
    if (most === "" && put === "") continue;
    const [upTo, markup] = [most === "" ? null : parseMoney(most), parsePercent(put)];
    if (markup === null || markup < 0 || markup > MOST_MARKUP) problems[`markup${at}`] = "Enter a percentage from 0 to 999, such as 75.";
    else if (most !== "" && (upTo === null || upTo <= 0)) problems[`markupUpTo${at}`] = "Enter an amount such as 50.00, or leave it empty for all parts above.";
    else if (markups.some((one) => one.upTo === upTo)) problems[`markupUpTo${at}`] = "There's already a markup up to this amount. Enter another one.";
    else markups.push({ upTo, markup });
  }
  markups.sort((a, b) => (a.upTo ?? Number.POSITIVE_INFINITY) - (b.upTo ?? Number.POSITIVE_INFINITY));

  const percent = (name: string, most = 10_000, such = "8.25") => {
    const rate = parsePercent(text(name) || "0");
    if (rate !== null && rate >= 0 && rate <= most) return rate;
    problems[name] = `Enter a percentage from 0 to ${most / 100}, such as ${such}.`;
    return toBasisPoints(0);
  };
  const money = (name: string) => {
    const amount = parseMoney(text(name));
    if (amount !== null && amount >= 0) return amount;
    problems[name] = "Enter an amount such as 25.00.";
    return toCents(0);
  };
  const tax = { labor: percent(taxField("labor")), parts: percent(taxField("parts")), fees: percent(taxField("fees")), outside: percent(taxField("outside")) };
  const supplies = suppliesIn();
  const outsideMarkup = percent("outsideMarkup", MOST_OUTSIDE_MARKUP, "20");
  const standingMost = text("standingMost") === "" ? null : money("standingMost");
  const leastPart = text("leastPart") === "" ? null : money("leastPart");
  const overRule = overRules.find((rule) => rule === text("overRule")) ?? "ask";
  const usualTerms = termNames.find((name) => name === text("usualTerms")) ?? USUAL_TERMS;
  const creditRule = creditRules.find((rule) => rule === text("creditRule")) ?? "warn";
  const remindBefore = remindBefores.find((days) => String(days) === text("remindBefore"));
  const remindMost = remindMosts.find((times) => String(times) === text("remindMost")) ?? USUAL_REMINDERS;
  if (Object.keys(problems).length > 0) return err(problems);
  const rules = { laborRates, tax, supplies, ...(markups.length > 0 ? { markups } : {}), outsideMarkup };
  return ok({
    ...rules,
    ...(standingMost === null ? {} : { standingMost }),
    ...(leastPart === null ? {} : { leastPart }),
    ...(overRule === "ask" ? {} : { overRule }),
    ...(usualTerms === USUAL_TERMS ? {} : { usualTerms }),
    ...(creditRule === "warn" ? {} : { creditRule }),
    ...(remindBefore === undefined ? {} : { remindBefore }),
    ...(text("remindLate") === "weekly" ? { remindLate: "weekly" as const } : {}),
    ...(remindMost === USUAL_REMINDERS ? {} : { remindMost }),
  });

  function suppliesIn(): Supplies {
    const taxed = typed.suppliesTaxed === "on";
    if (typed.suppliesKind === "flat") return { kind: "flat", amount: money("suppliesAmount"), taxed };
    if (typed.suppliesKind !== "share") return { kind: "none" };
    const of = typed.suppliesOf === "labor" || typed.suppliesOf === "parts" ? typed.suppliesOf : "both";
    return { kind: "share", of, rate: percent("suppliesRate"), most: text("suppliesMost") === "" ? null : money("suppliesMost"), taxed };
  }
}

/** Rules as lines of text, so that two versions can be compared. */
export function describeRules(
  { laborRates, tax, supplies, markups = [], outsideMarkup, standingMost, leastPart, openingHours, ...rules }: ShopRules,
  currency: string,
  locale: string,
): string[] {
  const { overRule = "ask", usualTerms = USUAL_TERMS, creditRule = "warn", remindBefore, remindLate, remindMost = USUAL_REMINDERS } = rules;
  const money = (amount: Parameters<typeof formatMoney>[0]) => formatMoney(amount, currency, locale);
  const taxed = supplies.kind !== "none" && supplies.taxed ? ", taxed" : "";
  const share = { labor: "labor", parts: "parts", both: "labor and parts" };
  const most = supplies.kind === "share" && supplies.most !== null ? `, at most ${money(supplies.most)}` : "";
  return [
    ...laborRates.map(({ name, perHour }) => `${name} ${money(perHour)} an hour`),
    ...lineClasses.map((of) => `tax on ${classLabels[of].toLowerCase()} ${percentText(tax[of])} %`),
    supplies.kind === "none"
      ? "no shop supplies"
      : supplies.kind === "flat"
        ? `shop supplies ${money(supplies.amount)} an order${taxed}`
        : `shop supplies ${percentText(supplies.rate)} % of ${share[supplies.of]}${most}${taxed}`,
    ...markups.map(({ upTo, markup }) => `${percentText(markup)} % on parts that cost ${upTo === null ? "more" : `up to ${money(upTo)}`}`),
    `${percentText(outsideMarkupOf({ outsideMarkup }))} % on outside work`,
    standingMost === undefined ? "no standing sum" : `standing sum ${money(standingMost)}`,
    { warn: "invoices above it only warn", ask: "invoices above it take a reason", block: "invoices above it can't be issued" }[overRule],
    `usual terms ${terms[usualTerms].label.toLowerCase()}`,
    { warn: "credit limits and holds only warn", block: "invoices on terms are blocked over the credit limit or on hold" }[creditRule],
    leastPart === undefined ? "invoices are paid whole online" : `a part of an invoice may be paid online from ${money(leastPart)}`,
    remindBefore ? `a reminder ${remindBefore} days before an invoice is due` : "no reminder before an invoice is due",
    remindLate ? `a weekly reminder of late invoices, ${remindMost} at most` : "no reminder of late invoices",
    describeHours(openingHoursOf({ openingHours })),
  ];
}

/** The lines of a newer version that an older one doesn't have. */
export function describeNewRules(older: ShopRules, newer: ShopRules, currency: string, locale: string): string[] {
  const known = new Set(describeRules(older, currency, locale));
  return describeRules(newer, currency, locale).filter((line) => !known.has(line));
}

/** A typical order charged by these rules: two hours, parts for 400, a fee and outside work. */
export function workedExample(rules: ShopRules) {
  const perHour = usualRate(rules);
  const lines: (ChargedLine & { label: string })[] = [
    { label: `2 hours at ${rules.laborRates[0]?.name ?? "no rate"}`, class: "labor", price: toCents(perHour * 2), counts: true },
    { label: "Brake shoes and drums", class: "parts", price: toCents(40_000), counts: true },
    { label: "Disposal fee", class: "fees", price: toCents(1_500), counts: true },
    { label: "Machining (outside work)", class: "outside", price: toCents(12_000), counts: true },
  ];
  return { lines, charges: chargesOf(lines, rules, false) };
}
