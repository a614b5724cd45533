import http from "node:http";

export type Answer = { status: number; headers: http.IncomingHttpHeaders; body: string };
export type Poster = {
  send(path: string, options?: { method?: string; headers?: http.OutgoingHttpHeaders; body?: string | Uint8Array }): Promise<Answer>;
  close(): void;
};

/** One server's HTTP, over connections that stay open. */
export function posterTo(url: string, connections = 16): Poster {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  return {
    send: (path, { method = "POST", headers = {}, body = "" } = {}) =>
      new Promise((resolve, reject) => {
        const request = http.request(
          {
            hostname,
            port,
            path,
            method,
            agent,
            timeout: 15_000,
            headers: method === "GET" ? headers : { ...headers, "Content-Length": Buffer.byteLength(body) },
          },
          (response) => {
            const parts: Buffer[] = [];
            response.on("data", (part: Buffer) => parts.push(part));
            response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() }));
            response.on("error", reject);
          },
        );
        request.on("timeout", () => request.destroy(new Error("no answer within 15 s")));
        request.on("error", reject);
        request.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Signs in through the form that people use, and returns the cookie. */
export async function staffCookie(url: string, email: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: url, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ email, password }),
  });
  const cookie = answer.headers.get("Set-Cookie")?.split(";")[0];
  if (!cookie) throw new Error(`sign-in answered ${answer.status} without a cookie`);
  return cookie;
}
