import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { type ClientLoaderFunctionArgs, useLoaderData, useRevalidator } from "react-router";
import { paths } from "~/kernel/paths";
import { MINUTE } from "~/kernel/time";
import { refusalText, type SentRefusal } from "~/modules/inspections/filing/refusals";
import { ButtonLink } from "~/ui/button";
import { DriverShell } from "~/ui/driver-shell";
import { useRoom } from "~/ui/live/use-room";
import { Notice } from "~/ui/notice";
import { EARLY_START } from "./phone/early-start";
import { draftsOf, queuedReports, readLanguage, readRoadside, readTyped } from "./phone/phone-database.client";
import { firstRefresh, keptStart, noteTap, type Refreshed, refreshRoadside, refreshStart, renewToken } from "./phone/refresh-start.client";
import { refresh, sendQueue } from "./phone/send-queue.client";
import { PhoneProvider, phoneOf } from "./phone-context";
import { lookForNewVersion, moveToNewVersion, registerServiceWorker } from "./register-service-worker.client";
import { withUnsent } from "./unsent";
import { useQueue } from "./use-queue";
import { HomeScreen } from "./views/home-screen";
import { MissingScreen } from "./views/missing-screen";
import { SignedScreen } from "./views/signed-screen";
import { UnitScreen } from "./views/unit-screen";
import { english, wordingOf } from "./wording";

const loadInspectScreen = () => import("./views/inspect-screen");
const InspectScreen = lazy(() => loadInspectScreen().then((file) => ({ default: file.InspectScreen })));
// Kept on the phone like the rest, and read by few.
const HistoryScreen = lazy(() => import("./views/history-screen").then((file) => ({ default: file.HistoryScreen })));
const RoadsideScreen = lazy(() => import("./views/roadside-screen").then((file) => ({ default: file.RoadsideScreen })));

const TOUCH_EVERY = 2 * MINUTE;

export const handle = { early: EARLY_START };
export const meta = () => [{ title: "Driver inspections" }];
export const links = () => [{ rel: "manifest", href: "/driver.webmanifest" }];

/** Everything comes from the phone's own database, so every address of the app opens without signal. */
export async function clientLoader({ params }: ClientLoaderFunctionArgs) {
  const [screen = "", id = "", step = ""] = (params["*"] ?? "").split("/");
  try {
    const [kept, wording] = await Promise.all([keptStart(), readLanguage().then(wordingOf), refresh()]);
    const start = kept ?? (await firstStart());
    const [drafts, roadside, typed] = start
      ? await Promise.all([draftsOf(start.driver.id), readRoadside(start.driver.id), readTyped(start.driver.id)])
      : [[], [], ""];
    // Another driver's draft on a shared tablet is none of this one's.
    const draft = screen === "inspect" ? (drafts.find((one) => one.id === id) ?? null) : null;
    return { screen, id, step, start, wording, draft, drafts, roadside, typed, canKeep: true };
  } catch {
    // A private window of some browsers has no database.
    return { screen, id, step, start: null, wording: english, draft: null, drafts: [], roadside: [], typed: "", canKeep: false };
  }
}

/** A phone that keeps nothing yet draws its first screen once the server answered, in one go. */
async function firstStart() {
  const { kind } = await firstRefresh();
  return kind === "current" ? keptStart() : null;
}

/** What the server sends: the same for everybody, so that the phone can keep it. */
export function HydrateFallback() {
  return <Opening />;
}

function Opening() {
  return (
    <DriverShell brand={{ name: "BayTrack" }} signOut={<span />}>
      <h1 className="text-title">Inspections</h1>
      <p role="status">Opening…</p>
      <noscript>
        <p>
          <a href={paths.driver.form} className="text-accent underline">
            File an inspection with the plain form
          </a>
        </p>
      </noscript>
    </DriverShell>
  );
}

