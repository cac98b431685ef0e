// A notification that is pressed before anyone has signed in leads where it says, once somebody has.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

describe("a notification pressed before sign-in", () => {
  const step = story();
  let desk;
  let app;

  before(async () => {
    desk = await Desk.open("notices", { zone: "Australia/Sydney", now: "2026-11-23T11:00:00+11:00" });
    app = await desk.startDemo({ people: 400 });
  });
  after(() => desk?.close());

  step("leads to the inbox where it is about many, after sign-in", async () => {
    await app.sees("Who is there?");
    desk.setClock("2026-11-23T13:59:30+11:00");
    await desk.press(await desk.notification(/\d /), "Open");
    await app.pause(500);
    await app.sees("Who is there?");
    await app.press("1");
    await app.get("dialog", "Inbox");
    await app.press("Escape");
    await app.gone("dialog", "Inbox");
  });

  step("and to the person where it is about one, when somebody else takes the chair", async () => {
    await app.choose("button", /^Desmond Achterberg\s*Volunteer$/);
    await app.choose("menuitem", "Someone else");
    await app.sees("Who is there?");
    desk.setClock("2026-11-23T13:59:58+11:00");
    await desk.press(await desk.notification(/Naomi Tilley/), "Open");
    await app.pause(500);
    await app.sees("Who is there?");
    await app.press("2");
    await app.get("article", "Naomi Tilley");
    assert.equal((await app.all("dialog")).length, 0, "where it led before it does not lead again");
  });
});
