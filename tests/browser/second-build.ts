import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { baseUrl } from "./app.ts";

/** In the names of the second build's files. */
const SECOND = "-second";
/** In the service worker: the version of the app's page, which the build makes of its files' names. */
const PAGE = /(url:"\/driver-portal",revision:")/;
const TEXT = /^(text\/|application\/(json|javascript|manifest))/;

/**
 * The app behind an address of its own, where it can be deployed a second time: from then on its scripts and style sheets
 * have other names, its service worker names those, and the first build's are gone.
 */
export async function deployedTwice(): Promise<{ url: string; deploy(): void }> {
  const names = fs.readdirSync("build/client/assets").filter((name) => /\.(js|css)$/.test(name));
  const named = new RegExp(names.map((name) => name.replaceAll(".", "\\.")).join("|"), "g");
  const renamed = (text: string) => text.replace(named, (name) => name.replace(/\.(\w+)$/, `${SECOND}.$1`)).replace(PAGE, (_, start) => `${start}second-`);
  let isSecond = false;
  const server = http.createServer(async (request, response) => {
    const path = request.url ?? "/";
    const [, asset] = /^\/assets\/(.+\.(?:js|css))$/.exec(path) ?? [];
    if (asset && isSecond !== asset.includes(SECOND)) return response.writeHead(404).end();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _, connection: __, "accept-encoding": ___, "content-length": ____, "transfer-encoding": _____, ...headers } = request.headers;
    const answer = await fetch(baseUrl() + path.replace(SECOND, ""), {
      method: request.method,
      headers: headers as Record<string, string>,
      body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
      redirect: "manual",
    });
    const body = Buffer.from(await answer.arrayBuffer());
    const isText = TEXT.test(answer.headers.get("Content-Type") ?? "");
    for (const [name, value] of answer.headers)
      if (!/^(content-length|content-encoding|transfer-encoding|etag)$/.test(name)) response.appendHeader(name, value);
    response.writeHead(answer.status).end(isSecond && isText ? renamed(body.toString()) : body);
  });
  // The app's rooms are not part of this: a socket is refused, as where there is no connection for one.
  server.on("upgrade", (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    deploy() {
      isSecond = true;
    },
  };
}

/** In a page: which build's scripts it runs. */
export const runsSecondBuild = (): boolean => [...document.querySelectorAll("script, link")].some((tag) => tag.outerHTML.includes("-second.js"));
