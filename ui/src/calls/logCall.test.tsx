import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Call, Candidate } from '../ipc/bindings';
import { mockNow, type Handlers } from '../ipc/mock';
import { brief, candidates } from '../ipc/mock/calls';
import { call as begun, createDesk } from '../ipc/mock/desk';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';

let calls = 0;
const newCall = (): Call => ({
  ...begun,
  id: `logged-${++calls}`,
  began_ms: mockNow - 20 * 60_000,
  ended_ms: mockNow - 10 * 60_000,
});
let call = newCall();
beforeEach(() => {
  call = newCall();
});
const press = (key: string, init: KeyboardEventInit = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...init });

function app(hash: string, changed: Handlers = {}) {
  const began: unknown[] = [];
  renderApp(hash, {
    ...createDesk(call),
    beginCall: ({ begin }: { begin: unknown }) => {
      began.push(begin);
      call = { ...call, logged: true };
      return call;
    },
    call: () => call,
    ...changed,
  });
  return began;
}

describe('a call that was made already', () => {
  it('is written down from Today by one key, about what is owed, and its questions follow', async () => {
    const user = userEvent.setup();
    const began = app('#/today/o-rania');
    await screen.findByRole('button', { name: 'I rang them already' });
    press('r');
    const dialog = await screen.findByRole('dialog', { name: 'Write down a call that was made' });
    expect(await within(dialog).findByText('Rania Haddad')).toBeTruthy();
    await within(dialog).findByRole('button', { name: /Say what came of it/ });
    await expectAccessible();
    await user.click(within(dialog).getByRole('button', { name: 'An hour ago' }));
    const minutes = within(dialog).getByRole('textbox', { name: 'Minutes' });
    await user.clear(minutes);
    await user.type(minutes, '12{Enter}');
    await screen.findByText('Did you reach them?');
    expect(began[0]).toMatchObject({
      person: 'p-rania',
      promise: 'o-rania',
      reach: brief.reaches[0]!.id,
      inbound: false,
      logged: { minutes: 12 },
    });
    const { logged } = began[0] as { logged: { began_ms: number } };
    expect(Math.abs(logged.began_ms - (mockNow - 3_600_000))).toBeLessThan(120_000);
    // Nothing is said any more, and nothing can be dialled.
    expect(screen.getByText('Written down afterwards')).toBeTruthy();
    expect(screen.queryByText('Yes, go ahead')).toBeNull();
    await expectAccessible();
  });

  it('is found by name from the palette, with whoever is meant', async () => {
    const user = userEvent.setup();
    app('#/people');
    await screen.findByRole('navigation', { name: 'Places' });
    press('r');
    const dialog = await screen.findByRole('dialog', { name: 'Write down a call that was made' });
    await user.type(within(dialog).getByRole('textbox', { name: 'Who was it with?' }), 'rania');
    const found = await within(dialog).findAllByRole('button', { name: /Rania/ });
    await expectAccessible();
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(found[0]);
    await user.keyboard('{Enter}');
    await within(dialog).findByRole('button', { name: /Say what came of it/ });
    await user.click(within(dialog).getByRole('button', { name: 'Not them' }));
    await within(dialog).findByRole('textbox', { name: 'Who was it with?' });
  });

  it('is with whom was typed, also where Enter comes before the answer', async () => {
    const user = userEvent.setup();
    let answer = () => {};
    const unasked = answer;
    const who = (person: Candidate['person']) => [{ ...candidates[0]!, person }];
    app('#/people', {
      candidates: ({ typed }: { typed: string }) =>
        typed === 'rania had'
          ? who(call.person)
          : (new Promise((resolve) => (answer = () => resolve(who(brief.others[0]!.person)))) as never),
    });
    await screen.findByRole('navigation', { name: 'Places' });
    press('r');
    const dialog = await screen.findByRole('dialog', { name: 'Write down a call that was made' });
    const field = within(dialog).getByRole('textbox', { name: 'Who was it with?' });
    fireEvent.change(field, { target: { value: 'rania had' } });
    await within(dialog).findByRole('button', { name: /Rania Haddad/ });
    await user.type(field, 'id{Enter}');
    expect(within(dialog).queryByRole('button', { name: 'Not them' })).toBeNull();
    await waitFor(() => expect(answer).not.toBe(unasked));
    answer();
    await within(dialog).findByRole('button', { name: 'Not them' });
    expect(within(dialog).getByText('Rania Hadid')).toBeTruthy();
  });

  it('says that nobody is found once the book has answered, and not before', async () => {
    const user = userEvent.setup();
    let answer = () => {};
    app('#/people', {
      candidates: () => new Promise((resolve) => (answer = () => resolve([]))) as never,
    });
    await screen.findByRole('navigation', { name: 'Places' });
    press('r');
    const dialog = await screen.findByRole('dialog', { name: 'Write down a call that was made' });
    const unasked = answer;
    await user.type(within(dialog).getByRole('textbox', { name: 'Who was it with?' }), 'nobody');
    await waitFor(() => expect(answer).not.toBe(unasked));
    expect(within(dialog).queryByText(/Nobody in the book/)).toBeNull();
    answer();
    expect(await within(dialog).findByText('Nobody in the book answers to that.')).toBeTruthy();
  });

  it('says that they are not to be called, and can be written down all the same', async () => {
    const user = userEvent.setup();
    const began = app('#/today/o-rania', {
      brief: () => ({
        ...brief,
        not_now: { why: 'Asked not to be called.', from_ms: null, place: null },
      }),
    });
    await screen.findByRole('button', { name: 'I rang them already' });
    press('r');
    const dialog = await screen.findByRole('dialog', { name: 'Write down a call that was made' });
    expect(await within(dialog).findByText(/Asked not to be called/)).toBeTruthy();
    await user.click(within(dialog).getByRole('button', { name: 'They rang us' }));
    await user.click(within(dialog).getByRole('button', { name: /Say what came of it/ }));
    await waitFor(() => expect(began[0]).toMatchObject({ inbound: true }));
  });

  it('says what is missing where nobody said why we rang', async () => {
    const user = userEvent.setup();
    const began = app('#/today/o-rania', {
      brief: () => ({ ...brief, promise: null }),
      promisesOf: () => [],
    });
    await screen.findByRole('button', { name: 'I rang them already' });
    press('r');
    const dialog = await screen.findByRole('dialog', { name: 'Write down a call that was made' });
    const reason = await within(dialog).findByRole('textbox', { name: 'Why did you ring?' });
    await user.type(reason, '{Enter}');
    expect(await within(dialog).findByText(/Write why you rang/)).toBeTruthy();
    expect(document.activeElement).toBe(reason);
    expect(began).toEqual([]);
    await user.type(reason, 'To ask how the move went{Enter}');
    await waitFor(() => expect(began[0]).toMatchObject({ reason: 'To ask how the move went' }));
  });

  it('wants whole minutes, and says what the core refused', async () => {
    const user = userEvent.setup();
    app('#/today/o-rania', {
      beginCall: () => {
        throw { code: 'invalid', message: 'That call would not be over yet.' };
      },
    });
    await screen.findByRole('button', { name: 'I rang them already' });
    press('r');
    const dialog = await screen.findByRole('dialog', { name: 'Write down a call that was made' });
    const minutes = await within(dialog).findByRole('textbox', { name: 'Minutes' });
    await user.clear(minutes);
    await user.type(minutes, 'five');
    expect(await within(dialog).findByText(/Write whole minutes/)).toBeTruthy();
    await user.clear(minutes);
    await user.type(minutes, '90{Enter}');
    expect((await within(dialog).findByRole('alert')).textContent).toBe('That call would not be over yet.');
  });
});

