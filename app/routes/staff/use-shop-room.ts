import { useOutletContext, useRevalidator } from "react-router";
import { useNotices } from "~/ui/live/use-notices";

/** What staff pages get from the shell around them. */
export type ShellContext = { organizationId: string };

/** Follows the shop's room from a staff page, which loads again when a record of these kinds changed. */
export function useShopRoom(kinds: readonly string[]) {
  // The shell renders every staff page with this context; a page that is rendered by itself, in a test, follows nothing.
  const organizationId = useOutletContext<ShellContext | undefined>()?.organizationId ?? "";
  const { revalidate } = useRevalidator();
  return useNotices({ organizationId, as: "staff", only: kinds, reread: revalidate });
}
