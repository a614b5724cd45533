import { vendor } from "~/platform/http/guards.server";
import { AccountForm, changeSignedInAccount, readSignedInAccount } from "../own-account.server";
import { SessionsScreen } from "../sessions-screen";

export const meta = () => [{ title: "Your sign-ins" }];
export const loader = vendor.loader("session:own", readSignedInAccount);
export const action = vendor.action("session:own", AccountForm, changeSignedInAccount);

export default SessionsScreen;
