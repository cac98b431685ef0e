import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { commands, events, type Capacity, type Entering, type RunView, type Template } from '../ipc/bindings';
import { createPlans, guestPlan } from '../ipc/mock';
import { setPeopleView, wholeView } from '../people/view';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';
import { dropDraft } from './draft';

/** The mock's own answer, and what it was asked. */
const spied = (answer: unknown) => vi.fn(answer as (args: unknown) => never);

beforeEach(() => {
  setPeopleView(wholeView);
  dropDraft('pl-guest');
  dropDraft('new:');
});

describe('plans', () => {
  it('are listed with for whom they are, their steps and how many are in them', async () => {
    renderApp('#/plans');
    expect(await screen.findByText('14 people are in a plan.')).toBeTruthy();
    const guest = await screen.findByRole('link', { name: /^Event guest/ });
    await waitFor(() => expect(guest.textContent).toContain('Someone who came to an event'));
    expect(guest.textContent).toMatch(/Look forward to them.*Thank them.*Have a coffee.*Invite them again/);
    expect(guest.textContent).toContain('12 people in it');
    expect(guest.textContent).toContain('1 on hold');
    expect(screen.getByRole('heading', { name: 'Retired: nobody enters them any more' })).toBeTruthy();
    await expectAccessible();
  });

  it('read as a column: when, what, by whom, what is asked and what they are passed over for', async () => {
    renderApp('#/plans/pl-guest');
    const steps = within(await screen.findByRole('list', { name: 'Steps' })).getAllByRole('listitem');
    expect(steps[0]!.textContent).toContain('2 business days before the event');
    expect(steps[1]!.textContent).toContain('Call · whoever keeps them · within 1 business day');
    expect(steps[1]!.textContent).toContain('Passed over when we spoke with them in the last 3 days');
    expect(steps[1]!.textContent).toContain('Whom did they meet?');
    expect(steps[2]!.textContent).toContain('3 business days after the step before is done');
    expect(steps[2]!.textContent).toContain('a director');
    await expectAccessible();
  });

  it('show who is in them and where each stands', async () => {
    const user = userEvent.setup();
    renderApp('#/plans/pl-guest');
    await user.click(await screen.findByRole('tab', { name: /People/ }));
    expect((await screen.findByRole('link', { name: /Rania Haddad/ })).textContent).toContain('Thank them');
    expect(screen.getByText('on hold until 4 December')).toBeTruthy();
    await expectAccessible();
  });

  it('move people to the newest version once what differs was shown', async () => {
    const user = userEvent.setup();
    const moveToNewestPlan = vi.fn(() => 3);
    renderApp('#/plans/pl-guest/versions', { moveToNewestPlan });
    const older = await screen.findByRole('region', { name: 'People in older versions' });
    expect(older.textContent).toContain('thank them for coming and ask how the evening was');
    expect(older.textContent).toContain('1 of them stands at a step that is no more');
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: 'Move 3 to the newest' }));
    expect(await screen.findByText('3 people are in the newest version now.')).toBeTruthy();
    expect(moveToNewestPlan).toHaveBeenCalledWith({ id: 'pl-guest' });
  });

  it('are entered by rule', async () => {
    const user = userEvent.setup();
    renderApp('#/plans/pl-guest/rules');
    expect(await screen.findByText('They are given the tag “guest”')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /What happens/ }));
    await user.click(await screen.findByRole('option', { name: 'Their standing becomes' }));
    await user.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByText('Their standing becomes Prospect')).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: 'No longer: They are given the tag “guest”' }));
    await waitFor(() => expect(screen.queryByText('They are given the tag “guest”')).toBeNull());
  });
});

