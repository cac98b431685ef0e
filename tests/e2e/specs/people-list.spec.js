// The list of people as a secretary uses it: restricted by what people have, kept as a view with a name. By keyboard, in
// the real window.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

describe("the list of people", () => {
  const step = story();
  let desk;
  let app;

  before(async () => {
    desk = await Desk.open("people-list", { zone: "Australia/Brisbane", now: "2026-11-23T10:00:00+10:00" });
    app = await desk.startDemo({ people: 300 });
    await app.signIn();
    for (const name of ["Mara Lindqvist", "Tom Ashby", "Noor Rahman"]) {
      const id = await app.addPerson({ name, place: name === "Noor Rahman" ? "Hobart" : "Perth", standing: "member" });
      await app.core("add_tag", { person: id, name: "mentor, export" });
    }
  });
  after(() => desk?.close());

  /** By its first letters, as in any menu. */
  async function fromMenu(letters) {
    await app.get("menu");
    await app.type(letters);
    await app.press("Enter");
    await app.gone("menu");
  }

  const names = async () => {
    const { rows } = await app.core("first_people", { query: { tag: "mentor, export", place: "Perth" }, limit: 50 });
    return rows.map(({ name }) => name);
  };

  step("is restricted by a tag and a place, chosen by key", async () => {
    await app.go("people");
    await app.sees(/people in the book/);
    await app.tabTo("button", "Tag");
    await app.press("Enter");
    await app.get("listbox", "Tag");
    await app.isAccessible("the tags that there are");
    await app.picture("01-tags");
    await app.type("mentor, e");
    await app.press("Enter");
    await app.sees("3 people match.");
    await app.choose("button", "More filters");
    await app.choose("button", "Place");
    await app.get("listbox", "Place");
    await app.type("Perth");
    await app.press("Enter");
    await app.sees("2 people match.");
    assert.deepEqual(await names(), ["Tom Ashby", "Mara Lindqvist"]);
    await app.isAccessible("a list with filters");
    await app.picture("02-restricted");
  });

  step("is kept under a name, and is there after the power failed", async () => {
    await app.choose("button", "Views");
    await fromMenu("Save");
    await app.get("dialog", "Save this view");
    await app.type("Mentors in Perth");
    await app.picture("03-save");
    await app.press("Enter");
    await app.sees("Saved as “Mentors in Perth”.");
    await app.kill();
    await app.reopen();
    await app.signIn();
    await app.go("people");
    await app.choose("button", "Views");
    await app.picture("04-views");
    await fromMenu("Mentors");
    await app.sees("2 people match.");
    await app.get("button", "Mentors in Perth");
  });

  step("goes into a file for a spreadsheet, without whoever said no, and with nothing that runs", async () => {
    const { rows } = await app.core("first_people", { query: { tag: "mentor, export" }, limit: 50 });
    const [mara, tom] = ["Mara Lindqvist", "Tom Ashby"].map((name) => rows.find((row) => row.name === name).id);
    await app.core("add_fact", { person: mara, words: '=HYPERLINK("http://away.example")', learnedFrom: "" });
    await app.core("add_reach", { person: mara, reach: { kind: "email", typed: "mara@example.org", label: "" } });
    await app.core("add_reach", { person: tom, reach: { kind: "email", typed: "tom@example.org", label: "" } });
    await app.core("set_consent", { person: tom, channel: "email", allowed: false, how: "said so" });
    await app.choose("button", "Export");
    await app.get("dialog", "Export these people");
    await app.sees(/2 people/);
    await app.tabTo("radio", /A workbook/);
    await app.press("ArrowDown");
    await app.tabTo("button", /To be used for/);
    await app.picture("05-export");
    await app.press("Enter");
    await app.get("listbox");
    await app.type("E-mail");
    await app.press("Enter");
    const file = join(desk.folder, "mentors.csv");
    await app.answerFileDialog(file, {
      ask: () => app.choose("button", "Choose where"),
      isTaken: async () => existsSync(file),
    });
    await app.sees("1 person is in the file.");
    await app.sees("1 left out: asked not to be e-mailed.");
    await app.picture("06-exported");
    const text = readFileSync(file, "utf8");
    assert.match(text, /Mara Lindqvist/);
    assert.match(text, /'=HYPERLINK/, "a formula is text");
    assert.doesNotMatch(text, /Tom Ashby/);
    await app.press("Escape");
  });

  step("fits a small window", async () => {
    await app.resize(900, 600);
    assert.deepEqual(await app.cutOff(), []);
    await app.picture("07-small");
  });

  step("forgets a view, and has it back by Ctrl+Z", async () => {
    await app.choose("button", "Mentors in Perth");
    await fromMenu("Remove");
    await app.sees("“Mentors in Perth” is removed.");
    assert.deepEqual(await app.core("saved_views"), []);
    await app.press("Control+z");
    await app.until("the view to be back", async () => (await app.core("saved_views")).length === 1);
  });
});
