import { useEffect, useState } from "react";
import type { UtcMs } from "~/kernel/time";
import { Moment } from "~/ui/clock";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import type { PushWorker, Support } from "./subscribe.client";

type Push = {
  serverKey: string;
  devices: readonly { id: string; name: string; createdAt: number; isThis: boolean }[];
  events: readonly { event: string; label: string; what?: string; isOn: boolean }[];
};
type PushAction = { commands: { "add-push": unknown; "remove-push": unknown; "save-pushes": unknown } };
type State = "loading" | "asking" | "off" | "lost" | "failed" | Support;

/** Why push can't be turned on in this browser. */
const REASONS: Partial<Record<State, string>> = {
  denied: "This browser blocks notifications from this site. Allow them in the browser's site settings, then reload the page.",
  unsupported: "This browser has no push notifications.",
  "install-first": "On an iPhone or iPad, add this page to the home screen from the Share menu, open it from there, and turn push on.",
  failed: "The browser couldn't reach its push service. Try again.",
  lost: "Push was turned off in this browser's settings. Turn it on again.",
};
const NEVER_HERE: readonly State[] = ["denied", "unsupported", "install-first"];

/** Push messages of a person: on this device, on others, and about what. */
export function PushSection({ push, worker }: { push: Push; worker: PushWorker }) {
  const { devices, events } = push;
  return (
    <Section title="Push notifications">
      <ThisDevice push={push} worker={worker} />
      {devices.length > 0 && (
        <>
          <ul aria-label="Devices with push" className="divide-y divide-line border-y border-line">
            {devices.map(({ id, name, createdAt, isThis }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
                <span className="grid min-w-0">
                  <span className="font-semibold">{name}</span>
                  <span className="text-small text-ink-soft">
                    on since <Moment at={createdAt as UtcMs} />
                  </span>
                </span>
                <span className="flex flex-wrap items-center gap-3">
                  {isThis && <StateMark tone="green" label="This device" />}
                  <CommandForm<PushAction> intent="remove-push" row={{ device: id }} onSubmit={() => isThis && void takeBack(worker)}>
                    <SubmitButton kind="quiet" pendingLabel="Removing" aria-label={isThis ? "Turn off on this device" : `Remove ${name}`}>
                      {isThis ? "Turn off" : "Remove"}
                    </SubmitButton>
                  </CommandForm>
                </span>
              </li>
            ))}
          </ul>
          <PushedEvents events={events} />
        </>
      )}
    </Section>
  );
}

const takeBack = (worker: PushWorker) => import("./subscribe.client").then(({ unsubscribe }) => unsubscribe(worker)).catch(() => {});

function ThisDevice({ push: { serverKey, devices }, worker }: { push: Push; worker: PushWorker }) {
  const [state, setState] = useState<State>("loading");
  const isOn = devices.some(({ isThis }) => isThis);
  useEffect(() => {
    const look = async () => {
      const { isSubscribed, supportOf } = await import("./subscribe.client");
      const support = supportOf();
      if (support !== "ready") return setState(support);
      setState(isOn && !(await isSubscribed(worker)) ? "lost" : "off");
    };
    look().catch(() => setState("failed"));
  }, [isOn, worker]);
  const isWell = isOn && state !== "lost" && !NEVER_HERE.includes(state);

  /** The browser asks first; then the form has what it sends. */
  async function turnOn(form: HTMLFormElement): Promise<void> {
    setState("asking");
    const { subscribe } = await import("./subscribe.client");
    const subscribed = await subscribe(worker, serverKey);
    if (typeof subscribed === "string") return setState(subscribed);
    setState("off");
    for (const [name, value] of Object.entries(subscribed)) (form.elements.namedItem(name) as HTMLInputElement).value = value; // the three below
    form.requestSubmit();
  }

  return (
    <div className="grid max-w-prose gap-2">
      <p className="text-ink-soft">
        {isWell
          ? "Push is on for this device. Nothing is pushed while you have a page open."
          : "Push on this device shows a notification when no page is open."}
      </p>
      {REASONS[state] && (
        <p role="status" className="font-semibold">
          {REASONS[state]}
        </p>
      )}
      {!isWell && !NEVER_HERE.includes(state) && (
        <CommandForm<PushAction>
          intent="add-push"
          onSubmit={(event) => {
            const form = event.currentTarget;
            if ((form.elements.namedItem("endpoint") as HTMLInputElement).value !== "") return; // a field of the form
            event.preventDefault();
            turnOn(form).catch(() => setState("failed"));
          }}
        >
          {["endpoint", "p256dh", "auth"].map((name) => (
            <input key={name} type="hidden" name={name} defaultValue="" />
          ))}
          <SubmitButton kind="quiet" pending={state === "asking"} pendingLabel="Turning on" disabled={state === "loading"}>
            Turn on for this device
          </SubmitButton>
        </CommandForm>
      )}
      <noscript>
        <p>Turning push on needs JavaScript.</p>
      </noscript>
    </div>
  );
}

function PushedEvents({ events }: { events: Push["events"] }) {
  const refused = useRefusedForm<PushAction>()("save-pushes") !== null;
  return (
    <Disclosure title="What is pushed" open={refused}>
      <CommandForm<PushAction> intent="save-pushes" className="grid gap-1">
        {events.map(({ event, label, what, isOn }) => (
          <Switch key={`${event}-${isOn}`} id={`push-${event}`} label={label} name={event} value="on" hint={what} defaultChecked={isOn} />
        ))}
        <div className="pt-2">
          <SubmitButton pendingLabel="Saving">Save</SubmitButton>
        </div>
      </CommandForm>
    </Disclosure>
  );
}
