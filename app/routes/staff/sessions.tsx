import { staff } from "~/platform/http/guards.server";
import { AccountForm, changeSignedInAccount, readSignedInAccount } from "../own-account.server";
import { SessionsScreen } from "../sessions-screen";

export const meta = () => [{ title: "Your sign-ins" }];
export const loader = staff.loader("session:own", readSignedInAccount);
export const action = staff.action("session:own", AccountForm, changeSignedInAccount);

export default SessionsScreen;
