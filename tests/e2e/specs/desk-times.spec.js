// Calls are written down by whoever made them, also afterwards, and a timer that ran on is put right. By keyboard, in the
// real window.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

describe("when a call was", () => {
  const step = story();
  let desk;
  let app;
  let rania;

  before(async () => {
    desk = await Desk.open("desk-times", { zone: "Australia/Brisbane", now: "2026-11-23T08:10:00+10:00" });
    app = await desk.startNew();
    rania = await app.addPerson({ name: "Rania Haddad", organisation: "Haddad Interiors", phone: "0412 555 016" });
    await app.addMessage(rania, "How to join");
    desk.setClock("2026-11-23T10:00:00+10:00");
    await app.reload();
    await app.sees(/Left a message today at 8:10/);
  });
  after(() => desk?.close());

  /** The clock of the app goes on while one types. */
  const isAbout = (ms, instant) => Math.abs(ms - Date.parse(instant)) < 60_000;

  const touches = async () => (await app.core("timeline", { person: rania, limit: 50 })).filter(({ kind }) => kind === "touch");

  step("a call that was made from the train is written down by one key, with the same questions", async () => {
    await app.press("r");
    const dialog = await app.get("dialog", "Write down a call that was made");
    await app.sees("Rania Haddad", { within: dialog });
    await app.isAccessible("a call that was made already");
    await app.picture("01-made-already");
    await app.choose("button", "An hour ago", { within: dialog });
    await app.fill("Minutes", "12");
    await app.press("Enter");
    await app.sees("Written down afterwards");
    await app.sees("Did you reach them?");
    assert.ok(!(await app.text()).includes("0412"), "nothing is dialled any more, and no number is shown");
    await app.picture("02-its-questions");
    await app.sayWeSpoke();
    await app.promiseToWrite("Send the programme");
    await app.choose("button", /File the call/);
    await app.sees(/Filed. Next: Send the programme/);
    const [touch] = await touches();
    assert.ok(isAbout(touch.at_ms, "2026-11-23T09:00:00+10:00"));
    assert.equal(touch.other_ms, 12 * 60_000);
    assert.equal(touch.what, "call:out:spoke");
    const [kept] = (await app.core("promises_of", { person: rania })).filter(({ kind }) => kind === "callback");
    assert.equal(kept.state, "kept");
    assert.ok(isAbout(kept.ended_ms, "2026-11-23T09:12:00+10:00"), "kept when they were rung, not when it was written down");
  });

  step("nobody writes down a call that is still to come", async () => {
    await app.go(`person/${rania}`);
    await app.get("heading", "Rania Haddad", { level: 1 });
    await app.press("r");
    const dialog = await app.get("dialog", "Write down a call that was made");
    await app.fill("Minutes", "five");
    await app.sees(/Write whole minutes/, { within: dialog });
    await app.press("Escape");
    await app.gone("dialog");
    const logged = { began_ms: Date.parse("2026-11-23T11:00:00+10:00"), minutes: 5 };
    const begin = { person: rania, reach: null, promise: null, reason: "hello", confirmed: null, inbound: false, script: null, logged };
    await assert.rejects(app.core("begin_call", { begin }), ({ code }) => code === "invalid");
  });

  step("a timer that ran on over lunch is put right before the call is filed", async () => {
    await app.go(`call/${rania}`);
    await app.fill("Why do you ring?", "To say hello");
    await app.press("Enter");
    await app.choose("button", /Begin call/);
    await app.get("timer", "How long the call has lasted");
    desk.setClock("2026-11-23T12:30:00+10:00");
    await app.press("e");
    await app.sees("Did you reach them?");
    await app.press("Shift+T");
    await app.get("dialog", "Put the time right");
    await app.isAccessible("the time put right");
    await app.picture("03-timer");
    await app.fill("Minutes", "4");
    await app.press("Enter");
    await app.gone("dialog");
    assert.match(await app.text(await app.get("timer")), /4:00/);
    await app.answer(/^No answer/);
    await app.picture("04-no-answer");
    const call = await app.unfinishedCall();
    assert.equal(call.ended_ms - call.began_ms, 4 * 60_000);
  });

  step("no call is promised for an hour at which nobody may ring them", async () => {
    await app.core("change_person", { id: rania, change: { zone: "Australia/Perth" } });
    await app.answer(/^It rang, and nobody answered/);
    await app.sees("What is next?");
    await app.press("t");
    await app.type("thu 10:30pm");
    await app.sees(/Then it is 20:30 on Thursday in Perth, outside 09:00 to 20:00. They may be rung from Friday 27 November, 11:00./);
    await app.isAccessible("a time at which nobody may ring");
    await app.picture("05-not-then");
    await app.press("Enter");
    await app.sees("What is next?");
    await app.press("Control+a");
    await app.type("thu after 3");
    await app.sees("Understood as Thursday 26 November, 15:00 to 17:00 (13:00 to 15:00 in Perth)");
    await app.picture("06-their-time");
    const call = await app.unfinishedCall();
    // From nine to eleven at night there; whoever asks past the window is refused as well.
    const time = { from: Date.parse("2026-11-26T21:00:00-10:00"), due: Date.parse("2026-11-26T23:00:00-10:00") };
    await app.core("change_person", { id: rania, change: { zone: "Pacific/Honolulu" } });
    const answered = app.core("answer_filing", { id: call.id, question: "next", answer: { time } });
    await assert.rejects(answered, ({ code }) => code === "invalid");
    await app.core("change_person", { id: rania, change: { zone: "Australia/Perth" } });
  });

  step("what was not filed waits on Today, and can be said never to have been", async () => {
    await app.kill();
    await app.reopen();
    const list = await app.get("list", "Calls to file");
    await app.sees("Rania Haddad", { within: list });
    await app.picture("07-to-file");
    await app.choose("button", "It was never made", { within: list });
    await app.get("alertdialog", "Was this call never made?");
    await app.isAccessible("a call that was never made");
    await app.choose("button", "It was never made", { within: await app.get("alertdialog") });
    await app.gone("list", "Calls to file");
    assert.equal((await touches()).length, 1);
  });
});
