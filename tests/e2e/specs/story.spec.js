// The story that Wellmet was asked for from, told the other way: a woman asks to join, nobody rings for three weeks, and
// then the director rings the right person, knows why, and nothing is lost when things go wrong on the way. By keyboard
// alone, in the real window, with a real keyring and a real clock that is moved on.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

const RANIA = "0412 555 016";
const OTHER_RANIA = "0412 555 061";
const PIN = "2468";

describe("three weeks of silence, put right", () => {
  const step = story();
  let desk;
  let app;

  before(async () => {
    desk = await Desk.open("story", { zone: "Australia/Brisbane", now: "2026-11-02T08:10:00+10:00" });
  });
  after(() => desk?.close());

  const signIn = () => app.signIn(/Helen Barrow/, { pin: PIN });

  step("a new book, in four steps", async () => {
    app = await desk.start();
    await app.sees("Whose book is this?");
    await app.isAccessible("the first step");
    await app.fill("Name of the association", "Northside Business Women");
    await app.sees(/Country/);
    await app.picture("01-first-run");
    await app.press("Enter");
    await app.sees("When is somebody there?");
    await app.isAccessible("the opening hours");
    await app.press("Enter");
    await app.sees("And who are you?");
    await app.fill("Your name", "Helen Barrow");
    await app.fill("PIN, if others use this computer", PIN);
    await app.press("Enter");
    await app.sees("What shall we begin with?");
    await app.choose("button", /Make the book/);

    await app.sees("Print this key, and keep it safe");
    await app.isAccessible("the recovery key");
    await app.choose("checkbox", "I have printed it, or written it down");
    await app.choose("button", "Go on to the book");
    await app.sees("Nobody is waiting");
    await app.isAccessible("an empty Today");
    await app.picture("02-empty-today");
  });

  step("a message is written down in a few keys, and stands on Today", async () => {
    await app.takeMessage({ number: OTHER_RANIA, name: "Rania Hadid", words: "Wants the speakers of the March breakfast" });
    await app.press("Enter");
    await app.sees(/Rania Hadid stands on Today/);

    await app.takeMessage({ number: RANIA, name: "Rania Haddad", words: "Asks how to join" });
    await app.isAccessible("the capture of a message");
    await app.picture("03-capture");
    await app.press("Enter");
    await app.sees(/Rania Haddad stands on Today/);
    await app.get("button", /^Rania Haddad/);
  });

  step("the day that it is due a reminder comes to the desktop, and opens her", async () => {
    desk.setClock("2026-11-03T16:59:50+10:00");
    const notification = await desk.notification(/Rania/);
    await desk.press(notification, "Open");
    const inbox = await app.get("dialog", "Inbox");
    await app.sees(/Rania Hadid.*Rania Haddad/, { within: inbox });
    await app.isAccessible("the inbox");
    await app.press("Escape");
    await app.gone("dialog", "Inbox");
  });

  step("she waits three weeks, and is not rung when nobody may be rung", async () => {
    await app.quit();
    desk.setClock("2026-11-23T08:40:00+10:00");
    await app.reopen();
    await app.isAccessible("signing in");
    await signIn();
    await app.sees("Nobody may be rung at this hour.");
  });

  step("three weeks later her second message joins the first, and keeps its clock", async () => {
    await app.press("v");
    const dialog = await app.get("dialog", "Someone left a message");
    await app.fill("Number", RANIA, { within: dialog });
    const her = await app.get("button", /Rania Haddad.*has this number/, { within: dialog });
    assert.match(await app.text(her), /Waits for/, "who owns the number is shown with what they wait for");
    await app.press("ArrowDown", "Enter");
    await app.sees(/Joins what they wait for/, { within: dialog });
    await app.fill("What they said", "Just wondering whether anyone got my message", { within: dialog });
    await app.press("Enter");
    await app.sees(/2nd message of Rania Haddad, who has waited 21 days/);
  });

  /** To the row of this person on Today, with J as one walks down the list. */
  async function walkTo(name) {
    await app.choose("link", /^Today/);
    await app.get("button", name);
    for (let steps = 0; (await app.all("button", name, { current: true })).length === 0; steps += 1) {
      assert.ok(steps < 10, `J does not come to ${name}`);
      await app.press("j");
    }
  }

  const neverShown = async (number, where) =>
    assert.ok(!(await app.text()).replaceAll(/\D/g, "").includes(number.replaceAll(/\D/g, "").slice(1)), `${where} shows ${number}`);

  step("Today says why, and a number is not to be had before it is clear who is meant", async () => {
    desk.setClock("2026-11-23T11:05:00+10:00");
    await app.choose("button", /^Helen Barrow\s*Director$/);
    await app.choose("menuitem", "Someone else");
    await signIn();
    await app.sees("Two have waited too long.");
    await walkTo(/^Rania Haddad/);
    const brief = await app.get("article", "Rania Haddad");
    await app.sees(/2 November/, { within: brief });
    await app.sees("Not Rania Hadid", { within: brief });
    await app.sees("Just wondering whether anyone got my message", { within: brief });
    await neverShown(RANIA, "the brief");
    await app.isAccessible("Today with people");
    await app.picture("04-today");

    await app.press("c");
    await app.get("heading", "Make sure whom you mean");
    await neverShown(RANIA, "the question");
    await app.isAccessible("the question who is meant");
    await app.picture("05-who-is-meant");
    await app.press(await app.attribute(await app.get("button", /Wants the speakers/), "aria-keyshortcuts"));
    await app.get("alert");
    await neverShown(RANIA, "the wrong answer");
    await app.answer(/Asks how to join|016/);
    await app.get("timer", "How long the call has lasted");
    await app.sees(RANIA);
    await app.isAccessible("the call desk");
    await app.picture("06-call-desk");
    await app.resize(900, 600);
    assert.deepEqual(await app.cutOff(), [], "the call desk fits at 900×600");
    await app.picture("07-call-desk-small");
    await app.resize(1280, 800);
  });

  step("a call that a power cut interrupts comes back", async () => {
    await app.press("n");
    await app.type("She answers as Rania");
    // What is typed is written down while one types.
    const notes = async () => {
      const [{ id }] = await app.core("unfinished_calls");
      return (await app.core("call", { id })).notes;
    };
    await app.until("the note in the book", async () => (await notes()) === "She answers as Rania");
    await app.kill();
    await app.reopen();
    await signIn();
    const open = await app.get("list", "Calls to file");
    await app.sees("Rania Haddad", { within: open });
    await app.choose("button", "Go on with it");
    await app.get("timer");
    assert.equal(await app.value("Notes as you talk"), "She answers as Rania", "what was noted is in the book");
  });

  step("the wrong one is on the line: one key, an apology, and nobody is forgotten", async () => {
    await app.press("w");
    const dialog = await app.get("dialog", "Not who you meant");
    await app.sees(/What Rania Haddad waits for stays open/, { within: dialog });
    await app.isAccessible("the rescue");
    await app.picture("08-rescue");
    await app.answer(/Rania Hadid/);
    await app.get("heading", /Rania Hadid/);
    await app.sees(/You had meant to ring Rania Haddad/);
    await app.picture("09-apology");

    await app.press("e");
    await app.sayWeSpoke({ learned: "Speaks at breakfasts herself" });
    await app.answer(/^They have what they asked for/);
    await app.choose("button", /File the call/);
    await app.sees("Filed. Nothing more is owed.");
    await app.get("button", /^Rania Haddad/);
    await app.gone("button", /^Rania Hadid/);
  });

  step("the right one, and what was promised next", async () => {
    await walkTo(/^Rania Haddad/);
    await app.press("c");
    await app.answer(/Asks how to join|016/);
    await app.get("timer");
    await app.answer(/They are$/);
    await app.sees(/Rania, this is Helen from Northside Business Women/);
    await app.sees(/I am sorry/);
    await app.picture("10-apology-to-her");
    await app.answer(/Yes, go ahead/);
    await app.press("l");
    await app.type("Exports to Lebanon");
    await app.press("Escape", "e");
    await app.sayWeSpoke();
    await app.promiseToWrite("Send the mentoring circle details");
    await app.get("button", /File the call/);
    await app.isAccessible("the filing");
    await app.picture("11-filing");
    await app.choose("button", /File the call/);
    await app.sees(/Filed. Next: Send the mentoring circle details/);
  });

  step("what was filed can be undone, and done again", async () => {
    await app.press("Control+z");
    await app.sees(/Undone for Rania Haddad/);
    await app.press("Control+Shift+z");
    await app.sees(/Done again for Rania Haddad/);
  });

  step("the command line tells the same", async () => {
    await app.quit();
    const { groups } = await desk.wellmet("today", "--json");
    const items = groups.flatMap(({ name, items }) => items.map((item) => [name, item.person.name, item.promise.kind]));
    assert.deepEqual(items, [["coming", "Rania Haddad", "own_word"]]);
    assert.deepEqual(await desk.wellmet("check", "--json"), { ok: true, findings: [] });
  });
});
