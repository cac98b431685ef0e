// What an association keeps of people besides, from Settings to a person's page, the list and back: by keyboard, in the
// real window.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

describe("fields of the association's own", () => {
  const step = story();
  let desk;
  let app;
  let mara;
  let tom;

  before(async () => {
    desk = await Desk.open("fields", { zone: "Australia/Brisbane", now: "2026-11-23T10:00:00+10:00" });
    app = await desk.startDemo({ people: 200 });
    await app.signIn(/Helen/);
    mara = await app.addPerson({ name: "Mara Lindqvist", place: "Perth", standing: "member" });
    tom = await app.addPerson({ name: "Tom Ashby", place: "Perth", standing: "member" });
    await app.core("add_tag", { person: mara, name: "mentr" });
    await app.core("add_tag", { person: tom, name: "mentor of export" });
  });
  after(() => desk?.close());

  const fieldsOf = async (id) => (await app.core("person", { id })).fields.map(({ name, value }) => [name, value]);

  step("are made in Settings, a choice without leaving the keyboard", async () => {
    await app.choose("link", "Settings");
    await app.choose("link", "Fields");
    await app.sees("No fields of your own yet");
    await app.picture("01-none");
    await app.choose("button", "Add a field");
    await app.get("dialog", "Add a field");
    await app.type("Diet");
    await app.tabTo("button", /What it holds/);
    await app.press("Enter");
    await app.get("listbox");
    await app.picture("02-kinds");
    await app.type("Cho");
    await app.press("Enter");
    await app.tabTo("textbox", "Choice 1");
    await app.type("Vegetarian\nHalal\nAnything");
    await app.isAccessible("a field being made");
    await app.picture("03-choice");
    await app.choose("button", "Save");
    await app.sees("“Diet” is added.");
    for (const [name, kind] of [["Member number", "number"], ["Joined", "date"], ["Hobby", "text"]]) {
      await app.core("add_custom_field", { field: { name, kind, options: [] } });
    }
    await app.sees("Hobby");
    await app.isAccessible("the fields in Settings");
    await app.picture("04-fields");
  });

  step("are filled in on a person's page, each kind in its own way", async () => {
    await app.go(`person/${mara}`);
    await app.get("heading", "Mara Lindqvist");
    await app.choose("button", "Show 4 empty fields");
    await app.tabTo("button", /Diet/);
    await app.press("Enter");
    await app.get("listbox");
    await app.type("Hal");
    await app.press("Enter");
    await app.until("the choice to be kept", async () => (await fieldsOf(mara)).length === 1);
    await app.choose("button", /Change Member number/);
    await app.type("twelve");
    await app.press("Enter");
    await app.sees("“twelve” is no number.");
    await app.picture("05-no-number");
    await app.press("Control+a");
    await app.type("0042");
    await app.press("Enter");
    await app.get("button", /Change Member number.*0042/);
    await app.choose("button", /Change Joined/);
    await app.press("0", "1", "0", "7", "2", "0", "1", "9");
    await app.picture("06-day");
    await app.press("Enter");
    await app.sees("1 July 2019");
    assert.deepEqual(await fieldsOf(mara), [["Diet", "Halal"], ["Member number", "0042"], ["Joined", "2019-07-01"]]);
    await app.isAccessible("a person with fields");
    await app.picture("07-person");
    await app.press("Escape");
  });

  step("restrict the list", async () => {
    await app.go("people");
    await app.sees(/people in the book/);
    await app.choose("button", "More filters");
    await app.choose("button", "Field");
    await app.get("listbox", "Field");
    await app.picture("08-which");
    await app.type("Memb");
    await app.press("Enter");
    await app.fill("At least", "10");
    await app.isAccessible("a number to restrict by");
    await app.picture("09-bounds");
    await app.press("Enter");
    await app.sees("1 person matches.");
    await app.get("button", "Member number: at least 10");
    await app.picture("10-restricted");
  });

  step("say what goes with what is taken away, and bring it back", async () => {
    await app.choose("link", "Settings");
    await app.choose("link", "Fields");
    await app.choose("button", "Diet: more");
    await app.get("menu");
    await app.type("Rem");
    await app.press("Enter");
    await app.get("alertdialog", "Remove “Diet”");
    await app.sees("1 person has something in it.");
    await app.picture("11-remove");
    await app.choose("button", "Remove");
    await app.sees("“Diet” is removed.");
    assert.equal((await fieldsOf(mara)).length, 2);
    await app.press("Control+z");
    await app.until("the field to be back", async () => (await fieldsOf(mara)).length === 3);
  });

  step("leave tags to be joined", async () => {
    await app.choose("link", "Tags");
    await app.choose("button", "Rename “mentr”");
    await app.get("dialog", "Rename “mentr”");
    await app.press("Control+a");
    await app.type("mentor of export");
    await app.sees("“mentor of export” is there already, with 1 person.");
    await app.isAccessible("two tags that become one");
    await app.picture("12-join");
    await app.press("Enter");
    await app.sees("Both are “mentor of export” now.");
    assert.deepEqual((await app.core("person", { id: mara })).tags, ["mentor of export"]);
    await app.picture("13-tags");
  });

  step("fit a small window", async () => {
    await app.resize(900, 600);
    await app.choose("link", "Fields");
    await app.sees("Member number");
    assert.deepEqual(await app.cutOff(), []);
    await app.picture("14-small-settings");
    await app.go(`person/${mara}`);
    await app.sees("Also kept here");
    assert.deepEqual(await app.cutOff(), []);
    await app.go("people");
    await app.get("button", "Member number: at least 10");
    assert.deepEqual(await app.cutOff(), []);
    await app.picture("15-small-people");
  });
});