export default function DriverApp() {
  const page = useLoaderData<typeof clientLoader>();
  const { revalidate } = useRevalidator();
  const [refreshed, setRefreshed] = useState<Refreshed["kind"] | null>(null);
  const [closed, setClosed] = useState<SentRefusal | null>(null);
  const { wording, canKeep } = page;
  const isShared = page.start?.isShared === true;
  const { reports } = useQueue();
  const start = page.start && withUnsent(page.start, reports ?? []);

  const isFirst = useRef(true);
  const update = useCallback(async () => {
    // Both at once: a connection may be good for one of them only.
    const sending = sendQueue();
    const next = await (isFirst.current ? firstRefresh() : refreshStart());
    isFirst.current = false;
    setClosed(next.kind === "closed" ? next.refusal : null);
    if (next.kind === "signed-out") await leaveIfNothingWaits();
    setRefreshed(next.kind);
    void revalidate();
    await sending;
    // A sign-in may have brought the token that was missing.
    if (next.kind === "current") {
      void refreshRoadside(next.start.driver.id).then(() => revalidate());
      await renewToken(next.start.driver.id);
      await sendQueue();
    }
  }, [revalidate]);

  useEffect(() => {
    if (!canKeep) return;
    const onSight = () => {
      if (document.visibilityState !== "visible") return;
      void update();
      void lookForNewVersion();
    };
    let heard = Date.now();
    const onTap = async () => {
      if (!(await noteTap())) return revalidate();
      // Taps on a shared tablet keep its short session alive, as requests do elsewhere.
      if (!isShared || Date.now() - heard < TOUCH_EVERY) return;
      heard = Date.now();
      await refreshStart();
    };
    void onTap();
    // Not for the first screen, but here before the signal goes. What fails now fails where it is asked for.
    void update();
    void firstRefresh()
      .then(loadInspectScreen)
      .catch(() => {});
    void navigator.storage?.persist?.();
    window.addEventListener("online", update);
    document.addEventListener("visibilitychange", onSight);
    document.addEventListener("pointerdown", onTap);
    return () => {
      window.removeEventListener("online", update);
      document.removeEventListener("visibilitychange", onSight);
      document.removeEventListener("pointerdown", onTap);
    };
  }, [canKeep, isShared, update, revalidate]);

  useEffect(() => {
    if (canKeep) void registerServiceWorker();
  }, [canKeep]);
  const hasDrafts = page.drafts.length > 0;
  useEffect(() => {
    if (!hasDrafts) void moveToNewVersion();
  }, [hasDrafts]);

  // What was just sent comes back as the server has it.
  const waiting = useRef(0);
  useEffect(() => {
    const left = reports?.length ?? 0;
    if (left < waiting.current) void refreshStart().then(() => revalidate());
    waiting.current = left;
  }, [reports, revalidate]);

  if (!canKeep) return <Alone title={english.texts.openFailed} />;
  if (closed) return <Alone title={refusalText(closed, wording.refusals)} />;
  if (!start && (refreshed === "signed-out" || refreshed === "offline"))
    return <Alone title={[wording.texts.noSignalSignIn, reports?.length && wording.texts.unsent(reports.length)].filter(Boolean).join(" ")} signIn />;
  if (!start) return <Opening />;
  return (
    <PhoneProvider value={phoneOf(start, wording)}>
      {refreshed === "current" && <SignedOutElsewhere organizationId={start.organizationId} onSignedOut={update} />}
      <Suspense fallback={<Opening />}>
        <CurrentScreen page={page} refreshed={refreshed} />
      </Suspense>
    </PhoneProvider>
  );
}

function CurrentScreen({ page, refreshed }: { page: ReturnType<typeof useLoaderData<typeof clientLoader>>; refreshed: Refreshed["kind"] | null }) {
  const { screen, id, step, draft, drafts, roadside, typed } = page;
  const shown = roadside.find(({ assetId }) => assetId === id);
  switch (screen) {
    case "":
      return <HomeScreen drafts={drafts} typed={typed} refreshed={refreshed} />;
    case "unit":
      if (step !== "roadside") return <UnitScreen id={id} drafts={drafts} roadside={shown} />;
      if (!shown) return <MissingScreen why={page.wording.texts.roadsideOver} />;
      return <RoadsideScreen page={shown} />;
    case "inspect":
      return draft ? <InspectScreen key={draft.id} loaded={draft} step={step} /> : <MissingScreen />;
    case "signed":
      return <SignedScreen id={id} />;
    case "history":
      return <HistoryScreen />;
    default:
      return <MissingScreen />;
  }
}

/** Signed out, with nothing unfinished on the phone: nobody's vehicles stay to be read. */
async function leaveIfNothingWaits(): Promise<void> {
  await sendQueue();
  const start = await keptStart();
  if (start && (await draftsOf(start.driver.id)).length > 0) return;
  if ((await queuedReports()).length === 0) window.location.assign(paths.driver.signIn);
}

/** While there is a connection, the socket reports that the session ended; an unfinished inspection stays all the same. */
function SignedOutElsewhere({ organizationId, onSignedOut }: { organizationId: string; onSignedOut(): void }) {
  useRoom({ party: "board-room", organizationId, as: "driver", since: () => null, onMessage: () => {}, onSignedOut });
  return null;
}

function Alone({ title, signIn = false }: { title: string; signIn?: boolean }) {
  return (
    <DriverShell brand={{ name: "BayTrack" }} signOut={<span />}>
      <h1 className="text-title">Inspections</h1>
      <Notice tone="amber" title={title} />
      {signIn ? (
        <ButtonLink kind="primary" wide to={paths.driver.signIn} reloadDocument>
          Sign in
        </ButtonLink>
      ) : (
        <ButtonLink wide to={paths.driver.form} reloadDocument>
          {english.texts.useForm}
        </ButtonLink>
      )}
    </DriverShell>
  );
}
