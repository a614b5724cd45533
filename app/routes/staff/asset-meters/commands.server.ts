import { staff } from "~/platform/http/guards.server";
import { meterCommands, replaceMeterCommand, undoReplacementCommand } from "../meter-commands.server";

export const action = staff.commands({ ...meterCommands, "replace-meter": replaceMeterCommand, "undo-replacement": undoReplacementCommand });
