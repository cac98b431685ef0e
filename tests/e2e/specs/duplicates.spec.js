// Who is in the book twice, in the real window and by keyboard: found with reasons, looked at side by side, merged, taken
// apart, kept apart for good; the sure ones in one go, and a household left in peace.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

const LIST = `Record ID,Name,Company,Job Title,Mobile,Email,Street,City,Postcode,Birthday,Notes
B-1,Robert Castellan,Castellan Bakery,Owner,0412 900 101,robert@castellan.example,12 Kent Street,New Farm,4005,,Daughter sails
B-2,Rob Castellan,,,0412 900 101,,12 Kent Street,New Farm,4005,,Wants a mentor
B-3,Irene Castellan,,,0412 900 101,,12 Kent Street,New Farm,4005,,
S-1,Samir Okonjo,Okonjo Law,,0412 900 202,samir@okonjo.example,,,,,
S-2,Samir Okonjo,Okonjo Law,,0412 900 202,samir@okonjo.example,,,,,
N-1,Nadia Vitkunas,,,0412 900 303,nadia@vitkunas.example,,,,1981-03-04,
N-2,Nadia Vitkunas,,,0412 900 303,,,,,1981-03-04,
T-1,Thomas Petrakis,Petrakis Marine,,0412 900 404,,,,,,
T-2,Tom Petrakis,Petrakis Marine,,07 3900 4055,,,,,,
`;

