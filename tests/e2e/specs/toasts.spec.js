// What is said in passing stands beside what can be read and pressed, never over it: on every screen, wide and small.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { Desk } from "../harness/desk.js";

const SIZES = [
  [1280, 800],
  [900, 600],
];
const SCREENS = ["today", "people", "import", "settings/closures", "settings/people", "settings/computer"];

describe("what is said in passing", () => {
  let desk;
  let app;

  before(async () => {
    desk = await Desk.open("toasts", { zone: "Australia/Brisbane", now: "2026-11-23T10:00:00+10:00" });
    app = await desk.startDemo({ people: 400 });
    await app.signIn();
  });
  after(() => desk?.close());

  /** What can be pressed under the words, of all that the page draws there. */
  const pressableUnder = (words) =>
    app.run((words) => {
      const said = [...document.querySelectorAll("[aria-live] > *")].find((one) => one.innerText.includes(words));
      if (!said) throw new Error(`nothing says ${words}`);
      const { left, right, top, bottom } = said.getBoundingClientRect();
      const names = new Set();
      for (let x = left + 1; x < right; x += 6) {
        for (let y = top + 1; y < bottom; y += 6) {
          for (const there of document.elementsFromPoint(x, y)) {
            const pressable = there.closest("button, a[href], input, textarea, select, [role=option], [role=button]");
            if (pressable && !said.contains(pressable)) names.add(pressable.innerText || pressable.ariaLabel);
          }
        }
      }
      return { names: [...names], isWhole: top >= 0 && bottom <= window.innerHeight + 1 && right <= window.innerWidth + 1 };
    }, words);

  async function coversNothing(words, where) {
    await app.sees(words);
    // It has slid in.
    await app.pause(300);
    const { names, isWhole } = await pressableUnder(words);
    await app.picture(where.replaceAll(/\W+/g, "-"));
    assert.deepEqual(names, [], `${where}: ${words} covers them`);
    assert.ok(isWhole, `${where}: ${words} is in the window`);
  }

  for (const [width, height] of SIZES) {
    for (const screen of SCREENS) {
      test(`${screen}, ${width}×${height}`, async () => {
        await app.resize(width, height);
        await app.go(screen);
        await app.get("main");
        await app.press("Control+z");
        await coversNothing("There is nothing of yours to undo.", `${screen} ${width}`);
      });
    }
  }

  test("a call, 900×600", async () => {
    await app.resize(900, 600);
    await app.choose("link", /^Today/);
    await app.press("j", "c");
    await app.get("heading", /Ready to ring|Make sure whom you mean/);
    await app.press((await app.all("button", /^Begin call/)).length > 0 ? "Enter" : "1");
    await app.get("timer");
    await app.takeMessage({ name: "Odile Aubry", words: "Asks about the lunch" });
    await app.press("Enter");
    await app.gone("dialog", "Someone left a message");
    await coversNothing("Odile Aubry stands on Today", "call 900");
    await app.get("button", "They are");
  });
});
