import { vendor } from "~/platform/http/guards.server";
import { SessionsScreen } from "~/sign-in/active-sessions";
import { accountCommands, readSignedInAccount } from "~/sign-in/my-account.server";

export const meta = () => [{ title: "Sign-in and security" }];
export const loader = vendor.loader("session:own", readSignedInAccount);
export const action = vendor.commands(accountCommands<"vendor">(vendor.command));

export default SessionsScreen;
