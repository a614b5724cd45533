import { Link, useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import type { StartUnit } from "~/queries/driver/start.server";
import { ButtonLink } from "~/ui/button";
import { Notice } from "~/ui/notice";
import { UnitPlate } from "~/ui/unit-plate";
import type { Draft } from "../draft";
import { writeLanguage } from "../phone/phone-database.client";
import type { Refreshed } from "../phone/refresh-start.client";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";
import { useQueue } from "../use-queue";
import { FindUnit } from "./find-unit";
import { UnitState } from "./unit-state";
import { UnsentReports } from "./unsent-reports";

/** The start: vehicles of today, what is unfinished, what is unsent, and any other unit by its number. */
export function HomeScreen({ drafts, typed, refreshed }: { drafts: readonly Draft[]; typed: string; refreshed: Refreshed["kind"] | null }) {
  const { start, texts, language, formatTime } = usePhone();
  const { reports } = useQueue();
  const { revalidate } = useRevalidator();
  const today = start.units.filter(({ isToday }) => isToday);
  return (
    <Screen title={texts.yourVehicles}>
      {refreshed === "offline" && <Notice tone="amber" title={texts.offlineSince(formatTime(start.at))} />}
      {refreshed === "signed-out" && (
        <Notice tone="amber" title={texts.signedOut}>
          <a href={paths.driver.signIn} className="inline-flex min-h-(--target) items-center underline">
            {texts.signIn}
          </a>
        </Notice>
      )}
      {drafts.length > 0 && (
        <ul className="grid gap-2">
          {drafts.map((draft) => (
            <li key={draft.id}>
              <ButtonLink kind="primary" wide to={paths.driver.inspect(draft.id, "")}>
                {`${texts.continueInspection}: ${draft.units.map(({ unitNumber }) => unitNumber).join(" + ")}`}
              </ButtonLink>
            </li>
          ))}
        </ul>
      )}
      {today.length === 0 ? (
        <p className="text-ink-soft">{texts.noVehicles(start.shop.name)}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {today.map((unit) => (
            <li key={unit.id}>
              <UnitLink unit={unit} />
            </li>
          ))}
        </ul>
      )}
      <FindUnit typed={typed} />
      {reports !== null && reports.length > 0 && <UnsentReports reports={reports} />}
      <nav aria-label={texts.title} className="flex flex-wrap gap-x-6">
        <Link to={paths.driver.history} className="inline-flex min-h-(--target) items-center text-accent underline">
          {texts.history}
        </Link>
        <a href={paths.driver.sessions} className="inline-flex min-h-(--target) items-center text-accent underline">
          {texts.activeSessions}
        </a>
        <a href={paths.driver.help(paths.driver.home)} className="inline-flex min-h-(--target) items-center text-accent underline">
          {texts.help}
        </a>
        <button
          type="button"
          lang={language === "en" ? "es" : "en"}
          className="min-h-(--target) text-accent underline"
          onClick={async () => {
            await writeLanguage(language === "en" ? "es" : "en");
            void revalidate();
          }}
        >
          {texts.language}
        </button>
      </nav>
    </Screen>
  );
}

function UnitLink({ unit }: { unit: StartUnit }) {
  return (
    <Link to={paths.driver.unit(unit.id)} className="flex min-h-[5rem] items-center gap-4 py-3">
      <span className="grid min-w-0 flex-1 gap-1">
        <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <UnitPlate number={unit.unitNumber} size="large" />
          <UnitState unit={unit} />
        </span>
        <span className="text-ink-soft">{[unit.year, unit.make, unit.model].filter(Boolean).join(" ")}</span>
      </span>
      <span aria-hidden="true" className="text-title text-ink-soft">
        ›
      </span>
    </Link>
  );
}
