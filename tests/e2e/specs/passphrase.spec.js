// A computer without a keyring, and a desktop that shows no buttons: the book is kept by a passphrase, and opened by it
// or by the recovery key; nothing that is wrong opens it, and nothing makes a new one in its place.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

const PASSPHRASE = "kettle harbour violet ladder";

describe("without a keyring", () => {
  const step = story();
  let desk;
  let app;
  let recoveryKey;

  before(async () => {
    desk = await Desk.open("passphrase", {
      keyring: false,
      notifications: "plain",
      screen: [900, 600],
      zone: "Europe/Dublin",
      now: "2026-11-02T09:30:00+00:00",
    });
  });
  after(() => desk?.close());

  step("a new book asks for a passphrase", async () => {
    app = await desk.start();
    await app.fill("Name of the association", "Harbour Professional Women");
    await app.press("Enter");
    await app.sees("When is somebody there?");
    await app.press("Enter");
    await app.fill("Your name", "Órla Ní Bhriain");
    await app.press("Enter");
    await app.sees("What shall we begin with?");
    await app.choose("button", /Make the book/);
    await app.sees("Choose a passphrase");
    await app.isAccessible("the choice of a passphrase");
    await app.fill("Passphrase", PASSPHRASE);
    await app.fill("Once more", `${PASSPHRASE}s`);
    await app.press("Enter");
    await app.sees("The two are not the same.");
    await app.fill("Once more", PASSPHRASE);
    await app.press("Enter");
    await app.sees("Print this key, and keep it safe");
    assert.deepEqual(await app.cutOff(), [], "the key fits at 900×600");
    recoveryKey = (await app.text()).match(/[0-9A-Z]{4}(?:\s*-?\s*[0-9A-Z]{4,5}){5,}/)[0].replace(/\s+/g, "-");
    await app.choose("checkbox", "I have printed it, or written it down");
    await app.choose("button", "Go on to the book");
    await app.sees("Nobody is waiting");
  });

  step("after a restart only the passphrase opens it", async () => {
    await app.kill();
    await app.reopen();
    await app.sees("The book is locked");
    await app.isAccessible("the locked book");
    await app.picture("locked");
    await app.fill("Passphrase", "kettle harbour violet");
    await app.press("Enter");
    await app.sees(/That is not this book.s passphrase/);
    await app.fill("Passphrase", PASSPHRASE);
    await app.press("Enter");
    await app.get("button", /Órla Ní Bhriain/);
  });

  step("or the recovery key, as it is printed", async () => {
    await app.quit();
    await app.reopen();
    await app.sees("The book is locked");
    await app.choose("button", "Use the recovery key");
    await app.fill("Recovery key", recoveryKey.toLowerCase());
    await app.press("Enter");
    await app.get("button", /Órla Ní Bhriain/);
  });

  step("the command line takes the passphrase from its environment, and refuses a wrong one", async () => {
    await app.quit();
    const right = { WELLMET_PASSPHRASE: PASSPHRASE };
    assert.equal((await desk.wellmetWith(right, "check", "--json")).ok, true);
    await assert.rejects(
      () => desk.wellmetWith({ WELLMET_PASSPHRASE: "kettle" }, "check", "--json"),
      ({ code, stdout }) => code === 1 && !stdout.includes("ok"),
      "exit code 1, and nothing on stdout that a script could take for an answer",
    );
  });
});
