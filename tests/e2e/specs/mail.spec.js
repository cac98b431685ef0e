// An e-mail of a plan from its blank to the mail server's box, one that is refused, and a letter on paper. In the real
// window, against a real mail server.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe } from "node:test";
import { fileURLToPath } from "node:url";

import { Desk } from "../harness/desk.js";
import { firstLine, until } from "../harness/processes.js";
import { story } from "../harness/steps.js";

const SERVER = join(dirname(fileURLToPath(import.meta.url)), "../../mail/server.py");

const writing = (key, channel, text, subject = "") => ({
  key,
  title: channel === "email" ? "Look forward to them" : "Thank them on paper",
  channel,
  words: channel === "email" ? "write that they are expected" : "thank them for coming",
  text,
  subject,
  who: { by: "keeper" },
  when: {
    base: key === "mail" ? "joining" : "previous",
    wait: { unit: "days", count: 1 },
  },
  within_days: 2,
  skip_when: [],
  question: "Whom do they want to meet?",
});

describe("mail", () => {
  const step = story();
  let desk;
  let app;
  let rania;
  let mary;
  let noor;
  let tom;
  let box;
  let servers = 0;

  const mailServer = async (...behaviour) => {
    servers += 1;
    box = join(desk.folder, `box-${servers}.jsonl`);
    const server = desk.processes.start(
      `mail-${servers}`,
      "/usr/bin/python3",
      ["-W", "ignore", SERVER, box, ...behaviour],
      { env: desk.env, stdio: ["pipe", "pipe", "pipe"] },
    );
    return Number(await firstLine(server.stdout, /^\d+$/));
  };
  const took = () =>
    existsSync(box)
      ? readFileSync(box, "utf8")
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : [];
  const serverAt = (port) => ({
    host: "localhost",
    port,
    security: "none",
    user_name: "",
    sender_name: "Northside Business Women",
    sender_address: "office@northside.example",
  });
  const runOf = async (person) => (await app.core("plans_of", { person }))[0];

  before(async () => {
    desk = await Desk.open("mail", {
      zone: "Australia/Brisbane",
      now: "2026-11-23T10:00:00+10:00",
    });
    app = await desk.startDemo({ people: 30 });
    await app.signIn(/Helen/);
    const helen = (await app.core("volunteers")).find(({ name }) => name.startsWith("Helen"));
    const plan = await app.core("save_plan", {
      id: null,
      template: {
        name: "By post and by e-mail",
        purpose: "to know them",
        for_whom: "whoever comes",
        leave_when: [],
        steps: [
          writing(
            "mail",
            "email",
            "Dear {{ person.given }},\n\nyou hoped for {{ facts.hopes_for }}. Ask for {{ ? whom should they ask for? }} at the door.\n\nKind regards,\n{{ caller.full }}",
            "We look forward to you, {{ person.given }}",
          ),
          writing("letter", "letter", "Dear {{ person.given }},\n\nthank you for coming.\n\n{{ caller.full }}"),
        ],
      },
    });
    const person = async (name, email) => {
      const id = await app.addPerson({ name, keeper: helen.id });
      for (const [kind, typed] of [
        ["email", email],
        ["post", "12 High Street\nBrisbane QLD 4000"],
      ]) {
        await app.core("add_reach", { person: id, reach: { kind, typed, label: "home" } });
      }
      await app.core("enter_plan", { entering: { plan, people: [id] } });
      return id;
    };
    rania = await person("Rania Farouk", "rania@example.com");
    mary = await person("Mary Webb", "mary@example.com");
    noor = await person("Noor Aziz", "noor@example.com");
    tom = await person("Tom Ashby", "tom@example.com");
  });
  after(() => desk?.close());

  step("a director sets the mail server up, and tries it", async () => {
    const port = await mailServer("--user", "office", "--password", "right-horse");
    await app.go("settings/mail");
    await app.get("heading", "E-mail", { level: 2 });
    await app.fill("Mail server", "localhost");
    await app.tabTo("button", /Encryption/);
    await app.press("Enter");
    await app.get("listbox");
    await app.type("None");
    await app.press("Enter");
    await app.gone("listbox");
    await app.fill("Port", String(port));
    await app.fill("Name to sign in with", "office");
    await app.fill("Password", "wrong-horse");
    await app.fill("The address that it comes from", "office@northside.example");
    await app.choose("button", "Send a test to myself");
    await app.sees("The user name or the password was not taken.");
    await app.looks("01-wrong-password");
    await app.fill("Password", "right-horse");
    await app.choose("button", "Send a test to myself");
    await app.sees("A test is on its way to office@northside.example.");
    assert.equal(took().length, 1);
    await app.choose("button", "Save");
    await app.sees("The mail server is saved.");
    await app.picture("02-mail-server");
  });

  step("an e-mail goes nowhere with a blank, and by the server without one", async () => {
    await app.go(`person/${rania}`);
    await app.get("article", "By post and by e-mail");
    await app.choose("button", "Write it");
    await app.get("dialog", "E-mail to Rania Farouk");
    await app.sees("2 blanks are left.");
    await app.looks("03-blanks");
    const promise = (await runOf(rania)).steps[0].promise;
    await assert.rejects(app.core("send_letter", { writing: { promise } }), { code: "refused", message: /still a blank/ });
    await app.fill(/hopes for\? ask/, "a mentor");
    await app.fill(/whom should they ask for\?/, "Joan");
    await app.sees("No blank is left.");
    await app.looks("04-filled");
    await app.choose("button", "Copy the words");
    await app.sees("The words are copied. Did you send them to Rania Farouk?");
    await app.choose("button", "Not yet");
    await app.choose("button", "Change the words");
    await app.keyboardAt("What is written");
    await app.press("Control+a", "Control+v");
    const pasted = /^We look forward to you, Rania\n\nDear Rania,\n\nyou hoped for a mentor\./;
    await app.until("what was copied", async () => pasted.test(await app.value("What is written")));
    await app.looks("04-own-words");
    await app.choose("button", "As the plan has it");
    await app.choose("button", "Open in the mail program");
    await app.sees("Did you send it to Rania Farouk?");
    const mailto = await until("the mail program to be asked", () => desk.opened()[0]);
    assert.match(mailto, /^mailto:rania@example\.com\?subject=We%20look%20forward%20to%20you%2C%20Rania&body=Dear%20Rania%2C%0D%0A/);
    assert.match(mailto, /Ask%20for%20Joan/);
    await app.choose("button", "Not yet");
    await app.choose("button", "Send");
    await app.sees("The e-mail to Rania Farouk is in the outbox.");
    await app.until("the e-mail in the server's box", async () => took().length === 2);
    const [, sent] = took();
    assert.deepEqual(sent.to, ["rania@example.com"]);
    assert.match(sent.message, /Ask for Joan at the door/);
    await app.until("the step to be done", async () => (await runOf(rania)).steps[0].state === "done");
    await app.sees("We sent an e-mail");
    await app.sees(/We look forward to you, Rania/);
    await app.sees("Hopes for: a mentor");
    await app.picture("05-on-the-timeline");
  });

  step("Today offers to write what is owed in writing, and Escape costs no word", async () => {
    await app.go(`today/${(await runOf(mary)).steps[0].promise}`);
    const brief = await app.get("article", "Mary Webb");
    await app.get("button", /^Write it/, { within: brief });
    await app.looks("06-today");
    await app.press("c");
    await app.get("dialog", "E-mail to Mary Webb");
    await app.keyboardAt(/hopes for\? ask/);
    await app.type("a job");
    assert.equal(await app.value(/hopes for\? ask/), "a job", "one types into the first blank at once");
    await app.press("Escape");
    await app.gone("dialog");
    await app.press("c");
    await app.get("dialog", "E-mail to Mary Webb");
    assert.equal(await app.value(/hopes for\? ask/), "a job");
    await app.press("Escape");
    await app.gone("dialog");
  });

  const send = async (person) => {
    const promise = (await runOf(person)).steps[0].promise;
    const blanks = [
      { field: "facts.hopes_for", question: "hopes for? ask", value: "a job" },
      { field: null, question: "whom should they ask for?", value: "Joan" },
    ];
    await app.core("send_letter", { writing: { promise, blanks } });
  };

  step("what the server refuses stays owed, and is looked after in the outbox", async () => {
    const port = await mailServer("--at", "rcpt", "--do", "550 5.7.1 we take nothing from you", "--times", "1");
    await app.core("save_mail_server", { server: serverAt(port), password: null });
    await send(mary);
    await app.sees("1 e-mail");
    await app.choose("link", /^Plans/);
    await app.choose("button", "1 e-mail needs somebody");
    await app.get("region", "Needs somebody");
    await app.sees("we take nothing from you");
    assert.equal((await runOf(mary)).steps[0].state, "open");
    await app.looks("07-outbox");
    await app.choose("button", "Send again");
    await app.sees("The e-mail to Mary Webb goes out again.");
    await app.until("the e-mail in the server's box", async () => took().length === 1);
    await app.get("region", "Gone lately");
    await app.until("the step to be done", async () => (await runOf(mary)).steps[0].state === "done");
  });

  step("what may have gone is asked of somebody, and goes no second time by itself", async () => {
    const port = await mailServer("--at", "end", "--do", "take-and-hang-up", "--times", "1");
    await app.core("save_mail_server", { server: serverAt(port), password: null });
    await send(noor);
    await app.go("plans/-/outbox");
    const group = await app.get("region", "Needs somebody");
    await app.sees("may have gone", { within: group });
    await app.sees("nobody knows whether this went", { within: group });
    assert.equal((await runOf(noor)).steps[0].state, "open");
    await app.looks("08-may-have-gone");
    await app.choose("button", "It went");
    await app.sees("The e-mail to Noor Aziz is written down, and the step is done.");
    assert.equal((await runOf(noor)).steps[0].state, "done");
    assert.equal(took().length, 1);
  });

  step("what finds no server waits, and says until when", async () => {
    await app.core("save_mail_server", { server: serverAt(1), password: null });
    await send(tom);
    await app.get("region", "Waits to go");
    await app.sees(/tried once, next/);
    await app.looks("09-waits");
    await app.choose("button", "Take it back");
    await app.sees("The e-mail to Tom Ashby does not go.");
  });

  step("one's own promises are kept in the calendar of this computer", async () => {
    await app.go("settings/calendar");
    await app.get("heading", "My calendar", { level: 2 });
    await app.looks("10-calendar");
    const file = join(desk.folder, "promises.ics");
    await app.answerFileDialog(file, {
      ask: () => app.choose("button", "Keep a file up to date"),
      isTaken: async () => existsSync(file),
    });
    await app.sees("promises.ics");
    await app.looks("11-calendar-kept");
    assert.match(readFileSync(file, "utf8"), /BEGIN:VCALENDAR/);
  });

  step("a letter is printed, and written down when it went", async () => {
    await app.go(`person/${rania}`);
    await app.choose("button", "Write it");
    await app.get("dialog", "Letter to Rania Farouk");
    await app.sees("thank you for coming");
    await app.looks("12-letter");
    const file = join(desk.folder, "letter.html");
    await app.answerFileDialog(file, {
      ask: () => app.choose("button", "Print"),
      isTaken: async () => existsSync(file),
    });
    const page = readFileSync(file, "utf8");
    await app.until("the page to be opened, to print it", () => desk.opened().includes(file));
    assert.match(page, /Rania Farouk\n12 High Street\nBrisbane QLD 4000<\/address>/);
    assert.match(page, /<time>23 November 2026<\/time>/);
    await app.sees("Did you send it to Rania Farouk?");
    await app.looks("13-asked");
    await app.choose("button", "It went");
    await app.sees("The letter to Rania Farouk is written down, and the step is done.");
    await app.sees("We sent a letter");
    assert.equal((await runOf(rania)).state, "finished");
    await app.press("Control+z");
    await app.sees(/Undone/);
    assert.equal((await runOf(rania)).steps[1].state, "open");
  });
});
