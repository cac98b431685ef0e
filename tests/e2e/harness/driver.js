// WebKit's own driver, and the window that it opens.

import WebDriver from "webdriver";

import { freePort, until } from "./processes.js";

/** Starts the driver at this desk; `open` answers the session of a window that runs `binary`. */
export async function startDriver(desk) {
  const port = await freePort();
  const process = desk.processes.start("window", "WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], {
    env: { ...desk.env, TAURI_WEBVIEW_AUTOMATION: "true" },
  });
  await until("WebKitWebDriver to answer", async () => (await fetch(`http://127.0.0.1:${port}/status`)).ok || undefined);
  const open = (binary, args) =>
    WebDriver.newSession({
      hostname: "127.0.0.1",
      port,
      path: "/",
      logLevel: "error",
      connectionRetryCount: 0,
      capabilities: { "wdio:enforceWebDriverClassic": true, "webkitgtk:browserOptions": { binary, args } },
    });
  return { process, open };
}
