import "@remix-run/server-runtime";

// Without it useActionData of data(…) does not type-check under single fetch.
declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}
