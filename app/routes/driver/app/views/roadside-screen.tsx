import { useEffect, useRef } from "react";
import { useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import { DAY } from "~/kernel/time";
import { ButtonLink } from "~/ui/button";
import { Notice } from "~/ui/notice";
import type { KeptRoadside } from "../phone/phone-database.client";
import { usePhone } from "../phone-context";
import { Screen } from "../screen";

const STYLE = /<style>([^<]*)<\/style>/;

/** A unit's roadside page as the phone keeps it, until its time is over. */
export function RoadsideScreen({ page: { assetId, at, expiresAt, html } }: { page: KeptRoadside }) {
  const { texts, formatTime } = usePhone();
  const { revalidate } = useRevalidator();
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!holder.current) return;
    // Nothing runs in what is parsed so. Its style is taken out first, since the app's policy refuses inline ones, and stays inside.
    const parsed = new DOMParser().parseFromString(html.replace(STYLE, ""), "text/html");
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE.exec(html)?.[1] ?? "");
    const root = holder.current.shadowRoot ?? holder.current.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [style];
    root.replaceChildren(...parsed.querySelectorAll("main > *"));
  }, [html]);
  useEffect(() => {
    const over = setTimeout(() => void revalidate(), Math.min(expiresAt - Date.now() + 500, DAY));
    return () => clearTimeout(over);
  }, [expiresAt, revalidate]);
  return (
    <Screen
      title={texts.roadside}
      actions={
        <ButtonLink wide to={paths.driver.unit(assetId)}>
          {texts.backToUnit}
        </ButtonLink>
      }
    >
      <Notice tone="blue" title={texts.roadsideUntil(formatTime(expiresAt))}>
        <p>{texts.roadsideAsOf(formatTime(at))}</p>
      </Notice>
      <div ref={holder} lang="en" />
    </Screen>
  );
}
