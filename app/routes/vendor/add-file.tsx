import { vendor } from "~/platform/http/guards.server";
import { AddFileScreen } from "../add-file-screen";
import { openFileForm, takeFile } from "../take-file.server";

export const meta = () => [{ title: "Add a file" }];
export const loader = vendor.loader("attachment:add", openFileForm);
export const action = vendor.stream("attachment:add", takeFile);

export default AddFileScreen;
