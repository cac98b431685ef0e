// A hundred thousand people, and whoever is meant is there while one types. By keyboard, in the real window.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

const people = 100_000;

describe("a search among a hundred thousand", () => {
  const step = story();
  let desk;
  let app;
  let meant;

  before(async () => {
    desk = await Desk.open("people-many", { zone: "Australia/Brisbane", now: "2026-11-23T10:00:00+10:00" });
    app = await desk.startDemo({ people });
    await app.signIn();
    const id = await app.addPerson({
      name: "Marguerite Oyelaran-Thistlewood",
      organisation: "Penhaligon Bindery",
      phone: "07 3299 4417",
      email: "marguerite.ot@penhaligon.example",
      place: "Toowoomba",
    });
    await app.core("add_tag", { person: id, name: "bookbinder" });
    await app.core("add_fact", { person: id, words: "her daughter sails", learnedFrom: "" });
    meant = await app.core("person", { id });
  });
  after(() => desk?.close());

  const rows = () =>
    app.run(() =>
      [...document.querySelectorAll("li[data-index]")]
        .sort((one, other) => one.dataset.index - other.dataset.index)
        .map((row) => row.querySelector("[data-row]")?.dataset.row)
        .filter(Boolean),
    );

  /** Whether every row says so. */
  const named = (words) =>
    app.run(
      (words) => [...document.querySelectorAll("[data-row]")].every((row) => new RegExp(words, "i").test(row.innerText)),
      words.source,
    );

  /** Replaces what was searched for, letter by letter. */
  async function search(words) {
    await app.press("/", "Control+a");
    await app.type(words);
  }

  const findsFirst = (id, words) =>
    app.until(`${words} to find her first`, async () => (await rows())[0] === id);

  step("finds by name in any order, organisation, number, address, tag and fact", async () => {
    await app.go("people");
    await app.sees("100,001 people in the book.");
    await app.picture("01-everyone");
    for (const words of [
      "marguerite oye",
      "thistlewood marg",
      "penhaligon bindery",
      "bookbinder",
      "daughter sails oyelaran",
      "(07) 3299-4417",
      "+61 7 3299 44",
      "32994417",
      "marguerite.ot@pen",
    ]) {
      await search(words);
      await findsFirst(meant.id, words);
    }
    await app.picture("02-found");
    await app.press("Enter");
    await app.get("heading", meant.name, { level: 1 });
    await app.go("people");
    await findsFirst(meant.id, "the search that was left");
  });

  step("forgives one slip of the finger, and says so", async () => {
    await search("oyelarna");
    await app.sees("Nobody is called so. 1 person comes close.");
    await findsFirst(meant.id, "a slip");
    await app.isAccessible("who comes close");
    await app.picture("03-slip");
  });

  step("puts first whoever waits", async () => {
    const { groups } = await app.core("today", { keeper: null });
    const waiting = new Set(groups.flatMap(({ items }) => items.map(({ person }) => person.id)));
    const [{ person }] = groups.flatMap(({ items }) => items);
    const [given] = person.name.split(" ");
    await search(given);
    await app.until(`those who wait to stand before all others named ${given}`, async () => {
      const found = await rows();
      const first = found.findIndex((id) => !waiting.has(id));
      return found.includes(person.id) && first > 0 && found.slice(first).every((id) => !waiting.has(id));
    });
    await app.picture("04-who-waits");
  });

  step("says that nobody is meant, and shows everyone again", async () => {
    await search("zzyzx");
    await app.sees("Nobody");
    await app.picture("05-nobody");
    await app.press("Escape");
    await app.sees("100,001 people in the book.");
    await app.resize(900, 600);
    await search("abbo");
    await app.until("only those who are meant", async () => (await rows()).length > 3 && (await named(/abbo/i)));
    await app.sees(/[\d,]+ people match\./);
    assert.deepEqual(await app.cutOff(), []);
    await app.picture("06-small");
  });
});
