// Nobody is rung by mistake: a number is for a person, a reason and an hour, and there is no way to it but through the
// question whom one means. By keyboard, in the real window; and by everything that its console could ask of the core.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

const RANIA = "0412 555 016";
const SWITCHBOARD = "07 3000 1000";

describe("nobody is rung by mistake", () => {
  const step = story();
  const people = {};
  let desk;
  let app;

  const core = (command, args) => app.core(command, args);

  async function someone(key, name, more) {
    people[key] = await app.addPerson({ name, ...more });
  }

  before(async () => {
    desk = await Desk.open("desk-dialling", { zone: "Australia/Brisbane", now: "2026-11-23T10:00:00+10:00" });
    app = await desk.startNew();
    await core("add_volunteer", { volunteer: { name: "Moana Ota", role: "volunteer", pin: null } });
    await someone("rania", "Rania Haddad", { organisation: "Haddad Interiors", place: "New Farm", phone: RANIA });
    await someone("hadid", "Rania Hadid", { organisation: "Northside Physio", place: "Ascot", phone: "0412 555 061" });
    await someone("karim", "Karim Costa", { organisation: "Council", phone: `${SWITCHBOARD} ext 12` });
    await someone("tom", "Tom Ashby", { organisation: "Council", phone: `${SWITCHBOARD} ext 34` });
    await someone("ana", "Ana Silva", { organisation: "Council", phone: SWITCHBOARD });
    await someone("mary", "Mary Brown", { place: "Clayfield", phone: "0412 555 071" });
    await someone("otherMary", "Mary Brown", { place: "Nundah", phone: "0412 555 072" });
    await someone("mei", "Mei Tanaka", { phone: "+44 20 7946 0018", zone: "Europe/London" });
    await someone("joe", "Joe Kahale", { phone: "+1 808 555 0100", zone: null, country: "US" });
    await app.addMessage(people.hadid, "The programme of the spring breakfast");
  });
  after(() => desk?.close());

  const digits = (text) => text.replace(/\D/g, "");

  /** Neither what is seen nor what stands behind it holds the number, in whatever writing. */
  async function isCovered(number, where, answer) {
    const national = digits(number).replace(/^0/, "");
    const shown = answer === undefined ? await app.run(() => document.documentElement.outerHTML) : JSON.stringify(answer);
    assert.ok(!shown.replace(/[\s().+-]/g, "").includes(national), `${where} shows ${number}`);
  }

  const isAsked = async () => app.sees("Make sure whom you mean");

  /** Whoever the core takes to be at the desk, without the window being told. */
  const sitsDown = async (name) =>
    core("sign_in", { id: (await core("volunteers")).find((volunteer) => volunteer.name === name).id, pin: null });

  /** It is another hour, also to the window. */
  async function at(instant) {
    desk.setClock(instant);
    await app.go("today");
    await app.reload();
    await app.get("navigation", "Places");
  }

  step("a shared switchboard asks who is meant; two extensions of it are two numbers", async () => {
    await app.addMessage(people.ana, "How to join");
    await app.go(`call/${people.ana}`);
    await app.fill("Why do you ring?", "To say hello");
    await app.press("Enter");
    await isAsked();
    await app.sees("There is also Karim Costa of Council; Tom Ashby of Council");
    await app.sees(/They have the same number/);
    await isCovered(SWITCHBOARD, "the question");
    await app.answer(/^\d?Ana/);
    await app.get("timer", "How long the call has lasted");
    await app.sees("(07) 3000 1000");
    await app.takeCallBack();

    const reach = async (key) => (await core("person", { id: people[key] })).reaches[0];
    const gate = await core("dial_gate", { person: people.karim, reach: (await reach("karim")).id });
    assert.deepEqual(
      gate.others.map((other) => other.person.name),
      ["Ana Silva"],
      "whoever has another extension does not answer here; whoever has none may",
    );
    assert.equal((await reach("karim")).shared_with, 1);
  });

  step("of two people of one name, the one who is meant is told by a fact", async () => {
    await app.go(`call/${people.mary}`);
    await app.fill("Why do you ring?", "To ask how the move went");
    await app.press("Enter");
    await isAsked();
    await app.sees("Where does the Mary Brown that you mean live?");
    await app.isAccessible("the question");
    await app.picture("01-two-of-one-name");
    await app.answer(/Clayfield/);
    await app.sees("0412 555 071");
    await app.takeCallBack();
  });

  step("a volunteer tries every way round", async () => {
    const owed = await app.addMessage(people.rania, "Asks how to join, on 0412 555 016 or at work");
    await sitsDown("Moana Ota");
    await app.reload();
    await app.sees("Asks how to join, on ••• 016 or at work");
    await isCovered(RANIA, "Today");

    // What can be typed and clicked.
    await app.press("Control+k");
    await app.get("dialog");
    await app.type("0412555016");
    await app.sees("Rania Haddad", { within: await app.get("dialog") });
    // The first clears what was typed.
    await app.press("Escape", "Escape");
    await app.gone("dialog");
    await app.press("/");
    await app.type("rania");
    await app.sees("2 people");
    await isCovered(RANIA, "a search");
    await app.go(`person/${people.rania}`);
    await app.sees("Promised today 10:00");
    await isCovered(RANIA, "her page, her timeline and what she said");
    await app.go(`call/${people.rania}/${owed}`);
    await isAsked();
    await isCovered(RANIA, "the question");
    await app.press("Enter", "c", "d", "y", "q", "p");
    await isAsked();
    await isCovered(RANIA, "pressing the desk's keys before its time");
    for (const made of [people.rania, owed, crypto.randomUUID(), "x"]) {
      await app.go(`call/${people.rania}/${owed}/${made}`);
      await app.get("alert");
      await isCovered(RANIA, `an address made up with ${made}`);
    }

    // What can be asked from the console.
    const { id: reach } = (await core("person", { id: people.rania })).reaches[0];
    const begin = (more) => core("begin_call", { begin: { person: people.rania, reach, promise: owed, reason: null, confirmed: null, inbound: false, ...more } });
    const refused = async (more, code = /refused|conflict|invalid/) => {
      const refusal = await begin(more).then(() => assert.fail(`${JSON.stringify(more)} began a call`), (refusal) => refusal);
      assert.match(String(refusal.code), code, refusal.message);
      await isCovered(RANIA, "a refusal", refusal);
    };
    for (const confirmed of [null, "", "none", "yes", "Haddad Interiors", "place:New Farm", "number_ending:016", ":"]) await refused({ confirmed });
    for (const logged of [{ began_ms: 0, minutes: -1 }, { began_ms: Date.now() * 2, minutes: 1 }]) {
      await begin({ logged }).then((call) => assert.equal(call.dialled, null), () => {});
    }
    for (const command of ["call", "open_dialler", "copy_number", "who_else"]) {
      const asked = await core(command, { id: crypto.randomUUID() }).then(() => "answered", (refusal) => refusal.code);
      assert.equal(asked, "not_found", command);
    }
    const person = { person: people.rania };
    for (const [command, args] of [
      ["person", { id: people.rania }],
      ["brief", { ...person, promise: owed }],
      ["briefs", { of: [{ ...person, promise: owed }] }],
      ["timeline", { ...person, limit: 500 }],
      ["history", person],
      ["promises_of", person],
      ["today", { keeper: null }],
      ["inbox", {}],
      ["last_edits", { limit: 500 }],
      ["first_people", { query: { words: RANIA }, limit: 100 }],
      ["candidates", { typed: RANIA }],
      ["dial_gate", { ...person, reach }],
    ]) {
      await isCovered(RANIA, command, await core(command, args));
    }
    // They ring us: then nothing is dialled, whatever follows.
    const inbound = await begin({ inbound: true });
    await isCovered(RANIA, "a call of theirs", inbound);
    await isCovered(RANIA, "a call of theirs, looked at again", await core("call", { id: inbound.id }));
    await core("call_never_made", { id: inbound.id });

    // Guessing.
    await app.go(`call/${people.rania}/${owed}`);
    await app.sees("Where does the Rania Haddad that you mean work?");
    await app.answer(/Northside Physio/);
    await app.sees("Where does the Rania Haddad that you mean live?");
    await app.answer(/None of these/);
    await app.sees("Take a moment");
    await app.sees(/try again from 10:1\d/);
    await app.isAccessible("the pause");
    await app.picture("02-pause");
    for (const confirmed of ["organisation:Haddad Interiors", "place:New Farm", "waits_for:Asks how to join, on ••• 016 or at work"]) {
      await refused({ confirmed }, /refused/);
    }
    for (const edit of await core("last_edits", { limit: 50 })) {
      if (edit.action === "begin_call") await core("undo_edit", { edit: edit.id }).catch(() => {});
    }
    await refused({ confirmed: "organisation:Haddad Interiors" }, /refused/);
    await isCovered(RANIA, "all of it");
  });

  step("a colleague who knows whom she means rings, by a code to scan or a copy that is gone in a minute", async () => {
    await sitsDown("Helen Barrow");
    await app.reload();
    await app.sees("Where does the Rania Haddad that you mean work?");
    await app.answer(/Haddad Interiors/);
    await app.get("timer", "How long the call has lasted");
    await app.sees(RANIA);
    await app.isAccessible("the desk with its number");

    await app.press("q");
    await app.get("img", "The number as a code to scan");
    await app.pause(300);
    assert.equal(await desk.scan("03-code-light"), "tel:+61412555016");
    await app.isAccessible("the code");
    await app.run(() => void (document.documentElement.dataset.theme = "dark"));
    await app.pause(300);
    assert.equal(await desk.scan("04-code-dark"), "tel:+61412555016", "dark on light in either theme");
    await app.resize(900, 600);
    await app.pause(300);
    assert.equal(await desk.scan("05-code-dark-small"), "tel:+61412555016");
    assert.deepEqual(await app.cutOff(), [], "the desk with its code fits at 900×600");
    await app.run(() => void delete document.documentElement.dataset.theme);
    await app.resize(1280, 800);
    await app.press("q");
    await app.gone("img", "The number as a code to scan");

    await app.press("y");
    await app.sees("Copied");
    const pasted = async () => {
      await app.press("n", "Control+a", "Control+v");
      await app.pause(300);
      const value = await app.value("Notes as you talk");
      await app.press("Control+a", "Delete", "Escape");
      return value;
    };
    assert.equal(await pasted(), RANIA);
    desk.setClock("2026-11-23T10:12:00+10:00");
    await app.until("the number to be gone from the clipboard", async () => (await pasted()) === "");

    // The call is Helen's: nobody else sees the number of it.
    const [{ id }] = await core("unfinished_calls");
    await sitsDown("Moana Ota");
    await isCovered(RANIA, "another's call", await core("call", { id }));
    await app.reload();
    await app.sees("The number is covered.");
    await isCovered(RANIA, "another's call on the window");
    await sitsDown("Helen Barrow");
    await app.reload();
    await app.sees(RANIA);
  });

  step("an hour that comes while the window stands open covers the number again", async () => {
    desk.setClock("2026-11-23T20:01:00+10:00");
    await app.press("y");
    await app.sees(/There is no number to dial any more/);
    await app.reload();
    await app.sees("The number is covered.");
    await isCovered(RANIA, "after hours");
    await app.takeCallBack();
  });

  step("at midnight where they are nobody rings, and it is said when one may", async () => {
    await at("2026-11-24T10:00:30+10:00");
    await app.go(`call/${people.mei}`);
    await app.fill("Why do you ring?", "To say hello");
    await app.sees("They may not be rung now");
    await app.sees("Where they are, it is 00:00 on Tuesday in London, outside 09:00 to 20:00.");
    await app.sees("They may be rung from today 19:00.");
    await app.isAccessible("an hour that is theirs");
    await app.picture("06-midnight");
    const { reaches } = await core("person", { id: people.mei });
    const begin = { person: people.mei, reach: reaches[0].id, promise: null, reason: "hello", confirmed: null, inbound: false };
    await assert.rejects(core("begin_call", { begin }), ({ message }) => message.endsWith("They may be rung from 19:00 today, our time."));
    await at("2026-11-24T19:00:30+10:00");
    await app.go(`call/${people.mei}`);
    await app.sees("Ready to ring");
  });

  step("in a country with several time zones it has to be an hour for all of them, until theirs is known", async () => {
    // Two in the afternoon in Honolulu, seven in the evening in New York.
    await at("2026-11-24T10:00:00+10:00");
    await app.go(`call/${people.joe}`);
    await app.sees("Ready to ring");
    await at("2026-11-24T11:30:00+10:00");
    await app.go(`call/${people.joe}`);
    await app.sees(/Their time zone is not known, and it is 20:30 on Monday in New York, outside 09:00 to 20:00/);
    await app.sees(/They may be rung from tomorrow 5:00/);
    await app.picture("07-several-zones");
    await core("change_person", { id: people.joe, change: { zone: "Pacific/Honolulu" } });
    await app.sees("Ready to ring");
  });
});
