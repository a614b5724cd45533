/** Where a person of the tests asks from, for what is called without a page. */
export const source = { ip: "192.0.2.9", userAgent: "Mozilla/5.0 (X11; Linux x64) Firefox/140.0" };
export const testRequest = new Request("http://localhost", { headers: { "CF-Connecting-IP": source.ip, "User-Agent": source.userAgent } });
