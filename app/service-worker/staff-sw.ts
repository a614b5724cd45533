import { handlePushes } from "./push-handlers";

// It keeps nothing and answers no request: pages of the staff are as if it weren't there.
handlePushes();
