// A list in the real window: chosen, looked through to the last row, stopped, brought in, taken out again and undone.

import { after, before, describe } from "node:test";
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

describe("a list", () => {
  const step = story();
  let desk;
  let app;
  const path = (name) => join(desk.folder, name);
  const choose = (file) =>
    app.answerFileDialog(file, {
      ask: () => app.choose("button", "Choose a file"),
      isTaken: async () => (await app.all("button", "Choose a file")).length === 0,
    });
  const everyone = async () => (await app.core("order_people", { query: {} })).people;
  const file = (name, text) => {
    writeFileSync(path(name), text);
    return path(name);
  };

  before(async () => {
    desk = await Desk.open("import", { zone: "Australia/Sydney", now: "2026-11-23T11:00:00+11:00" });
    app = await desk.startDemo({ people: 60 });
    await app.signIn();
  });
  after(() => desk?.close());

  step("that is chosen says what will happen before anything does", async () => {
    const rows = Array.from({ length: 40 }, (_, at) => `N-${at},Newcomer Number${at},new${at}@example.org,Ascot,yes`);
    const list = file(
      "spring fair.csv",
      [
        "Record ID,Name,Email,City,May email",
        ...rows,
        "N-40,Broken Address,not an address,,",
        "N-41,Newcomer Number1,,,no",
        "",
      ].join("\n"),
    );
    await app.go("import");
    await choose(list);
    await app.sees("spring fair.csv");
    await app.sees("What will happen");
    await app.sees("1 row cannot come in");
    await app.sees("1 new person may be there already");
    await app.sees(/is called as Newcomer Number1 is/);
    await app.sees(/40 may be e-mailed/);
    await app.sees(/41 new · 1 not read/);
    await app.isAccessible("a list that is looked through");
    await app.run(() => document.querySelector("dl").scrollIntoView());
    await app.pause(200);
    await app.picture("looked-through");
    assert.equal(await everyone(), 60, "looking brings nobody in");
  });

  step("has the same said for everyone, and only new people let in", async () => {
    await app.choose("button", /Who comes in/);
    await app.press("ArrowDown", "Enter");
    await app.get("button", /Only new people/);
    await app.fill("What it is", "Spring fair");
    await app.press("Enter");
    await app.get("button", "Without How they came");
    await app.sees("1 row cannot come in");
    await app.picture("choices");
    await app.resize(900, 600);
    await app.pause(500);
    await app.picture("choices-small");
    await app.resize(1280, 800);
  });

  step("comes in, and what did not comes back as a file", async () => {
    await app.choose("button", "Bring in 41 rows");
    await app.sees("They are in the book");
    await app.sees(/1 row could not be read/);
    await app.picture("brought-in");
    const rejects = readFileSync(path("spring fair - not imported.csv"), "utf8");
    assert.match(rejects, /Broken Address,not an address.*is not an e-mail address/);
    assert.equal(await everyone(), 101);
  });

  step("that is stopped leaves nobody behind", async () => {
    const rows = Array.from({ length: 30_000 }, (_, at) => `Long Number${at},long${at}@example.org`);
    await app.choose("button", "Bring in another");
    await choose(file("long.csv", ["Name,Email", ...rows, ""].join("\n")));
    await app.sees("This is a long list");
    await app.choose("button", "Bring in 30,000 rows");
    await app.choose("button", "Stop");
    await app.sees("Stopped. Nothing of it was kept.");
    assert.equal(await everyone(), 101);
    await app.choose("button", "Bring in another");
  });

  step("is taken out for letters, with labels for those who have an address", async () => {
    await app.go("people");
    await app.choose("button", "Export");
    await app.get("dialog", "Export these people");
    await app.isAccessible("what is taken out");
    await app.picture("export");
    const order = { query: {}, people: null, paper: "labels_21", columns: [], include_refused: false };
    const done = await app.core("export_people", { path: path("labels.html"), order });
    assert.ok(existsSync(path("labels.html")));
    const without = done.reasons.find((reason) => reason.why === "without_address");
    assert.ok(without.count >= 41, "newcomers have no address");
    await app.press("Escape");
    await app.gone("dialog", "Export these people");
  });

  step("is undone, and whoever was changed since is kept and named", async () => {
    const page = await app.core("first_people", { query: { words: "Newcomer Number7" }, limit: 5 });
    await app.core("change_person", { id: page.rows[0].id, change: { place: "Hamilton" } });
    await app.go("import");
    await app.choose("button", "Undo spring fair.csv");
    await app.choose("button", "Undo it");
    await app.sees("40 taken back, 1 kept, 0 failed.");
    await app.sees("Newcomer Number7");
    await app.picture("undone");
    assert.equal(await everyone(), 61);
  });
});
