import { LogOut } from "lucide-react";
import { useRef, useState } from "react";
import { paths } from "~/kernel/paths";
import { Button } from "~/ui/button";
import { forgetStart } from "./phone/phone-database.client";
import { usePhone } from "./phone-context";
import { useQueue } from "./use-queue";

/** Signs out, after naming what is not sent yet. Signed reports stay on the phone and are sent all the same. */
export function SignOutButton() {
  const { texts } = usePhone();
  const { reports } = useQueue();
  const form = useRef<HTMLFormElement>(null);
  const [asking, setAsking] = useState(false);
  const signOut = () => leave(form.current);
  return (
    <form ref={form} method="post" action={paths.signOut} className="-mr-2">
      <input type="hidden" name="as" value="driver" />
      {asking ? (
        <div role="alertdialog" aria-label={texts.signOutAnyway} className="grid gap-2 py-3">
          <p>{texts.signOutUnsent(reports.length)}</p>
          <div className="flex flex-wrap gap-2">
            <Button kind="danger" onClick={signOut}>
              {texts.signOutAnyway}
            </Button>
            <Button autoFocus onClick={() => setAsking(false)}>
              {texts.stay}
            </Button>
          </div>
        </div>
      ) : (
        <Button icon={LogOut} className="border-transparent text-ink-soft" onClick={() => (reports.length > 0 ? setAsking(true) : signOut())}>
          {texts.signOutAnyway}
        </Button>
      )}
    </form>
  );
}

/** For the next driver on a shared tablet. */
export function NotYouButton() {
  const { texts } = usePhone();
  const form = useRef<HTMLFormElement>(null);
  return (
    <form ref={form} method="post" action={paths.signOut} className="-mr-2">
      <input type="hidden" name="as" value="driver" />
      <button
        type="button"
        className="min-h-(--target) rounded-corner px-2 font-semibold text-accent underline underline-offset-2"
        onClick={() => leave(form.current)}
      >
        {texts.notYou}
      </button>
    </form>
  );
}

/** Whoever comes next sees nothing of this driver's. */
async function leave(form: HTMLFormElement | null): Promise<void> {
  await forgetStart();
  form?.submit();
}
