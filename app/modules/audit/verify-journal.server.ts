import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import { readAnchors } from "./anchor-journal.server";
import { beforeFirst, cutAfter, type Fault, follow, type Link, sealedUpTo, unsealed } from "./seal";
import { sealStore } from "./seal.store.server";
import { macOf } from "./seal-journal.server";

type Needs = { db: ScopedDatabase<"job"> | ScopedDatabase<"operator">; clock: Clock; files: ScopedFiles; settings: { journalKey: string } };

const PAGE = 1_000;
/** How much further a broken chain is read, to tell a moved row from a changed one. */
const CONTINUE_AFTER = 10 * PAGE;

/** Verifies an organization's whole chain page by page: the number of sealed rows, or the first fault. */
export async function verifyJournal({ db, clock, files, settings }: Needs): Promise<Result<{ sealed: number }, Fault>> {
  const store = sealStore(db);
  const mac = macOf(settings.journalKey);
  // Read anchors before the chain, because an anchor made meanwhile may be beyond what was read.
  const anchors = await readAnchors({ files });
  let head = beforeFirst;
  for (;;) {
    const links = await store.links(head.place, PAGE);
    if (links.length === 0) break;
    const walked = follow(mac, head, links, anchors);
    if (!walked.ok) {
      const further = walked.error.why === "changed" ? follow(mac, head, await chainFrom(store, head.place), anchors) : walked;
      return further.ok ? walked : further;
    }
    head = walked.value;
  }
  const cut = cutAfter(head, anchors);
  if (cut) return err(cut);
  const left = await store.leftUnsealed(sealedUpTo(clock.now()));
  return left ? err(unsealed(left)) : ok({ sealed: head.place });
}

async function chainFrom(store: ReturnType<typeof sealStore>, after: number): Promise<Link[]> {
  const links: Link[] = [];
  for (
    let page = await store.links(after, PAGE);
    page.length > 0 && links.length < CONTINUE_AFTER;
    page = await store.links(links.at(-1)?.place ?? after, PAGE)
  )
    links.push(...page);
  return links;
}
