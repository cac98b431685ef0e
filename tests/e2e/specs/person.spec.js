// A person's page, by keyboard: what matters to them is said better where it stands, and what was answered is asked again.

import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

describe("a person's page", () => {
  const step = story();
  let desk;
  let app;

  before(async () => {
    desk = await Desk.open("person", { zone: "Australia/Sydney", now: "2026-11-23T11:00:00+11:00" });
    app = await desk.startDemo({ people: 400 });
    await app.signIn();
  });
  after(() => desk?.close());

  step("is found by typing a name", async () => {
    await app.press("/");
    await app.type("frances abbott");
    await app.press("Enter");
    await app.get("heading", "Frances Abbott");
    await app.sees("So far");
  });

  step("says better what matters, and from whom we know", async () => {
    await app.choose("button", /^Change What matters.*Plays the cello/);
    await app.press("End");
    await app.type(", and teaches it");
    await app.press("Enter");
    await app.sees("Plays the cello in a quartet, and teaches it");
    await app.choose("button", /on the phone/);
    await app.press("Control+a");
    await app.type("her sister");
    await app.press("Enter");
    await app.get("button", /her sister/);
    await app.isAccessible("a person's page");
    await app.press("Control+z");
    await app.get("button", /on the phone/);
  });

  step("lets an answered inquiry be asked again, once", async () => {
    await app.choose("button", "They ask again");
    await app.sees(/They wait again; a call is due/);
    await app.gone("button", "They ask again");
    await app.picture("asked-again");
    await app.choose("button", "Open");
    await app.get("article", "Frances Abbott");
  });
});
