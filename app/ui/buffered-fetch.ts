/**
 * A fetch that has read a page's data to the end before it answers. React Router reads what it is given piece by piece, and
 * where that is broken off, because the page was left or reads itself once more, it logs a fault that is none.
 */
export const bufferedFetch =
  (ask: typeof fetch): typeof fetch =>
  async (input, init) => {
    const answer = await ask(input, init);
    const isPageData = input instanceof URL && input.pathname.endsWith(".data");
    return isPageData && answer.body ? new Response(await answer.arrayBuffer(), answer) : answer;
  };
