import { emptyStorage } from "../world/empty";

// The files share a runtime, not what is stored in it: each begins with empty tables.
await emptyStorage();
