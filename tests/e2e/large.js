// How the window does with a large book: what it takes of memory, and how long from a letter to the rows that it finds.
//
//   node tests/e2e/large.js WELLMET EMPTY-WINDOW BOOK PASSPHRASE
//
// Memory is what the kernel counts as the processes' own and their share of what is shared (PSS): the program's, and that of
// WebKit's processes for the page and the network. Beside it stands an empty Tauri window. A letter has its rows when the list is no longer
// busy and the frame that shows them is drawn: its animation callback comes before, a message that was sent from there after.

import { readFileSync } from "node:fs";

import { Desk } from "./harness/desk.js";
import { startDriver } from "./harness/driver.js";
import { childrenOf, end, isRunning, pause, until } from "./harness/processes.js";

const [wellmet, empty, book, passphrase] = process.argv.slice(2);
if (!passphrase) throw new Error("usage: node tests/e2e/large.js WELLMET EMPTY-WINDOW BOOK PASSPHRASE");

const WORDS = ["rania haddad", "brandt joinery", "garcia", "0412345", "person4711", "brisbane", "margarte"];

function all(pid) {
  return [pid, ...childrenOf(pid).flatMap(all)];
}

/** Of each process, the program's first. */
function pssMib(pid) {
  const kib = (each) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${each}/smaps_rollup`, "utf8"))[1]);
  return all(pid).map((each) => Math.round(kib(each) / 1024));
}

function words(mib) {
  return `${mib.reduce((sum, one) => sum + one, 0)} MiB (${mib.join(" + ")})`;
}

async function ofAnEmptyWindow(desk) {
  const driver = await startDriver(desk);
  await driver.open(empty, []);
  await pause(1000);
  const [pid] = childrenOf(driver.process.pid);
  const mib = pssMib(pid);
  process.kill(pid, "SIGTERM");
  await until("the window to be gone", () => !isRunning(pid) || undefined);
  await end(driver.process);
  return mib;
}

/** Milliseconds until the rows of what is now in the field are painted. */
const letter = (value) =>
  new Promise((done) => {
    const field = document.querySelector("input[type=search]");
    const began = performance.now();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const drawn = new MessageChannel();
    drawn.port1.onmessage = () => done(performance.now() - began);
    const look = () => {
      if (document.querySelector("ul[aria-busy=true]")) requestAnimationFrame(look);
      else drawn.port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });

const desk = await Desk.open("large", {
  keyring: false,
  notifications: "none",
  zone: "Australia/Brisbane",
  binary: wellmet,
});
try {
  console.log(`an empty Tauri window: ${words(await ofAnEmptyWindow(desk))}`);
  desk.book = book;
  const app = await desk.start();
  const told = (what) => console.log(`${what}: ${words(pssMib(app.pid))}`);
  await app.fill("Passphrase", passphrase);
  await app.press("Enter");
  await app.get("navigation", "Places");
  await pause(1000);
  told("Wellmet, at Today");
  await app.go("people");
  await app.sees(/[\d,]+ people in the book/);
  await pause(1000);
  told("everyone in order");
  await app.press("End", ...Array.from({ length: 20 }, () => "PageUp"), "Home");
  await pause(1000);
  told("scrolled to the end and back");
  const times = [];
  for (const typed of WORDS) {
    for (let letters = 1; letters <= typed.length; letters++) {
      times.push([await app.run(letter, typed.slice(0, letters)), typed.slice(0, letters)]);
      await pause(150);
    }
    await pause(1500);
  }
  told("searched");
  times.sort(([one], [other]) => one - other);
  const at = (share) => times[Math.floor((times.length - 1) * share)];
  const [median, most] = [at(0.5), at(1)];
  console.log(
    `a letter to its rows: median ${median[0].toFixed(0)} ms, 90th percentile ${at(0.9)[0].toFixed(0)} ms,`,
    `the slowest ${most[0].toFixed(0)} ms (at '${most[1]}')`,
  );
} finally {
  await desk.close();
}
