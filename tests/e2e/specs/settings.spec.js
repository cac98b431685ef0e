// The association's promises are set by a director, by keyboard, and read by everyone.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

describe("settings", () => {
  const step = story();
  let desk;
  let app;

  before(async () => {
    desk = await Desk.open("settings", { zone: "Australia/Sydney", now: "2026-11-23T11:00:00+11:00", screen: [900, 600] });
    app = await desk.startDemo({ people: 60 });
  });
  after(() => desk?.close());

  async function goTo(section) {
    await app.choose("link", "Settings");
    await app.choose("link", section);
    await app.get("heading", section);
  }

  step("a volunteer reads the closed days, and changes none", async () => {
    await app.signIn(/Desmond/);
    await goTo("Closed days");
    await app.sees("Only a director changes this.");
    assert.equal((await app.all("button", "Add")).length, 0);
    await app.isAccessible("settings of a volunteer");
  });

  step("a director writes a closed day down, date and all", async () => {
    await app.choose("button", /Desmond/);
    await app.choose("menuitem", "Someone else");
    await app.signIn(/Helen/);
    await goTo("Closed days");
    await app.fill("What for", "Stocktaking");
    // Day, month and year follow one another, and the last day the first.
    await app.press("Tab", "2", "8", "1", "2");
    await app.press("Enter");
    await app.sees("Closed: Stocktaking.");
    const year = await app.get("region", "2026");
    await app.sees(/Stocktaking Monday 28 December/, { within: year });
    await app.isAccessible("the closed days");
    await app.picture("closed-days");
  });

  step("no closure ends before it begins, and none is written down twice", async () => {
    await app.fill("What for", "Stocktaking");
    await app.press("Enter");
    await app.sees("is among the closed days already");
    await app.fill("What for", "Lent to the choir");
    await app.tabTo("spinbutton", /^day, Last day/);
    await app.press("2", "7");
    await app.sees("The last day comes before the first.");
    assert.equal(await app.run((button) => button.disabled, await app.get("button", "Add")), true);
  });

  step("what is opened again by mistake is closed again by one key", async () => {
    await app.choose("button", "Open again: Stocktaking");
    await app.sees("No closed day any more: Stocktaking.");
    await app.sees("No closed days yet");
    await app.choose("button", "Undo");
    await app.get("button", "Open again: Stocktaking");
  });

  step("everything is as large as somebody needs it, in a dialog too and the next time", async () => {
    const isSized = (percent) =>
      app.until(`everything to be at ${percent} %`, () =>
        app.run((percent) => window.innerWidth === Math.round((window.outerWidth * 100) / percent) || undefined, percent),
      );
    await app.press("v");
    await app.get("dialog");
    await app.press("Control+=", "Control+=", "Control+-", "Control+=");
    await isSized(125);
    await app.press("Escape");
    // There is room for the words of the rail still.
    await app.sees("Today", { within: await app.get("navigation", "Places") });
    assert.ok((await app.run((rail) => rail.getBoundingClientRect().width, await app.get("navigation", "Places"))) > 150);
    await app.resize(900, 600);
    await goTo("Start and look");
    await app.tabTo("radio", "125%");
    await app.press("ArrowRight");
    await isSized(150);
    await app.isAccessible("the look, larger");
    await app.picture("start-and-look");
    // One thing at a time is there now, and the way back to the others.
    await app.choose("button", "Back");
    await app.choose("link", "Closed days");
    await app.get("heading", "Closed days");
    await app.picture("closed-days-large");
    await app.quit();
    await app.reopen();
    await app.signIn(/Helen/);
    await isSized(150);
    await app.press("Control+0");
    await isSized(100);
  });
});
