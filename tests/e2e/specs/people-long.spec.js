// A list that is longer than anyone reads: its last row is as near as its first. By keyboard, in the real window.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

const people = 3000;

describe("a long list", () => {
  const step = story();
  let desk;
  let app;
  let letters;
  const names = [];

  before(async () => {
    desk = await Desk.open("people-long", { zone: "Australia/Brisbane", now: "2026-11-23T10:00:00+10:00" });
    app = await desk.startDemo({ people });
    await app.signIn();
    const byName = await app.core("order_people", { query: {} });
    letters = byName.letters;
    while (names.length < people) {
      const rows = await app.core("people_at", { list: byName.list, from: names.length, limit: 500 });
      names.push(...rows.map(({ name }) => name));
    }
  });
  after(() => desk?.close());

  /** Whom the list stands at, and where the row stands in the window. */
  const here = () =>
    app.run(() => {
      const row = document.querySelector("[data-row][aria-current]");
      const { top, bottom } = row?.getBoundingClientRect() ?? {};
      const list = row?.closest("ul").parentElement.getBoundingClientRect();
      const at = Number(row?.closest("li").dataset.index);
      return row && { at, text: row.innerText, isSeen: top >= list.top - 1 && bottom <= list.bottom + 1 };
    });
  const standsAt = async (place, name) => {
    await app.until(`the list to stand at ${place}`, async () => {
      const row = await here();
      return row?.at === place && row.isSeen && row.text.includes(name);
    });
  };

  step("goes to its last row and back", async () => {
    await app.go("people");
    await app.sees("3,000 people in the book.");
    await app.picture("01-top");
    await app.press("End");
    await standsAt(people - 1, names[people - 1]);
    await app.isAccessible("the end of a long list");
    await app.picture("02-end");
    await app.press("k");
    await standsAt(people - 2, names[people - 2]);
    await app.press("Home");
    await standsAt(0, names[0]);
  });

  step("jumps to a letter", async () => {
    const { at } = letters.find(({ letter }) => letter === "m");
    await app.press("Shift+m");
    await standsAt(at, names[at]);
    await app.picture("03-letter");
    await app.press("Enter");
    await app.get("heading", names[at]);
    await app.go("people");
    await standsAt(at, names[at]);
  });

  step("sorts by a column, one way and the other", async () => {
    await app.choose("button", "Sort by Place");
    const sorted = await app.core("order_people", { query: { sort: "place" } });
    const [first] = await app.core("people_at", { list: sorted.list, from: 0, limit: 1 });
    await standsAt(0, first.name);
    await app.choose("button", "Sort by Place, sorted");
    const down = await app.core("order_people", { query: { sort: "place", descending: true } });
    const [last] = await app.core("people_at", { list: down.list, from: 0, limit: 1 });
    assert.notEqual(last.place, first.place);
    await standsAt(0, last.name);
    await app.picture("04-sorted");
    await app.choose("button", "Sort by Place, sorted the other way round");
    await standsAt(0, names[0]);
  });

  step("exports those who were chosen", async () => {
    await app.press("x", "j", "j", "x");
    await app.sees("2 people chosen");
    await app.picture("05-chosen");
    await app.choose("button", "Export these");
    await app.get("dialog", "Export these people");
    await app.sees(/2 people/);
    const file = join(desk.folder, "chosen.xlsx");
    await app.answerFileDialog(file, {
      ask: () => app.choose("button", "Choose where"),
      isTaken: async () => existsSync(file),
    });
    await app.sees("2 people are in the file.");
    const rows = readFileSync(file);
    assert.equal(rows.subarray(0, 2).toString(), "PK");
    await app.press("Escape");
    await app.press("Escape");
    await app.gone("button", "Export these");
  });

  step("gives those who were chosen a tag, and takes it back by Ctrl+Z", async () => {
    const tagged = async () => (await app.core("first_people", { query: { tag: "breakfast crew" }, limit: 50 })).rows;
    await app.press("x", "j", "x");
    await app.sees("2 people chosen");
    await app.choose("button", "Tag these");
    await app.get("dialog", "A tag for 2 people");
    await app.type("breakfast crew");
    await app.isAccessible("a tag for several");
    await app.picture("06-tag");
    await app.press("Enter");
    await app.sees("2 people were given the tag “breakfast crew”.");
    assert.equal((await tagged()).length, 2);
    await app.press("Control+z");
    await app.until("nobody to have it", async () => (await tagged()).length === 0);
    await app.press("Escape");
    await app.gone("button", "Tag these");
  });

  step("fits a small window, and the dark", async () => {
    await app.resize(900, 600);
    assert.deepEqual(await app.cutOff(), []);
    await app.picture("07-small");
    await app.run(() => (document.documentElement.dataset.theme = "dark"));
    await app.picture("08-dark");
    await app.resize(1280, 800);
    await app.picture("09-dark-wide");
  });
});