describe('the timer', () => {
  it('is put right: when it began, and how long it was', async () => {
    const user = userEvent.setup();
    const asked: unknown[] = [];
    app(`#/call/p-rania/o-rania/${call.id}`, {
      setCallTimes: (args: unknown) => {
        asked.push(args);
        return null;
      },
    });
    expect((await screen.findByRole('timer')).textContent).toBe('10:00');
    press('T', { shiftKey: true });
    const dialog = await screen.findByRole('dialog', { name: 'Put the time right' });
    await expectAccessible();
    const minutes = within(dialog).getByRole('textbox', { name: 'Minutes' });
    await user.clear(minutes);
    await user.type(minutes, '4{Enter}');
    await waitFor(() => expect(screen.getByRole('timer').textContent).toBe('4:00'));
    expect(asked).toEqual([{ id: call.id, beganMs: call.began_ms, endedMs: call.began_ms + 4 * 60_000 }]);
  });

  /** The form behind the timer of a call that is over, and what the core was asked. */
  async function form(setCallTimes: () => null = () => null) {
    const user = userEvent.setup();
    const asked: unknown[] = [];
    app(`#/call/p-rania/o-rania/${call.id}`, {
      setCallTimes: (args: unknown) => {
        asked.push(args);
        return setCallTimes();
      },
    });
    await screen.findByText('Did you reach them?');
    await user.click(screen.getByRole('button', { name: 'Put the time right' }));
    return { user, asked, dialog: await screen.findByRole('dialog', { name: 'Put the time right' }) };
  }

  it('is put right by Enter from the day, too', async () => {
    const { asked, dialog } = await form();
    fireEvent.keyDown(within(dialog).getByRole('spinbutton', { name: /^minute, It began/ }), {
      key: 'Enter',
    });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked).toEqual([{ id: call.id, beganMs: call.began_ms, endedMs: call.ended_ms }]);
  });

  it('takes the keyboard to its minutes where somebody says that it is over', async () => {
    const user = userEvent.setup();
    call = { ...call, ended_ms: null };
    app(`#/call/p-rania/o-rania/${call.id}`);
    await screen.findByRole('button', { name: /End and file/ });
    press('T', { shiftKey: true });
    const dialog = await screen.findByRole('dialog', { name: 'Put the time right' });
    within(dialog).getByRole('button', { name: 'It is over already' }).focus();
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(within(dialog).getByRole('textbox', { name: 'Minutes' }));
  });

  it('goes on again where the call was ended too soon', async () => {
    const { user, asked, dialog } = await form();
    await user.click(within(dialog).getByRole('button', { name: 'It still goes on' }));
    await screen.findByRole('button', { name: /End and file/ });
    expect(asked).toEqual([{ id: call.id, beganMs: call.began_ms, endedMs: null }]);
  });

  it('says why a time cannot be', async () => {
    const { user, dialog } = await form(() => {
      throw { code: 'invalid', message: 'That call would end before it begins.' };
    });
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect((await within(dialog).findByRole('alert')).textContent).toMatch(/before it begins/);
  });
});

