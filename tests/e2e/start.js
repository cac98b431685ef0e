// How long from the start of the program to something that can be used: Wellmet's Today, and an empty Tauri window.
//
//   node tests/e2e/start.js WELLMET EMPTY-WINDOW
//
// Both are started by the same driver on the same desk, in turn; each figure is the median of its starts. Wellmet asks who
// is there first, as it does wherever several share it: that screen, and the key that answers it, are in its time. Today
// can be used once its rows are painted and `J` has moved the choice to the second of them, painted too.

import { performance } from "node:perf_hooks";

import { Desk } from "./harness/desk.js";
import { startDriver } from "./harness/driver.js";
import { childrenOf, end, isRunning, pause, until } from "./harness/processes.js";

const STARTS = 7;
const [wellmet, empty] = process.argv.slice(2);
if (!empty) throw new Error("usage: node tests/e2e/start.js WELLMET EMPTY-WINDOW");

const NAMES = "return document.querySelector('button[aria-keyshortcuts=\"1\"]:enabled') !== null";
const ROWS = "return document.querySelectorAll('[data-row]').length > 1";
const MOVED = "return [...document.querySelectorAll('[data-row]')].findIndex((row) => row.ariaCurrent === 'true') === 1";
const LOADED = "return document.readyState === 'complete'";
// A frame has been drawn with what is there now.
const A_FRAME = "const [done] = arguments; requestAnimationFrame(() => requestAnimationFrame(() => done()))";

/** Until `script` is true in the page and what it saw is painted. */
async function painted(session, script) {
  const latest = performance.now() + 30_000;
  // While the first page is being loaded a script has nowhere to run.
  while (!(await session.executeScript(script, []).catch(() => false))) {
    if (performance.now() > latest) throw new Error(`waited 30 s for: ${script}`);
    await pause(2);
  }
  await session.executeAsyncScript(A_FRAME, []);
}

async function press(session, value) {
  await session.performActions([
    {
      type: "key",
      id: "keyboard",
      actions: [
        { type: "keyDown", value },
        { type: "keyUp", value },
      ],
    },
  ]);
}

/** Starts `binary`, lets `use` use it; answers the milliseconds that it took to each of the marks that `use` set. */
async function startOnce(desk, binary, args, use) {
  const driver = await startDriver(desk);
  const began = performance.now();
  const session = await driver.open(binary, args);
  const marks = {};
  await use(session, (name) => (marks[name] = performance.now() - began));
  // Gone before the next one starts: two would share the book's lock and the processors.
  const [pid] = childrenOf(driver.process.pid);
  process.kill(pid, "SIGTERM");
  await until("the window to be gone", () => !isRunning(pid) || undefined);
  await end(driver.process);
  return marks;
}

async function useToday(session, mark) {
  await painted(session, NAMES);
  mark("names");
  await press(session, "1");
  await painted(session, ROWS);
  mark("rows");
  await press(session, "j");
  await painted(session, MOVED);
  mark("today");
}

async function useNothing(session, mark) {
  await painted(session, LOADED);
  mark("painted");
}

const desk = await Desk.open("start", { binary: wellmet, notifications: "none" });
try {
  await desk.wellmet("demo", "--people", "400");
  const ours = [];
  const plain = [];
  // The first of each reads the programs from the disk, and does not count.
  for (let start = 0; start <= STARTS; start += 1) {
    const blank = await startOnce(desk, empty, [], useNothing);
    const own = await startOnce(desk, wellmet, ["--book", desk.book], useToday);
    if (start === 0) continue;
    plain.push(blank);
    ours.push(own);
  }
  const of = (starts, name) => starts.map((marks) => marks[name]).sort((a, b) => a - b);
  const median = (times) => times[Math.floor(times.length / 2)];
  const told = (times) =>
    `${median(times).toFixed(0)} ms (${times[0].toFixed(0)} to ${times.at(-1).toFixed(0)}, ${times.length} starts)`;
  const say = (line) => process.stdout.write(`${line}\n`);
  say(`Wellmet, "Who is there?": ${told(of(ours, "names"))}`);
  say(`Wellmet, Today's rows after the key that says who: ${told(of(ours, "rows"))}`);
  say(`Wellmet, a Today that has answered a key: ${told(of(ours, "today"))}`);
  say(`an empty Tauri window: ${told(of(plain, "painted"))}`);
  say(`ratio: ${(median(of(ours, "today")) / median(of(plain, "painted"))).toFixed(2)}`);
} finally {
  await desk.close();
}
