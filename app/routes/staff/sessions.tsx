import { staff } from "~/platform/http/guards.server";
import { SessionsScreen } from "~/sign-in/active-sessions";
import { accountCommands, readSignedInAccount } from "~/sign-in/my-account.server";

export const meta = () => [{ title: "Sign-in and security" }];
export const loader = staff.loader("session:own", readSignedInAccount);
export const action = staff.commands(accountCommands<"staff">(staff.command));

export default SessionsScreen;
