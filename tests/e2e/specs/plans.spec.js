// A plan from its first word to the fortnight in which nobody can follow it: built, entered by fifty, foreseen and eased,
// held, moved, and laid anew. In the real window.

import assert from "node:assert/strict";
import { after, before, describe } from "node:test";

import { Desk } from "../harness/desk.js";
import { story } from "../harness/steps.js";

describe("plans", () => {
  const step = story();
  let desk;
  let app;
  let helen;
  let plan;

  before(async () => {
    desk = await Desk.open("plans", {
      zone: "Australia/Brisbane",
      now: "2026-11-23T10:00:00+10:00",
    });
    app = await desk.startDemo({ people: 60 });
    await app.signIn(/Helen/);
    helen = (await app.core("volunteers")).find(({ name }) => name.startsWith("Helen"));
    const guests = [];
    for (let n = 1; n <= 50; n++) {
      guests.push(
        await app.addPerson({
          name: `Guest ${String(n).padStart(2, "0")}`,
          keeper: helen.id,
        }),
      );
    }
    await app.core("tag_people", { people: guests, name: "breakfast guest" });
    await app.core("save_view", {
      name: "Breakfast guests",
      query: { tag: "breakfast guest" },
    });
  });
  after(() => desk?.close());

  const runsOf = (person) => app.core("plans_of", { person });
  const guestNamed = async (whom) => {
    const { rows } = await app.core("first_people", {
      query: { words: whom },
      limit: 5,
    });
    return rows.find(({ name }) => name === whom).id;
  };
  const chooseOption = async (label, option) => {
    await app.choose("button", label);
    await app.get("listbox");
    await app.type(option);
    await app.press("Enter");
    await app.gone("listbox");
  };

  step("the plans that come with the app are read as sequences", async () => {
    await app.choose("link", "Plans");
    await app.sees("Someone who came to an event and is no member.");
    await app.looks("01-plans");
  });

  step("a director builds one; what is wrong stands beside the step", async () => {
    await app.choose("button", "New plan");
    await app.get("heading", "A new plan");
    await app.fill("Name", "After the breakfast");
    await app.fill("For whom", "Whoever came to the breakfast as a guest");
    await app.fill("What it is called", "Thank them");
    await app.sees("say what is to be done");
    await app.looks("02-wrong");
    await app.fill("What is to be done", "thank them for coming");
    await app.until("the book to have the words", async () =>
      /thank them for coming/.test((await app.core("plan_draft", { of: "new:" })) ?? "") || undefined,
    );
    await app.kill();
    await app.reopen();
    await app.signIn(/Helen/);
    await app.go("plans/new");
    await app.get("heading", "A new plan");
    assert.equal(await app.value("Name"), "After the breakfast", "a power cut cost no word");
    await app.choose("button", "Add a step");
    await app.type("Ask what they found");
    await app.fill("What is to be done", "ask what they found, and whom they would like to meet");
    // A step is put elsewhere by the keys, and keeps the keyboard while it is.
    const order = () =>
      app.run(() => {
        const steps = [...document.querySelectorAll("[data-step]")];
        const title = (step) => step.querySelector("bdi").innerText + (step.contains(document.activeElement) ? " (here)" : "");
        return steps.map(title).join(", ");
      });
    const up = "Ask what they found (here), Thank them";
    const down = "Thank them, Ask what they found (here)";
    for (const [key, is] of [
      ["Alt+ArrowUp", up],
      ["Alt+ArrowDown", down],
      ["Alt+ArrowUp", up],
      ["Alt+ArrowDown", down],
    ]) {
      await app.press(key);
      await app.until(`the steps to be ${is}`, async () => (await order()) === is);
    }
    await app.looks("03-written");
    await app.press("Control+s");
    await app.sees("“After the breakfast” is there.");
    await app.sees("5 business days after the step before is done");
    await app.looks("03-plan");
    plan = (await app.core("plan_list")).find(({ name }) => name === "After the breakfast").id;
    for (const [view, tab] of [
      ["people", /^People/],
      ["rules", /^Who enters/],
      ["versions", /^Versions/],
    ]) {
      await app.go(`plans/${plan}/${view}`);
      await app.get("tab", tab, { selected: true });
      await app.looks(`03-plan-${view}`);
    }
  });

  step("Helen takes on six a day", async () => {
    await app.go("settings/availability");
    await app.fill(/How much Helen/, "6");
    await app.press("Enter");
    await app.sees(/What Helen.* takes on is saved/);
    await app.looks("04-who-can-when");
  });

  step("fifty of a view enter; the day that breaks is seen before, and a press eases it", async () => {
    await app.go(`plans/${plan}`);
    await app.get("heading", "After the breakfast", { level: 1 });
    await app.press("a");
    const dialog = await app.get("dialog");
    await chooseOption(/^People, one by one/, "Everyone of “B");
    await app.sees("50 people enter.", { within: dialog });
    await app.sees(/Helen.* would have \d+ on .*, and takes on 6/, {
      within: dialog,
    });
    await app.looks("05-breaks");
    // Who takes on what is looked at there, and nothing that was chosen is lost.
    await app.choose("button", "Who takes on what");
    await app.get("dialog", "What each takes on");
    const limits = async () => (await app.core("availability")).capacities.map((each) => each.daily_limit);
    assert.deepEqual(await limits(), [6]);
    await app.looks("05-who-takes-on-what");
    await app.type("7");
    await app.press("Enter");
    await app.gone("dialog", "What each takes on");
    await app.sees(/and takes on 7/, { within: dialog });
    await app.get("button", /^Everyone of “Breakfast guests”/, { within: dialog });
    await app.keyboardAt("Who takes on what");
    await app.press("Enter");
    await app.get("dialog", "What each takes on");
    // Another says so meanwhile: what one types stands in its place all the same.
    assert.deepEqual(await limits(), [7]);
    const capacity = { volunteer: helen.id, works_on: 127, daily_limit: 9 };
    await app.core("set_capacities", { capacities: [capacity] });
    await app.until("the number of the other", async () => (await app.value(/How much Helen/)) === "9");
    await app.type("6");
    await app.press("Enter");
    await app.gone("dialog", "What each takes on");
    assert.deepEqual(await limits(), [6]);
    await app.sees(/and takes on 6/, { within: dialog });
    await app.choose("button", "Spread them");
    await app.sees(/begin later than they would/, { within: dialog });
    await app.until("the forecast of it", async () => !/would have 51/.test(await app.text(dialog)));
    await app.looks("06-mended");
    const { first_over } = await app.core("forecast", {
      ask: {
        entering: { plan, list: { tag: "breakfast guest" }, spread: true },
      },
    });
    const unspread = await app.core("forecast", {
      ask: { entering: { plan, list: { tag: "breakfast guest" } } },
    });
    assert.ok(unspread.first_over, "without spreading, a day breaks");
    assert.notDeepEqual(first_over, unspread.first_over);
    await app.choose("button", "Put 50 people in");
    await app.sees("50 people are in “After the breakfast”.");
    // Every later step keeps within six a day too; what is more was owed before.
    const after = await app.core("forecast", { ask: { entering: null } });
    const place = after.keepers.findIndex(({ id }) => id === helen.id);
    const added = after.days.filter(({ by }) => by[place] > 6).map(({ day }) => day);
    assert.deepEqual(added, [], "nobody has more than they take on");
    assert.equal((await app.core("people_in_plan", { id: plan })).length, 50);
  });

  step("one is held until further notice, and goes on", async () => {
    const guest = await guestNamed("Guest 01");
    await app.go(`person/${guest}`);
    await app.get("article", "After the breakfast");
    await app.looks("07-run");
    await app.choose("button", "More about “After the breakfast”");
    await app.get("menu");
    await app.type("Put on hold");
    await app.press("Enter");
    await app.get("dialog", "Put “After the breakfast” on hold");
    await app.keyboardAt(/Why/);
    await app.fill("Why", "is on a journey");
    await app.tabTo("checkbox", "Until further notice");
    await app.looks("07-hold");
    await app.press("Space");
    await app.isAccessible("a hold");
    await app.choose("button", "Put on hold");
    await app.sees("On hold until further notice");
    assert.equal((await runsOf(guest))[0].state, "held");
    await app.looks("08-held");
    await app.choose("button", "Go on");
    await app.sees("The plan goes on.");
    assert.equal((await runsOf(guest))[0].state, "running");
  });

  step("its step is moved to another day by the arrows", async () => {
    const guest = await guestNamed("Guest 01");
    await app.choose("button", "More about “After the breakfast”");
    await app.get("menu");
    await app.type("Move to");
    await app.press("Enter");
    await app.get("slider", "Move to another day");
    const before = (await runsOf(guest))[0].steps[0].from_ms;
    await app.looks("09-move");
    await app.press("PageUp", "Enter");
    await app.sees(/The step is on /);
    const [{ from_ms: after, due_ms: due }] = (await runsOf(guest))[0].steps;
    assert.equal(Math.round((after - before) / 86_400_000), 7);
    // The line says of it what the word on moving it says.
    const day = (ms) => new Date(ms).toLocaleDateString("en-GB", { timeZone: "Australia/Brisbane", day: "numeric", month: "long" });
    assert.notEqual(day(after), day(due), "it may be done over several days");
    await app.sees(`${day(after)} to ${day(due)}`, { within: await app.get("article", "After the breakfast") });
    await app.keyboardAt("More about “After the breakfast”");
    for (const [entry, title] of [
      ["Pass over", /^Pass over/],
      ["Take them", /^Take them out/],
    ]) {
      await app.press("Enter");
      await app.get("menu");
      await app.type(entry);
      await app.press("Enter");
      await app.get("dialog", title);
      await app.looks(`09-${entry.split(" ")[0].toLowerCase()}`);
      await app.press("Escape");
      await app.gone("dialog");
      await app.keyboardAt("More about “After the breakfast”");
    }
  });

  step("a conversation outside the plan makes the step that was near pointless, and says so", async () => {
    const guest = await guestNamed("Guest 02");
    const [begun] = await runsOf(guest);
    await app.core("keep_promise", { id: begun.steps[0].promise });
    desk.setClock("2026-11-30T10:00:00+10:00");
    // The window goes by the clock of the core, which Today tells it.
    await app.go("today");
    await app.reload();
    await app.sees("Monday 30 November");
    await app.get("navigation", "Places");
    const [before] = await runsOf(guest);
    assert.equal(before.steps[1].state, "open", "the next step is owed now");
    await app.addMessage(guest, "where does one park?");
    await app.go(`person/${guest}`);
    await app.get("heading", "Guest 02", { level: 1 });
    await app.press("r");
    const dialog = await app.get("dialog", "Write down a call that was made");
    await app.sees("Guest 02", { within: dialog });
    await app.choose("button", "An hour ago", { within: dialog });
    await app.fill("Minutes", "12");
    await app.press("Enter");
    await app.sees("Did you reach them?");
    await app.sayWeSpoke();
    await app.promiseToWrite("Send the programme");
    await app.choose("button", /File the call/);
    await app.sees(/Filed/);
    await app.until("the plan to hear of it", async () => {
      const [run] = await runsOf(guest);
      return JSON.stringify(run.steps[1]) !== JSON.stringify(before.steps[1]);
    });
    const [run] = await runsOf(guest);
    assert.equal(run.steps[1].state, "done");
    assert.ok(run.steps[1].why, "it says what became of the step, and why");
    await app.go(`person/${guest}`);
    await app.choose("button", "Show 1 plan that is over");
    await app.get("article", "After the breakfast");
    await app.sees(run.steps[1].why);
    await app.looks("12-spoken-with");
  });

  step("a fortnight's leave: before and after are shown, it is laid anew, and taken back", async () => {
    await app.core("add_leave", {
      volunteer: helen.id,
      fromDay: "2026-11-30",
      toDay: "2026-12-11",
    });
    await app.go("plans/-/forecast");
    await app.sees(/cannot stand where/);
    await app.looks("10-forecast");
    await app.choose("button", "Lay them anew");
    await app.get("dialog", "Lay the steps anew");
    await app.looks("11-before-and-after");
    const shown = await app.core("preview_replan");
    assert.ok(shown.move_count > 0);
    await app.choose("button", new RegExp(`^Move ${shown.move_count} steps?$`));
    await app.sees(/steps? (was|were) moved/);
    assert.equal((await app.core("preview_replan")).move_count, 0);
    await app.press("Control+z");
    await app.sees(/Undone/);
    assert.equal((await app.core("preview_replan")).move_count, shown.move_count);
  });
});
