/**
 * A fetch that reads page data to the end before it answers. React Router reads responses as they stream, and logs a false
 * error when one is aborted because the page was left or revalidated.
 */
export const bufferedFetch =
  (ask: typeof fetch): typeof fetch =>
  async (input, init) => {
    const answer = await ask(input, init);
    const isPageData = input instanceof URL && input.pathname.endsWith(".data");
    return isPageData && answer.body ? new Response(await answer.arrayBuffer(), answer) : answer;
  };
