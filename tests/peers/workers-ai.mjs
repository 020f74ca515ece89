// The runtime's own AI binding, for tests: workerd brings the code that a Worker calls as `env.AI`, and what would be Cloudflare's
// servers behind it is a server of the test's. Who can't call a binding asks this one over HTTP: POST {model, input}.
// Arguments: the port to listen on, and that server's address.
import { Miniflare, convertV4MiniflareOptions } from "miniflare";

const [port, upstream] = process.argv.slice(2);

const script = `
export default {
  async fetch(request, env) {
    const { model, input } = await request.json();
    try {
      return await env.AI.run(model, input, { returnRawResponse: true, signal: request.signal });
    } catch (error) {
      return new Response(String(error), { headers: { "x-thrown": "yes" } });
    }
  },
};`;

const miniflare = new Miniflare(convertV4MiniflareOptions({
  host: "127.0.0.1",
  port: Number(port),
  cf: false,
  logRequests: false,
  telemetry: { enabled: false },
  modules: true,
  script,
  compatibilityDate: "2026-10-01",
  compatibilityFlags: ["enable_request_signal"],
  ai: { binding: "AI", remoteProxyConnectionString: new URL(upstream) },
}));
await miniflare.ready;