describe('a plan that is written', () => {
  it('says what is wrong beside the step, and is saved as a new version', async () => {
    const user = userEvent.setup();
    const plans = createPlans();
    const savePlan = spied(plans.savePlan);
    renderApp('#/plans/pl-guest/edit', { ...plans, savePlan });
    await user.click(await screen.findByRole('button', { name: 'Add a step' }));
    const title = await screen.findByRole('textbox', { name: 'What it is called' });
    await waitFor(() => expect(document.activeElement).toBe(title));
    await user.type(title, 'Remember them');
    const alert = await screen.findByText(/say what is to be done/);
    expect(alert.closest('li')?.textContent).toContain('Remember them');
    await expectAccessible();
    await user.type(screen.getByRole('textbox', { name: 'What is to be done' }), 'send a card');
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Move “Remember them” up' }));
    await user.click(screen.getByRole('button', { name: 'Take out “Look forward to them”' }));
    await user.click(screen.getByRole('button', { name: /Save as a new version/ }));
    await waitFor(() => expect(window.location.hash).toBe('#/plans/pl-guest'));
    const saved = (savePlan.mock.calls[0] as unknown as [{ template: Template }])[0].template;
    expect(saved.steps.map((step) => step.title)).toEqual([
      'Thank them',
      'Have a coffee with them',
      'Remember them',
      'Invite them again',
    ]);
    // Whoever is in it is moved by the keys: they stay.
    expect(saved.steps[0]!.key).toBe(guestPlan.steps[1]!.key);
    expect(saved.steps[2]!.key).toMatch(/^step-/);
  });

  it('keeps what was typed while one looks elsewhere, and discards it only when told', async () => {
    const user = userEvent.setup();
    renderApp('#/plans/new');
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Neighbours');
    await user.click(screen.getByRole('link', { name: 'Plans' }));
    await screen.findByText('14 people are in a plan.');
    await user.click(screen.getByRole('button', { name: 'New plan' }));
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' })).value).toBe('Neighbours');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(window.location.hash).toBe('#/plans'));
  });

  it('is kept in the book at a pause of typing, and is there after a crash', async () => {
    const user = userEvent.setup();
    const plans = createPlans();
    const keepPlanDraft = spied(plans.keepPlanDraft);
    const discardPlanDraft = spied(plans.discardPlanDraft);
    const { unmount } = renderApp('#/plans/new', { ...plans, keepPlanDraft, discardPlanDraft });
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Neighbours');
    await waitFor(() => expect(keepPlanDraft).toHaveBeenCalled());
    const [{ of, text }] = keepPlanDraft.mock.lastCall as unknown as [{ of: string; text: string }];
    expect(of).toBe('new:');
    unmount();
    // The window knows nothing any more; the book does.
    dropDraft('new:');
    renderApp('#/plans/new', { ...plans, planDraft: (() => text) as never, discardPlanDraft });
    expect((await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' })).value).toBe('Neighbours');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(discardPlanDraft).toHaveBeenCalledWith({ of: 'new:' }));
  });
});

describe('entering', () => {
  it('shows who, who not and why, and what breaks; a press takes a remedy', async () => {
    const user = userEvent.setup();
    const plans = createPlans();
    const enterPlan = spied(plans.enterPlan);
    renderApp('#/plans/pl-guest', { ...plans, enterPlan });
    await user.click(await screen.findByRole('button', { name: 'Put people in' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: /Who/ }));
    await user.click((await screen.findAllByRole('option', { name: /^Everyone of/ }))[0]!);
    expect((await dialog.findByRole('status')).textContent).toBe('9 people enter. 2 stay out.');
    expect(dialog.getByText('Is in this plan already')).toBeTruthy();
    expect(
      await dialog.findByText('Helen Barrow would have 11 on Thursday 3 December, and takes on 6.'),
    ).toBeTruthy();
    await expectAccessible();
    await user.click(dialog.getByRole('button', { name: 'Spread them' }));
    expect(await dialog.findByText('Nobody has more on any day than they take on.')).toBeTruthy();
    await user.click(await dialog.findByRole('button', { name: 'Put 9 people in' }));
    expect(await screen.findByText('9 people are in “Event guest”.')).toBeTruthy();
    const [{ entering }] = enterPlan.mock.calls[0] as unknown as [{ entering: Entering }];
    expect(entering).toMatchObject({ plan: 'pl-guest', spread: true });
    expect(entering.list).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy();
  });

  it('takes a later beginning by a press, and lets one say who takes on more without losing what was chosen', async () => {
    const user = userEvent.setup();
    const plans = createPlans();
    const previewEntering = spied(plans.previewEntering);
    const setCapacities = spied(plans.setCapacities);
    renderApp('#/plans/pl-guest', { ...plans, previewEntering, setCapacities });
    await user.click(await screen.findByRole('button', { name: 'Put people in' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: /Who/ }));
    await user.click((await screen.findAllByRole('option', { name: /^Everyone of/ }))[0]!);
    await user.click(await dialog.findByRole('button', { name: 'Begin then' }));
    await waitFor(() => {
      const [{ entering }] = previewEntering.mock.lastCall as unknown as [{ entering: Entering }];
      expect(entering.start).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    });
    const takeOn = await dialog.findByRole('button', { name: 'Who takes on what' });
    await user.click(takeOn);
    const capacities = within(await screen.findByRole('dialog', { name: 'What each takes on' }));
    const limit = await capacities.findByRole<HTMLInputElement>('textbox', { name: /How much Helen Barrow/ });
    await waitFor(() => expect(document.activeElement).toBe(limit));
    expect(limit.value).toBe('6');
    await expectAccessible();
    await user.clear(limit);
    await user.type(limit, '12');
    await user.click(capacities.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(setCapacities).toHaveBeenCalledWith({
        capacities: [{ volunteer: 'v-helen', works_on: 31, daily_limit: 12 }],
      }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'What each takes on' })).toBeNull());
    // Where one was, with all that was chosen.
    await waitFor(() => expect(document.activeElement).toBe(takeOn));
    expect(dialog.getByRole('button', { name: 'Begin today' })).toBeTruthy();
    expect(dialog.getByRole('button', { name: /^Everyone of/ })).toBeTruthy();
    expect(window.location.hash).toBe('#/plans/pl-guest');
  });

  it('saves all of what each takes on at once, and types over a number that changed meanwhile', async () => {
    const user = userEvent.setup();
    const plans = createPlans();
    const setCapacities = spied(plans.setCapacities);
    renderApp('#/plans/pl-guest', { ...plans, setCapacities });
    await user.click(await screen.findByRole('button', { name: 'Put people in' }));
    await user.click(await screen.findByRole('button', { name: /Who/ }));
    await user.click((await screen.findAllByRole('option', { name: /^Everyone of/ }))[0]!);
    await user.click(await screen.findByRole('button', { name: 'Who takes on what' }));
    const capacities = within(await screen.findByRole('dialog', { name: 'What each takes on' }));
    const limit = await capacities.findByRole<HTMLInputElement>('textbox', { name: /How much Helen Barrow/ });
    await waitFor(() => expect(document.activeElement).toBe(limit));
    await commands.setCapacities([{ volunteer: 'v-helen', works_on: 31, daily_limit: 7 }]);
    await events.bookChanged.emit({ tables: ['capacity'] });
    await waitFor(() => expect(limit.value).toBe('7'));
    await user.keyboard('12');
    expect(limit.value).toBe('12');
    const others = capacities.getAllByRole<HTMLInputElement>('textbox').filter((each) => each !== limit);
    await user.clear(others[0]!);
    await user.type(others[0]!, '3');
    await user.click(capacities.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'What each takes on' })).toBeNull());
    const [{ capacities: saved }] = setCapacities.mock.lastCall as unknown as [{ capacities: Capacity[] }];
    expect(saved.map((each) => each.daily_limit)).toEqual([12, 3]);
    expect(screen.getByText(/and .* take on is saved/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy();
  });

  it('takes those who were chosen in People', async () => {
    const user = userEvent.setup();
    const plans = createPlans();
    const enterPlan = spied(plans.enterPlan);
    renderApp('#/people', { ...plans, enterPlan });
    await screen.findByText('10,000 people in the book.');
    await user.keyboard('xjx');
    await user.click(await screen.findByRole('button', { name: 'Put into a plan' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Put 2 people into a plan' }));
    await user.click(dialog.getByRole('button', { name: /Plan/ }));
    await user.click(await screen.findByRole('option', { name: 'Quiet member' }));
    await user.click(await dialog.findByRole('button', { name: 'Put 2 people in' }));
    await waitFor(() => expect(enterPlan).toHaveBeenCalled());
    const [{ entering }] = enterPlan.mock.calls[0] as unknown as [{ entering: Entering }];
    expect(entering).toMatchObject({ plan: 'pl-quiet', people: ['row-0', 'row-1'] });
    await waitFor(() => expect(screen.queryByText(/chosen/)).toBeNull());
  });
});

describe('the plans of a person', () => {
  const openRun = async () => within(await screen.findByRole('article', { name: 'Event guest' }));
  const menu = async (user: ReturnType<typeof userEvent.setup>, entry: RegExp) => {
    await user.click((await openRun()).getByRole('button', { name: 'More about “Event guest”' }));
    await user.click(await screen.findByRole('menuitem', { name: entry }));
  };

  it('are lines of what was done, passed over and is to come', async () => {
    renderApp('#/person/p-rania');
    const steps = (await openRun()).getAllByRole('listitem');
    expect(steps[0]!.textContent).toContain('passed over');
    expect(steps[0]!.textContent).toContain('Is a member now');
    expect(steps[1]!.getAttribute('aria-current')).toBe('step');
    expect(steps[1]!.textContent).toContain('Wednesday 9:00–17:00');
    expect(steps[2]!.textContent).toContain('30 November');
    expect(steps[3]!.textContent).toContain('to come, nobody knows when');
    await expectAccessible();
  });

  it('name the day on which a step begins and the one by which it is owed, as its moving does', async () => {
    const plans = createPlans();
    const plansOf = plans.plansOf as unknown as (of: { person: string }) => RunView[];
    const dueOn = (day: number) => (of: { person: string }) =>
      plansOf(of).map((run) => ({
        ...run,
        steps: run.steps.map((step) =>
          step.state === 'open' ? { ...step, due_ms: step.from_ms! + day * 86_400_000 } : step,
        ),
      }));
    renderApp('#/person/p-rania', { ...plans, plansOf: dueOn(2) as never });
    const steps = (await openRun()).getAllByRole('listitem');
    expect(steps[1]!.textContent).toContain('Wednesday to Friday 9:00');
  });

  it('are held until further notice with why, and go on', async () => {
    const user = userEvent.setup();
    const plans = createPlans();
    const holdPlan = spied(plans.holdPlan);
    const resumePlan = spied(plans.resumePlan);
    renderApp('#/person/p-rania', { ...plans, holdPlan, resumePlan });
    await menu(user, /Put on hold/);
    const dialog = within(await screen.findByRole('dialog', { name: 'Put “Event guest” on hold' }));
    await user.click(dialog.getByRole('checkbox', { name: 'Until further notice' }));
    await user.type(dialog.getByRole('textbox', { name: 'Why' }), 'her mother is ill');
    await expectAccessible();
    await user.click(dialog.getByRole('button', { name: 'Put on hold' }));
    expect(await screen.findByText('The plan is on hold. Its wait stands still.')).toBeTruthy();
    expect(holdPlan).toHaveBeenCalledWith({ id: 'en-rania', untilDay: null, why: 'her mother is ill' });
    // In the real app the shell says what changed.
    await events.bookChanged.emit({ tables: ['enrolment'] });
    expect(await (await openRun()).findByText(/her mother is ill/)).toBeTruthy();
    await user.click((await openRun()).getByRole('button', { name: 'Go on' }));
    await waitFor(() => expect(resumePlan).toHaveBeenCalledWith({ id: 'en-rania' }));
  });

  it('let a step be passed over, said to be known, and moved by the arrows', async () => {
    const user = userEvent.setup();
    const plans = createPlans();
    const movePlanStep = spied(plans.movePlanStep);
    const skipPlanStep = spied(plans.skipPlanStep);
    renderApp('#/person/p-rania', { ...plans, movePlanStep, skipPlanStep });
    await menu(user, /Move to another day/);
    const line = await screen.findByRole('slider', { name: 'Move to another day' });
    await waitFor(() => expect(document.activeElement).toBe(line));
    expect(line.getAttribute('aria-valuetext')).toContain('Wednesday 25 November');
    await expectAccessible();
    await user.keyboard('{ArrowRight}{ArrowRight}{Enter}');
    await waitFor(() => expect(movePlanStep).toHaveBeenCalledWith({ id: 'en-rania', toDay: '2026-11-27' }));
    expect(await screen.findByText('The step is on Friday 27 November now.')).toBeTruthy();
    await menu(user, /Pass over/);
    const why = await screen.findByRole('textbox', { name: 'Why' });
    await user.type(why, 'came by herself');
    await user.click(screen.getByRole('button', { name: 'Pass it over' }));
    await waitFor(() =>
      expect(skipPlanStep).toHaveBeenCalledWith({ id: 'en-rania', why: 'came by herself' }),
    );
  });

  it('say beside the days why one cannot be had', async () => {
    const user = userEvent.setup();
    renderApp('#/person/p-rania', {
      movePlanStep: () => {
        throw { code: 'invalid', message: '2026-11-28 is over, or we are closed then. Choose another day.' };
      },
    });
    await menu(user, /Move to another day/);
    await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('we are closed then');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('slider')).toBeNull());
    // It took back the moving, and led nowhere else.
    expect(window.location.hash).toBe('#/person/p-rania');
  });

  it('keep the days on which nothing suits them', async () => {
    const user = userEvent.setup();
    const setNeverOn = vi.fn(() => null);
    renderApp('#/person/p-rania', { setNeverOn });
    const days = within(await screen.findByRole('group', { name: 'Never on' }));
    await user.click(days.getByRole('button', { name: 'Monday' }));
    expect(setNeverOn).toHaveBeenCalledWith({ person: 'p-rania', days: 1 });
  });
});

