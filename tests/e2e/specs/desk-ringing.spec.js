// Someone is ringing us, and someone is rung who was not meant: whoever it is, it is they who are met, and what the other
// waits for stays. From the pages of both, by keyboard.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

describe("who is on the line", () => {
  const step = story();
  const people = {};
  let desk;
  let app;

  before(async () => {
    desk = await Desk.open("desk-ringing", { zone: "Australia/Brisbane", now: "2026-11-02T10:15:00+10:00" });
    app = await desk.startNew();
    const rania = { name: "Rania Haddad", organisation: "Haddad Interiors", place: "New Farm", phone: "0412 555 016" };
    const hadid = { name: "Rania Hadid", organisation: "Northside Physio", place: "Ascot", phone: "0412 555 061" };
    people.rania = await app.addPerson(rania);
    people.hadid = await app.addPerson(hadid);
    await app.addPerson({ name: "Ana Silva", organisation: "Haddad Interiors", place: "Nundah", phone: "07 3000 1000" });
    await app.addMessage(people.rania, "How to join");
  });
  after(() => desk?.close());

  async function ringing(typed) {
    await app.press("i");
    const dialog = await app.get("dialog", "Someone is ringing us");
    await app.until("the keyboard to be in the field", async () => (await app.focused()) !== null);
    await app.type(typed);
    return dialog;
  }

  step("digits in any writing, or a part of a name, show who it may be: what they wait for first", async () => {
    desk.setClock("2026-11-23T10:12:00+10:00");
    await app.reload();
    await app.sees("waiting for us");
    for (const typed of ["0412555016", "+61 412 555 016", "555 016", "haddad", "rani"]) {
      const dialog = await ringing(typed);
      await app.sees("Waits for: How to join", { within: dialog });
      const rows = await app.all("button", /Rania|Ana/, { within: dialog });
      assert.match((await app.text(rows[0])).replace(/\s+/g, " "), /Waits for: How to join.*days.*Rania Haddad/, typed);
      if (typed === "rani") {
        await app.isAccessible("who is ringing");
        await app.picture("01-who-is-ringing");
      }
      await app.press("Escape");
      await app.gone("dialog");
    }
  });

  step("one key begins the call that she makes, with what she waits for, and nothing to dial", async () => {
    const dialog = await ringing("0412 555 016");
    await app.sees("has this number", { within: dialog });
    await app.press("ArrowDown", "Enter");
    await app.get("timer", "How long the call has lasted");
    await app.get("heading", /Rania Haddad/);
    assert.equal((await app.all("button", "Dial")).length, 0, "they rang us: nothing is dialled");
    await app.isAccessible("a call of theirs");
    await app.picture("02-they-ring");
    const call = await app.unfinishedCall();
    assert.equal(call.inbound, true);
    assert.match(call.reason, /How to join/);
    await app.takeCallBack();
  });

  step("whoever is not in the book is, with the number that they ring from", async () => {
    const dialog = await ringing("07 3456 7890");
    await app.sees("Nobody in the book", { within: dialog });
    await app.press("ArrowDown", "Enter");
    await app.until("the keyboard to be in the name", async () => (await app.labelled("Name")).length === 1);
    await app.pause(200);
    await app.type("Joan");
    await app.press("Enter");
    await app.get("heading", /Joan/);
    await app.get("timer", "How long the call has lasted");
    const call = await app.unfinishedCall();
    assert.deepEqual([call.person.name, call.reach.ending, call.person.standing], ["Joan", "890", "inquirer"]);
    await app.takeCallBack();
  });

  step("the director rings the wrong one: one key, an apology, and the right one still waits", async () => {
    // Their numbers were written down the wrong way round: the second Rania answers on the first one's.
    await app.core("add_reach", { person: people.hadid, reach: { kind: "phone", typed: "0412 555 016", label: "" } });
    await app.addMessage(people.hadid, "The programme of the spring breakfast");
    desk.setClock("2026-11-23T10:20:00+10:00");
    const owed = await app.openPromise(people.rania);
    await app.go(`call/${people.rania}/${owed.id}`);
    await app.answer(/Haddad Interiors/);
    await app.get("timer", "How long the call has lasted");
    await app.press("w");
    const dialog = await app.get("dialog", "Not who you meant");
    await app.sees(/What Rania Haddad waits for stays open: ring back: How to join/, { within: dialog });
    await app.sees(/Rania Hadid.*has this number.*Waits for: The programme of the spring breakfast/, { within: dialog });
    await app.sees(/Ana Silva.*of the same organisation/, { within: dialog });
    await app.get("button", /Someone new at Haddad Interiors/, { within: dialog });
    await app.isAccessible("the rescue");
    await app.picture("03-rescue");
    await app.answer(/Rania Hadid/);
    await app.get("heading", /Rania Hadid/);
    await app.sees(/You had meant to ring Rania Haddad/);
    await app.picture("04-apology");

    // Before it is filed, both of their pages say so.
    await app.go(`person/${people.rania}`);
    await app.sees(/We meant to ring them, and rang someone else today 10:2\d, Helen Barrow, Rania Hadid answered/);
    await app.sees(/Promise passed/);
    await app.go(`call/${people.hadid}/-/${(await app.unfinishedCall()).id}`);
    await app.press("e");
    await app.sayWeSpoke();
    await app.answer(/^They have what they asked for/);
    await app.choose("button", /File the call/);
    await app.sees("Filed. Nothing more is owed.");
  });

  step("both timelines tell it, and the brief of the one who waits says that she was not reached", async () => {
    await app.go(`person/${people.hadid}`);
    await app.sees(/We rang by mistake today 10:2\d, Helen Barrow, meaning Rania Haddad, we spoke/);
    await app.sees(/Promise kept/);
    await app.isAccessible("the page of whoever answered");
    await app.picture("05-who-answered");
    await app.go(`person/${people.rania}`);
    await app.sees(/We meant to ring them, and rang someone else today 10:2\d, Helen Barrow, Rania Hadid answered/);
    assert.doesNotMatch(await app.text(), /Promise kept/, "ringing someone by accident answers nothing");
    await app.picture("06-who-waits");
    const owed = await app.openPromise(people.rania);
    assert.equal(owed.attempt, 0);
    await app.go(`today/${owed.id}`);
    const brief = await app.get("article", "Rania Haddad");
    await app.sees(/We meant to ring them, and rang someone else/, { within: brief });
    await app.sees(/Waiting for us 2\d days/, { within: brief });
    await app.sees(/Our last promise late since 3 November 17:00/, { within: brief });
  });
});
