// One Worker in a workerd of its own, as Miniflare starts it: without the proxy and the log of requests that `wrangler dev` puts
// in front, which would be most of what a measurement sees. Takes one argument, JSON: { config, modules, data, port, vars, ai }; ai is the address
// of whoever stands in for Cloudflare's models behind the binding `AI`, or null.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { Miniflare, convertV4MiniflareOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions } from "wrangler";

const { config, modules, data, port, vars, ai } = JSON.parse(process.argv[2]);
const { workerOptions } = unstable_getMiniflareWorkerOptions(config);
const miniflare = new Miniflare(convertV4MiniflareOptions({
  host: "127.0.0.1",
  port,
  cf: false,
  logRequests: false,
  telemetry: { enabled: false },
  resourcePersistencePath: `${data}/v3`,
  workers: [{
    ...workerOptions,
    name: "measured",
    assets: undefined,
    ...(ai && { ai: { binding: "AI", remoteProxyConnectionString: new URL(ai) } }),
    cronTriggers: undefined,
    modulesRoot: dirname(modules[0]),
    modules: modules.map((path) => path.endsWith(".wasm")
      ? { type: "CompiledWasm", path }
      : { type: "ESModule", path }),
    bindings: { ...workerOptions.bindings, ...JSON.parse(readFileSync(vars, "utf8")) },
  }],
}));
await miniflare.ready;
