// A director writes a script: she is told what is wrong while she types, hears how it reads to someone, saves it, runs
// two versions side by side, and hands it on as a file. A crash in the middle costs her no word.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

const TEXT = /^The words of/;

describe("a script, from the first word to the second version", () => {
  const test = story();
  let desk;
  let app;

  before(async () => {
    desk = await Desk.open("scripts", { zone: "Australia/Brisbane", now: "2026-11-23T10:00:00+10:00" });
    app = await desk.startDemo({ people: 400 });
    await signIn();
  });
  after(() => desk?.close());

  /** A director: nobody else changes scripts. */
  const signIn = () => app.signIn(/Director/);

  const words = async () => app.text(await app.get("textbox", TEXT));

  const writeTo = (path) =>
    app.answerFileDialog(path, {
      ask: async () => {
        await app.choose("button", "More to do with this script");
        await app.press("ArrowDown", "Enter");
      },
      isTaken: () => existsSync(path),
    });

  test("she finds the scripts in Settings, by what they are for", async () => {
    await app.go("settings");
    await app.choose("link", "Scripts");
    await app.get("heading", "Scripts", { level: 1 });
    await app.sees("Came with Wellmet");
    await app.isAccessible("the list of scripts");
    await app.picture("1-list");
  });

  test("a new one begins as a draft of hers", async () => {
    await app.choose("button", "New script");
    const dialog = await app.get("dialog", "A new script");
    await app.choose("button", /From nothing/, { within: dialog });
    await app.get("textbox", TEXT);
    await app.sees("Kept as a draft, not saved yet.");
    await app.sees(/Title: is empty/i);
  });

  test("what is wrong is named while she types, with its line and the way out", async () => {
    await app.tabTo("textbox", TEXT);
    await app.press("Control+Home", "End");
    await app.type(" The spring breakfast");
    await app.press("Control+End");
    await app.type("\n# Spring\nThe breakfast is on {{ ? the day");
    await app.press("End");
    await app.type("\n1. Yes -> Goodbyee\n2. No -> Goodbye");
    await app.sees(/There is no part "Goodbyee"; did you mean "Goodbye"/i);
    await app.picture("2-mistake");
    await app.isAccessible("a script with mistakes");
    await app.choose("button", /There is no part "Goodbyee"/i);
    await app.press("End", "Backspace");
    // What can only be told of whole ways is told once every name leads somewhere.
    await app.sees(/One thing to mend.*Nothing leads to "Spring"/i);
  });

  test("a crash costs her no word", async () => {
    const isKept = ({ text }) => /# Spring/.test(text) && !/Goodbyee/.test(text);
    await app.until("the draft in the book", async () => (await app.core("script_drafts")).some(isKept));
    await app.kill();
    await app.reopen();
    await signIn();
    await app.go("scripts");
    await app.choose("link", /The spring breakfast/);
    await app.sees(/Nothing leads to "Spring"/i);
    assert.match(await words(), /1\. Yes -> Goodbye\n/);
  });

  test("mended, it reads to someone as it would at the desk", async () => {
    await app.tabTo("textbox", TEXT);
    // The first answer of the greeting is found, and leads to the new part from now on.
    await app.press("Control+Home", "Control+f");
    await app.type("Yes -> Goodbye");
    await app.press("Enter", "Escape");
    await app.type("Yes -> Spri");
    await app.get("option", "Spring");
    // An offer that has just come up takes no key that was meant for the line.
    await app.pause(200);
    await app.press("Enter");
    await app.sees("Nothing stands in the way.");
    await app.fill("Find someone to try it with", "Ha");
    await app.until("someone to be found", async () => (await app.all("option", /Ha/)).length > 0);
    await app.press("ArrowDown", "Enter");
    await app.sees("As said to");
    // To the text, and back to the preview, where the number keys answer.
    await app.press("Control+Enter", "Control+Enter", "1");
    const panel = await app.get("tabpanel");
    await app.sees(/The breakfast is on To be asked, or said in your own words: ?the day/, { within: panel });
    await app.picture("3-preview");
    await app.isAccessible("the preview");
    await app.press("1");
    await app.sees(/Thank you\. Goodbye\./, { within: panel });
    await app.press("Backspace");
    await app.sees(/The breakfast is on/, { within: panel });
  });

  test("the map shows its ways, and the words behind each part", async () => {
    await app.press("Control+3");
    await app.get("button", /^Greeting Part\. Opens the call/);
    await app.get("button", /^Spring Part\. The preview stands here/);
    await app.pause(600);
    await app.picture("4-map");
    await app.isAccessible("the map");
    await app.tabTo("button", /^Spring Part/);
    await app.press("ArrowLeft");
    await app.press("Enter");
    assert.equal(await app.run(() => document.activeElement.className.includes("cm-content")), true);
    await app.choose("button", "List");
    await app.sees(/The conversation/);
    await app.isAccessible("the map as a list");
    await app.choose("button", "Map");
  });

  test("saved, it is a script that is offered", async () => {
    await app.press("Control+s");
    await app.sees(/Version 1, saved today/);
    await app.go("scripts");
    await app.get("link", /^The spring breakfast/);
  });

  test("a second version runs beside the first, and what came of each stands side by side", async () => {
    await app.choose("link", /^The spring breakfast/);
    await app.tabTo("textbox", TEXT);
    await app.press("Control+End");
    await app.type("\n! What does it cost\nNothing: you are our guest.\nback\n");
    await app.sees(/Changed since version 1/);
    await app.choose("button", "More ways to save");
    await app.press("ArrowDown", "Enter");
    await app.sees(/Version 2, saved/);
    await app.press("Control+4");
    await app.sees(/Version 2 ?In use/);
    await app.sees(/Version 1 ?In use/);
    await app.sees(/Too few calls to tell/);
    await app.picture("5-versions");
    await app.isAccessible("the versions");
  });

  test("written to a file and brought in again, it is the same words", async () => {
    const path = join(desk.folder, "breakfast.script");
    await writeTo(path);
    await app.sees(/Version 2 is written to the file/);
    const written = readFileSync(path, "utf8");
    assert.match(written, /^title: The spring breakfast\npurpose: general\n/);
    assert.match(written, /! What does it cost\nNothing: you are our guest\.\nback\n/);

    const friends = join(desk.folder, "friends.script");
    writeFileSync(friends, `\uFEFF${written.replace("spring", "autumn").replaceAll("\n", "\r\n")}`);
    await app.go("scripts");
    await app.answerFileDialog(friends, {
      ask: () => app.choose("button", "Bring in a file"),
      isTaken: async () => (await app.all("heading", /The autumn breakfast/, { level: 1 })).length > 0,
    });
    await app.sees("Nothing stands in the way.");
    await app.press("Control+s");
    await app.sees(/Version 1, saved today/);
    await writeTo(join(desk.folder, "again.script"));
    await app.sees(/Version 1 is written to the file/);
    assert.equal(readFileSync(join(desk.folder, "again.script"), "utf8"), written.replace("spring", "autumn"));
  });

  test("retired, it is set apart, and can be brought back", async () => {
    await app.choose("button", "More to do with this script");
    await app.press("End", "Enter");
    await app.sees("This script is retired: no call begins with it.");
    await app.go("scripts");
    await app.get("heading", "Retired");
    await app.choose("button", /^Bring it back/);
    await app.gone("heading", "Retired");
  });
});
