// What a script asks and what it leaves on a machine, in the real window: an answer in their own words becomes a fact of
// the person, wishes decide what a machine hears, and whatever a name holds is words.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

/** Markup, quotes, a bird, and writing that runs the other way. */
const ODD = `<img src=x onerror="window.broken=1"> “'" 🦜 رانيا \u202e&amp;`;

describe("what a script asks, and what a machine hears", () => {
  const step = story();
  let desk;
  let app;
  let rania;

  before(async () => {
    desk = await Desk.open("call-script", { zone: "Australia/Brisbane", now: "2026-11-23T10:00:00+10:00" });
    app = await desk.startDemo({ people: 40 });
    await app.signIn();
  });
  after(() => desk?.close());

  async function someone(name, phone) {
    const id = await app.addPerson({ name, phone, standing: "inquirer", source: "voicemail" });
    await app.addMessage(id, "How to join");
    return { id, name, reach: (await app.core("person", { id })).reaches[0].id };
  }

  async function ring({ id, name }) {
    await app.go(`call/${id}/${(await app.openPromise(id)).id}`);
    await app.get("button", /Begin call/);
    await app.press("Enter");
    await app.get("timer");
    assert.match(await app.text(await app.get("heading", undefined, { level: 1 })), new RegExp(name.slice(0, 4)));
  }

  const isTyping = async () => (await app.run(() => document.activeElement?.localName)) === "input";

  step("they say what they hope for, in their own words, and it is noted", async () => {
    rania = await someone("Rania Haddad", "0412 555 016");
    await ring(rania);
    await app.answer(/They are$/);
    await app.answer(/Yes, go ahead/);
    await app.sees(/what do you hope for/);
    await app.until("the field to be ready for the words", isTyping);
    await app.isAccessible("a free answer");
    await app.type("a mentor who exports, 2 or 3 evenings a year");
    await app.picture("01-free-answer");
  });

  step("a power cut in the middle of it loses no word", async () => {
    await app.until("the book to have the words", async () => (await app.unfinishedCall()).begun_answer?.words.endsWith("a year"));
    await app.kill();
    await app.reopen();
    await app.signIn();
    await app.choose("button", "Go on with it", { within: await app.get("list", "Calls to file") });
    await app.sees(/what do you hope for/);
    assert.equal(await app.value("They say"), "a mentor who exports, 2 or 3 evenings a year");
    await app.until("the field to be ready for the words", isTyping);
    await app.press("Enter");
    await app.sees("Thank you, that helps me.");
    const noted = await app.get("region", "Will be noted");
    await app.sees("Hopes for: a mentor who exports, 2 or 3 evenings a year", { within: noted });
    assert.equal(await isTyping(), false, "the keys are the call's again");
    await app.picture("02-noted");
  });

  step("more is noted, and one of it is taken back by key", async () => {
    await app.answer(/They would rather read first/);
    await app.until("the field", isTyping);
    await app.type("rania at haddad");
    await app.press("Enter");
    await app.sees(/not an e-mail address/);
    await app.isAccessible("an address that is none");
    await app.press("Control+a");
    await app.type("rania@haddad.example");
    await app.press("Enter");
    await app.sees("may we write to you now and then");
    await app.pause(300);
    await app.press("1");
    await app.sees("May be written to by e-mail");
    await app.isAccessible("what will be noted");
    await app.picture("03-more-noted");
    await app.press("Delete");
    await app.until("the consent to be gone", async () => !(await app.text()).includes("May be written to"));
    await app.resize(900, 600);
    assert.deepEqual(await app.cutOff(), [], "it fits at 900×600");
    await app.picture("04-noted-small");
    await app.resize(1280, 800);
  });

  step("once it is filed, it stands with her", async () => {
    assert.deepEqual((await app.core("person", { id: rania.id })).facts, [], "nothing is set before");
    await app.press("e");
    await file();
    await app.go(`person/${rania.id}`);
    await app.sees("Hopes for: a mentor who exports, 2 or 3 evenings a year");
    await app.sees("rania@haddad.example");
    const { consents } = await app.core("person", { id: rania.id });
    assert.ok(consents.every(({ channel }) => channel !== "email"), "what was taken back is not kept");
    await app.picture("06-her-facts");
  });

  /** We spoke, and what the script promised stands first among what could be next. */
  async function file() {
    await app.sayWeSpoke();
    await app.get("button", /^Write what they asked for/);
    await app.picture("05-proposed");
    await app.answer(/^Write what they asked for/);
    await app.choose("button", /File the call/);
    await app.sees(/Filed. Next: Write what they asked for/);
  }

  step("a machine hears what its owner wishes, and no more", async () => {
    const priya = await someone("Priya Nair", "0412 555 777");
    const wishes = [
      ["yes_and_name_us", /may say who we are/, /returning your call/, true],
      ["yes_without_name", /must not say who we are/, /with a message for/, false],
      ["unknown", /Nobody has asked them yet/, /with a message for/, false],
      ["no", /They want no messages/, /Leave no message/, false],
    ];
    const association = (await app.core("standards", {})).association.name;
    for (const [voicemail, told, said, names] of wishes) {
      await app.core("change_reach", { person: priya.id, id: priya.reach, change: { voicemail } });
      await ring(priya);
      await app.press("m");
      await app.sees(told);
      await app.sees(said);
      const script = await app.get("region", /^Script:/);
      const words = await app.text(script);
      assert.equal(words.includes(association), names, `${voicemail}: ${words}`);
      await app.isAccessible(`a machine, ${voicemail}`);
      await app.picture(`07-machine-${voicemail}`);
      // Somebody picks up after all.
      await app.press("Backspace");
      await app.get("button", /They are$/);
      await app.takeCallBack();
    }
  });

  step("whatever a name holds is words", async () => {
    const odd = await someone(ODD, "0412 555 888");
    const long = await someone(`Wilhelmina ${"w".repeat(10_000)}`, "0412 555 999");
    for (const [who, name] of [
      [odd, "odd"],
      [long, "long"],
    ]) {
      await ring(who);
      const said = await app.text(await app.get("region", /^Script:/));
      assert.ok(said.includes(who.name.slice(0, 40)), `${name}: ${said.slice(0, 200)}`);
      assert.deepEqual(await app.run(() => [document.querySelector("img[src=x]"), "broken" in window]), [null, false]);
      assert.deepEqual(await app.cutOff(), [], `${name}: nothing runs out of the window`);
      await app.picture(`08-value-${name}`);
      await app.takeCallBack();
    }
  });
});