describe('calls to file', () => {
  it('can be gone on with, filed, or taken out as never made', async () => {
    const user = userEvent.setup();
    let open = [
      { id: 'c-1', person: call.person, began_ms: mockNow - 3_600_000, by: 'Helen Barrow', ended: false },
      { id: 'c-2', person: brief.others[0]!.person, began_ms: mockNow, by: 'Moana Ota', ended: true },
    ];
    const denied: unknown[] = [];
    app('#/today', {
      unfinishedCalls: () => open,
      callNeverMade: (args: { id: string }) => {
        denied.push(args);
        open = open.filter((each) => each.id !== args.id);
        return null;
      },
    });
    const list = await screen.findByRole('list', { name: 'Calls to file' });
    const [first, second] = within(list).getAllByRole('listitem');
    expect(within(first!).getByRole('button', { name: 'Go on with it' })).toBeTruthy();
    expect(within(second!).getByRole('button', { name: 'Say what came of it' })).toBeTruthy();
    await expectAccessible();
    await user.click(within(second!).getByRole('button', { name: 'It was never made' }));
    const sure = await screen.findByRole('alertdialog', { name: 'Was this call never made?' });
    await user.click(within(sure).getByRole('button', { name: 'It was never made' }));
    await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(1));
    expect(denied).toEqual([{ id: 'c-2' }]);
  });
});
