import { LogOut } from "lucide-react";
import { useState } from "react";
import { paths } from "~/kernel/paths";
import { Button } from "~/ui/button";
import { leave } from "./phone/refresh-start.client";
import { usePhone } from "./phone-context";
import { useQueue } from "./use-queue";

/** Signed out here and, with signal, at the server; without it, with the next. */
async function signOut(): Promise<void> {
  await leave();
  window.location.assign(navigator.onLine ? paths.driver.signIn : paths.driver.home);
}

/** Signs out, after naming what is not sent yet. Signed reports stay on the phone and are sent all the same. */
export function SignOutButton() {
  const { texts } = usePhone();
  const { reports } = useQueue();
  const [asking, setAsking] = useState(false);
  const left = reports?.length ?? 0;
  if (!asking)
    return (
      <Button icon={LogOut} className="-mr-2 border-transparent text-ink-soft" onClick={() => (left > 0 ? setAsking(true) : void signOut())}>
        {texts.signOutAnyway}
      </Button>
    );
  return (
    <div role="alertdialog" aria-label={texts.signOutAnyway} className="grid gap-2 py-3">
      <p>{texts.signOutUnsent(left)}</p>
      <div className="flex flex-wrap gap-2">
        <Button kind="danger" onClick={() => void signOut()}>
          {texts.signOutAnyway}
        </Button>
        <Button autoFocus onClick={() => setAsking(false)}>
          {texts.stay}
        </Button>
      </div>
    </div>
  );
}

/** For the next driver on a shared tablet. */
export function NotYouButton() {
  const { texts } = usePhone();
  return (
    <button
      type="button"
      className="-mr-2 min-h-(--target) rounded-corner px-2 font-semibold text-accent underline underline-offset-2"
      onClick={() => void signOut()}
    >
      {texts.notYou}
    </button>
  );
}