describe('the forecast', () => {
  it('is a calendar that the arrows go through', async () => {
    const user = userEvent.setup();
    renderApp('#/plans/-/forecast');
    const today = await screen.findByRole('button', { name: /^Monday 23 November, 3 touches, takes on 10/ });
    expect(today.getAttribute('aria-pressed')).toBe('true');
    await expectAccessible();
    today.focus();
    await user.keyboard('{ArrowDown}{ArrowRight}');
    expect(document.activeElement?.textContent).toMatch(/^Tuesday 1 December/);
    expect(screen.getByRole('heading', { name: 'Tuesday 1 December' })).toBeTruthy();
  });

  it('lays anew what cannot stand, and lists those who were told', async () => {
    const user = userEvent.setup();
    const plans = createPlans();
    const replan = spied(plans.replan);
    renderApp('#/plans/-/forecast', { ...plans, replan });
    await user.click(await screen.findByRole('button', { name: 'Lay them anew' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Lay the steps anew' }));
    expect(dialog.getByRole('heading', { name: 'To ring first: 1 person' })).toBeTruthy();
    expect(dialog.getByText('Siobhan Kelly', { selector: '.font-name' })).toBeTruthy();
    expect(dialog.getByText('25 November')).toBeTruthy();
    await expectAccessible();
    await user.click(dialog.getByRole('button', { name: 'Move 2 steps' }));
    expect(await screen.findByText('2 steps were moved.')).toBeTruthy();
    expect(replan).toHaveBeenCalledWith({ stamp: 'stamp-1' });
  });
});

describe('who can when', () => {
  it('keeps what each takes on, leave and the days of a group', async () => {
    const user = userEvent.setup();
    const plans = createPlans();
    const setCapacities = spied(plans.setCapacities);
    const addGroupClosure = spied(plans.addGroupClosure);
    renderApp('#/settings/availability', { ...plans, setCapacities, addGroupClosure });
    const limit = await screen.findByRole('textbox', { name: 'How much Helen Barrow takes on in a day' });
    await expectAccessible();
    await user.clear(limit);
    await user.type(limit, '8');
    fireEvent.submit(limit.closest('form')!);
    await waitFor(() =>
      expect(setCapacities).toHaveBeenCalledWith({
        capacities: [{ volunteer: 'v-helen', works_on: 31, daily_limit: 8 }],
      }),
    );
    await user.type(screen.getByRole('textbox', { name: 'Tag' }), 'parents');
    await user.click(screen.getByRole('button', { name: 'Add' }));
    await waitFor(() =>
      expect(addGroupClosure).toHaveBeenCalledWith(expect.objectContaining({ tag: 'parents' })),
    );
  });
});