describe("who is in the book twice", () => {
  const step = story();
  let desk;
  let app;

  before(async () => {
    desk = await Desk.open("duplicates", { zone: "Australia/Brisbane", now: "2026-11-23T11:00:00+10:00" });
    await desk.wellmet("demo", "--people", "400");
    const list = join(desk.folder, "fair.csv");
    writeFileSync(list, LIST);
    await desk.wellmet("import", list);
    app = await desk.start();
    await app.signIn();
    const { rows } = await app.core("first_people", { query: { words: "castellan" }, limit: 9 });
    const idOf = (name) => rows.find((row) => row.name === name).id;
    await app.addMessage(idOf("Robert Castellan"), "Asks how to join");
    await app.addMessage(idOf("Rob Castellan"), "Nobody has rung");
  });
  after(() => desk?.close());

  const page = () => app.core("duplicates", { level: null, after: null, limit: 200 });
  const named = ({ one, other }) => [one.name, other.name].sort().join(" and ");
  const found = async () => (await page()).pairs.map(named);
  const known = async (words) =>
    (await app.core("first_people", { query: { words }, limit: 50 })).rows.map(({ name }) => name).sort();
  /** By J alone, as far as the row with these names. */
  async function goTo(names) {
    await app.press("Home");
    for (let tries = 0; tries < 20; tries++) {
      const row = await app.run(() => document.querySelector("[data-row][aria-current]")?.innerText ?? "");
      if (names.test(row.split("\n")[0])) return;
      await app.press("j");
      await app.pause(120);
    }
    assert.fail(`no row ${names}; there are ${await found()}`);
  }
  const columns = async () =>
    (await app.run(() => [...document.querySelectorAll("th[scope=col]")].map((cell) => cell.innerText))).slice(1);

  step("is asked from the palette, and told with reasons", async () => {
    await app.press("Control+k");
    await app.type("duplicates");
    await app.press("Enter");
    await app.get("heading", "Duplicates", { level: 1 });
    await app.sees(/pairs may be one person each\. 409 people looked at today/);
    const names = await found();
    for (const pair of [
      "Rob Castellan and Robert Castellan",
      "Samir Okonjo and Samir Okonjo",
      "Nadia Vitkunas and Nadia Vitkunas",
      "Thomas Petrakis and Tom Petrakis",
    ]) {
      assert.ok(names.includes(pair), `${pair} in ${names}`);
    }
    assert.ok(!names.some((names) => names.includes("Irene")), "a household is no duplicate");
    await goTo(/^Robert Castellan and Rob Castellan/);
    await app.sees("“Robert” and “Rob” are forms of one name");
    await app.sees("The same phone number, ••• 101");
    await app.sees("The same address, 12 Kent Street, New Farm, 4005");
    assert.doesNotMatch(await app.text(), /900 ?101/, "a number is covered here too");
    await app.isAccessible("a pair side by side");
    await app.picture("found");
  });

  step("shows both side by side, and flips who is kept", async () => {
    assert.deepEqual(await columns(), ["Is kept\nRobert Castellan", "Goes into it\nRob Castellan"]);
    await app.sees("Both wait for an answer: it becomes one inquiry");
    await app.press("f");
    await app.until("the other to be kept", async () => (await columns())[0].endsWith("\nRob Castellan"));
    const name = await app.get("radiogroup", "Name");
    const chosen = await app.get("radio", undefined, { checked: true, within: name });
    assert.equal((await app.text(chosen)).trim(), "Robert Castellan", "the name that was to stand stands");
    await app.press("f");
    await app.until("the first to be kept", async () => (await columns())[0].endsWith("\nRobert Castellan"));
  });

  step("merges with one key, and their page has what both had", async () => {
    await app.press("m");
    await app.sees("Robert Castellan is in the book once now.");
    assert.deepEqual(await known("castellan"), ["Irene Castellan", "Robert Castellan"]);
    await app.press("/");
    await app.type("robert castellan");
    await app.press("Enter");
    await app.get("heading", "Robert Castellan", { level: 1 });
    await app.sees("Asks how to join");
    await app.sees("Nobody has rung");
    await app.sees("Daughter sails");
    await app.sees("Wants a mentor");
    await app.picture("merged");
    await app.isAccessible("whoever was in the book twice");
  });

  step("is taken apart from their page, and what was said to each is theirs again", async () => {
    await app.choose("button", "Take apart");
    await app.sees("Rob Castellan is a person of their own again.");
    await app.gone("button", "Take apart");
    assert.deepEqual(await known("castellan"), ["Irene Castellan", "Rob Castellan", "Robert Castellan"]);
    await app.sees("Asks how to join");
    assert.doesNotMatch(await app.text(await app.get("main")), /“Nobody has rung”/);
    await app.press("/");
    await app.press("Control+a");
    await app.type("rob castellan wants a mentor");
    await app.press("Enter");
    await app.get("heading", "Rob Castellan", { level: 1 });
    await app.sees("“Nobody has rung”");
  });

  step("keeps two apart for good, also after a start", async () => {
    await app.go("duplicates");
    await app.get("heading", "Duplicates", { level: 1 });
    await goTo(/^Thomas Petrakis and Tom Petrakis/);
    await app.press("x");
    await app.sees("You will not be asked about these two again.");
    await app.until("the pair to be gone", async () => !(await found()).includes("Thomas Petrakis and Tom Petrakis"));
    await app.quit();
    await app.reopen();
    await app.signIn();
    await app.go("duplicates");
    const lookedAt = async () => (await page()).looked_for.at_ms;
    const before = await lookedAt();
    await app.choose("button", "Look again");
    await app.until("a new look", async () => (await lookedAt()) !== before);
    const names = await found();
    assert.ok(names.includes("Rob Castellan and Robert Castellan"), `looked for anew: ${names}`);
    assert.ok(!names.includes("Thomas Petrakis and Tom Petrakis"), `asked again: ${names}`);
  });

  step("merges the sure ones in one go, and one undo takes them apart", async () => {
    const before = (await page()).narrow;
    assert.ok(before >= 2, `${before} sure pairs`);
    await app.choose("button", new RegExp(`^Merge ${before} sure pairs`));
    const dialog = await app.get("dialog", "Merge those who are surely one");
    await app.sees("Samir Okonjo", { within: dialog });
    await app.sees("Nadia Vitkunas", { within: dialog });
    assert.doesNotMatch(await app.text(dialog), /Castellan/, "what has to be looked at is not done by the hundred");
    await app.isAccessible("many merges");
    await app.picture("many");
    await app.choose("button", new RegExp(`^Merge ${before} pairs`), { within: dialog });
    await app.sees(`${before} pairs are in the book once now.`);
    assert.deepEqual([await known("okonjo"), await known("vitkunas")], [["Samir Okonjo"], ["Nadia Vitkunas"]]);
    await app.gone("button", /sure pair/);
    await app.press("Control+z");
    await app.until("both to be two again", async () => (await known("okonjo")).length === 2);
    assert.equal((await known("vitkunas")).length, 2);
    await app.get("button", new RegExp(`^Merge ${before} sure pairs`));
  });

  step("is known again while being typed in", async () => {
    await app.press("n");
    const dialog = await app.get("dialog", "New person");
    await app.fill("Name", "Rob Castelan", { within: dialog });
    await app.sees("Is it one of these, whom the book knows?", { within: dialog });
    await app.choose("button", /^Rob Castellan/, { within: dialog });
    await app.get("heading", "Rob Castellan", { level: 1 });
  });
});
