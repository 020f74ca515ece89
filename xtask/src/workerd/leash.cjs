// Loaded before wrangler. Our parent holds the other end of stdin; when it is gone, by whatever death, so are we:
// wrangler, workerd and esbuild share one process group, whose leader this is.
process.stdin.on("close", () => process.kill(-process.pid, "SIGKILL"));
process.stdin.resume();
process.stdin.unref();
