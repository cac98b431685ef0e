// How long from the start of the program to something that can be used: Wellmet's Today, and an empty Tauri window.
//
//   node tests/e2e/start.js WELLMET EMPTY-WINDOW
//
// Both are started by the same driver on the same desk, in turn, and each figure is the median of its starts.

import { performance } from "node:perf_hooks";
import WebDriver from "webdriver";

import { Desk } from "./harness/desk.js";
import { end, freePort, until } from "./harness/processes.js";

const STARTS = 7;
const [wellmet, empty] = process.argv.slice(2);
if (!empty) throw new Error("usage: node tests/e2e/start.js WELLMET EMPTY-WINDOW");

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function startOnce(desk, binary, args, usable) {
  const port = await freePort();
  const driver = desk.processes.start("start", "WebKitWebDriver", ["--host=127.0.0.1", `--port=${port}`], {
    env: { ...desk.env, TAURI_WEBVIEW_AUTOMATION: "true" },
  });
  await until("WebKitWebDriver", async () => (await fetch(`http://127.0.0.1:${port}/status`)).ok || undefined);
  const began = performance.now();
  const session = await WebDriver.newSession({
    hostname: "127.0.0.1",
    port,
    path: "/",
    logLevel: "error",
    capabilities: {
      "wdio:enforceWebDriverClassic": true,
      "webkitgtk:browserOptions": { binary, args },
    },
  });
  while (!(await session.executeScript(usable, []))) await new Promise((done) => setTimeout(done, 5));
  const took = performance.now() - began;
  await session.deleteSession().catch(() => {});
  await end(driver);
  return took;
}

const desk = await Desk.open("start");
try {
  desk.binary = wellmet;
  await desk.wellmet("demo", "--people", "400");
  const today = "return document.querySelectorAll('[role=option], [role=row]').length > 0";
  const ready = "return document.readyState === 'complete'";
  const times = { wellmet: [], empty: [] };
  for (let start = 0; start < STARTS; start += 1) {
    times.empty.push(await startOnce(desk, empty, [], ready));
    times.wellmet.push(await startOnce(desk, wellmet, ["--book", desk.book], today));
  }
  const [ours, plain] = [median(times.wellmet), median(times.empty)];
  process.stdout.write(`Wellmet, to a Today that can be used: ${ours.toFixed(0)} ms\n`);
  process.stdout.write(`an empty Tauri window: ${plain.toFixed(0)} ms\n`);
  process.stdout.write(`ratio: ${(ours / plain).toFixed(2)}\n`);
} finally {
  await desk.close();
}
