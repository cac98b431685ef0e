import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Call, TimeToRing } from '../ipc/bindings';
import { mockNow, type Handlers } from '../ipc/mock';
import { call as begun, createDesk } from '../ipc/mock/desk';
import { createFiling } from '../ipc/mock/filing';
import { raniaPromise } from '../ipc/mock/promises';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';
import { bounceMs } from './pressGuard';

let calls = 0;
/** Each test files a call of its own, that has just ended. */
const newCall = (): Call => ({
  ...begun,
  id: `wizard-${++calls}`,
  began_ms: mockNow - 134_000,
  ended_ms: mockNow,
});
let call = newCall();
beforeEach(() => {
  call = newCall();
});
const hash = () => `#/call/p-rania/o-rania/${call.id}`;
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
const settled = () => new Promise((done) => setTimeout(done, bounceMs + 50));

/** The desk after the call, and what was asked of the core. */
function desk(changed: Handlers = {}) {
  const asked: [string, unknown][] = [];
  const listened = Object.fromEntries(
    Object.entries({ ...createDesk(call), ...changed }).map(([name, answer]) => [
      name,
      (args: never) => {
        asked.push([name, args]);
        return (answer as (args: never) => unknown)(args);
      },
    ]),
  ) as Handlers;
  renderApp(hash(), listened);
  return (name: string) => asked.filter(([each]) => each === name).map(([, args]) => args);
}

const reached = () => screen.findByText('Did you reach them?');

describe('after a call', () => {
  it('says the time that was chosen, from when and until when', async () => {
    const hour = 3_600_000;
    desk({
      fileCall: () => ({
        person: call.person,
        next: {
          ...raniaPromise,
          what: 'ring again',
          from_ms: mockNow + 51 * hour - 12 * 60_000,
          due_ms: mockNow - hour,
          next_try_ms: mockNow + 53 * hour - 12 * 60_000,
        },
        decision: null,
        standing: 'inquirer',
      }),
    });
    await reached();
    press('2');
    await screen.findByText('What is next?');
    press('1');
    await screen.findByRole('button', { name: /File the call/ });
    await settled();
    press('1');
    expect(await screen.findByText('Filed. Next: ring again, Wednesday 12:00–14:00.')).toBeTruthy();
  });

  it('steps back from an empty field, and rubs out in one that has words', async () => {
    call = { ...call, learned: '' };
    const user = userEvent.setup();
    const asked = desk();
    await reached();
    press('1');
    await screen.findByText('What happened?');
    await settled();
    press('1');
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', {
      name: 'What did you learn about them?',
    });
    await waitFor(() => expect(document.activeElement).toBe(field));
    await user.keyboard('a{Backspace}');
    expect(field.value).toBe('');
    expect(asked('filingBack')).toHaveLength(0);
    await user.keyboard('{Backspace}');
    await screen.findByText('What happened?');
    expect(asked('filingBack')).toHaveLength(1);
  });

  it('files a voicemail in three keys', async () => {
    const asked = desk();
    await reached();
    press('2');
    await screen.findByText('What is next?');
    press('1');
    await screen.findByRole('button', { name: /File the call/ });
    await settled();
    press('1');
    await waitFor(() => expect(window.location.hash).toBe('#/today'));
    expect(asked('answerFiling')).toHaveLength(2);
    expect(asked('fileCall')).toHaveLength(1);
  });

  it('does not file where a heavy finger presses the key of the proposal once more', async () => {
    const asked = desk();
    await reached();
    press('2');
    await screen.findByText('What is next?');
    press('1');
    await screen.findByRole('button', { name: /File the call/ });
    press('1');
    await settled();
    expect(asked('fileCall')).toHaveLength(0);
  });

  it('says the wishes for a voicemail beside leaving one', async () => {
    call = { ...call, reach: { ...call.reach!, voicemail: 'no' } };
    desk();
    expect((await screen.findByRole('button', { name: /Left a voicemail/ })).textContent).toMatch(
      /No voicemail/,
    );
    await expectAccessible();
  });

  it('comes back where it was left, and asks any answer again', async () => {
    const asked = desk(
      createFiling({
        answers: [
          { question: 'reached', answer: { pick: 'spoke' } },
          { question: 'what_happened', answer: { pick: 'spoke' } },
          { question: 'learned', answer: 'skip' },
        ],
        note_for_next: '',
        organiser: '',
      }),
    );
    await screen.findByText('What is next?');
    press('Backspace');
    await screen.findByRole('textbox', { name: 'What did you learn about them?' });
    fireEvent.click(screen.getByRole('button', { name: 'Change: Did you reach them? We spoke' }));
    await reached();
    expect(asked('filingBack')).toEqual([
      { id: call.id, answers: 2 },
      { id: call.id, answers: 0 },
    ]);
  });

  it('asks which number was wrong and what it is with it, and for the new one', async () => {
    const user = userEvent.setup();
    const asked = desk();
    await reached();
    press('4');
    await screen.findByText('Which number was wrong?');
    expect(screen.getByRole('button', { name: /Showroom/ })).toBeTruthy();
    press('1');
    await screen.findByText('What is it with this number?');
    await expectAccessible();
    await settled();
    press('1');
    const field = await screen.findByRole('textbox', { name: 'Their number now, where you were told' });
    expect(document.activeElement).toBe(field);
    await user.keyboard('0412 345 679{Enter}');
    await screen.findByText('What is next?');
    expect(asked('answerFiling').at(-1)).toMatchObject({ answer: { words: '0412 345 679' } });
    expect(screen.getByText('Mobile ••• 016')).toBeTruthy();
  });

  it('takes the name of who took the message from a key, from words, or goes on without', async () => {
    const user = userEvent.setup();
    const asked = desk();
    const withWhom = async () => {
      await reached();
      await settled();
      press('5');
      await screen.findByText('What happened?');
      press('1');
      await screen.findByText('Who took the message?');
      await settled();
    };
    await withWhom();
    press('1');
    await screen.findByText('What is next?');
    expect(screen.getByRole('button', { name: /Change: Who took the message\? Karim Haddad/ })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /Change: Did you reach them/ }));

    await withWhom();
    press('t');
    await user.keyboard('the front desk{Enter}');
    await screen.findByText('What is next?');
    expect(asked('answerFiling').at(-1)).toMatchObject({ answer: { words: 'the front desk' } });
    fireEvent.click(screen.getByRole('button', { name: /Change: Did you reach them/ }));

    await withWhom();
    press('Enter');
    await screen.findByText('What is next?');
    expect(asked('answerFiling').at(-1)).toMatchObject({ answer: 'skip' });
  });

  it('reads a typed time back before it counts', async () => {
    const user = userEvent.setup();
    const asked = desk();
    await reached();
    press('2');
    await screen.findByText('What is next?');
    press('t');
    expect(document.activeElement).toBe(
      screen.getByRole('textbox', { name: '“Ring again” at another time' }),
    );
    await user.keyboard('nonsense');
    expect(await screen.findByText(/is not a time/)).toBeTruthy();
    await user.keyboard('{Enter}');
    await user.clear(document.activeElement!);
    await user.keyboard('next tue after 3');
    expect(await screen.findByText('Understood as Tuesday 24 November, 15:00 to 17:00')).toBeTruthy();
    await expectAccessible();
    await user.keyboard('{Enter}');
    await screen.findByRole('button', { name: /File the call/ });
    const time = { from: Date.parse('2026-11-24T05:00:00Z'), due: Date.parse('2026-11-24T07:00:00Z') };
    expect(asked('answerFiling').at(-1)).toMatchObject({ answer: { time } });
    expect(screen.getByText('Ring again, tomorrow 15:00–17:00')).toBeTruthy();
  });

  it('reads the time back by their clock, and promises no call at which nobody may ring', async () => {
    const user = userEvent.setup();
    const asked = desk({
      theirTime: ({ time }: { time: TimeToRing }) =>
        time.exactly
          ? {
              there: '20:30 in Perth',
              not_then: {
                why: 'Then it is 20:30 on Tuesday in Perth, outside 09:00 to 20:00.',
                from_ms: Date.parse('2026-11-25T01:00:00Z'),
                place: 'Perth',
              },
            }
          : { there: '13:00 to 15:00 in Perth', not_then: null },
    });
    await reached();
    press('2');
    await screen.findByText('What is next?');
    press('t');
    await user.keyboard('tue 3pm');
    expect((await screen.findByText(/outside 09:00 to 20:00/)).textContent).toBe(
      'Then it is 20:30 on Tuesday in Perth, outside 09:00 to 20:00. They may be rung from Wednesday 25 November, 11:00.',
    );
    expect(screen.queryByRole('button', { name: /^Next/ })).toBeNull();
    await user.keyboard('{Enter}');
    expect(asked('answerFiling')).toHaveLength(1);
    await user.clear(document.activeElement!);
    await user.keyboard('next tue after 3');
    expect(await screen.findByText(/15:00 to 17:00 \(13:00 to 15:00 in Perth\)/)).toBeTruthy();
    expect(asked('theirTime').at(-1)).toMatchObject({ person: call.person.id, time: { exactly: false } });
    await user.keyboard('{Enter}');
    await waitFor(() => expect(asked('answerFiling')).toHaveLength(2));
  });

  it('leaves a note and asks a director on number keys; the words are written as they are typed', async () => {
    const user = userEvent.setup();
    const asked = desk({
      fileCall: () => ({
        person: call.person,
        next: null,
        decision: { ...call.promise!, kind: 'decision' },
        standing: 'inquirer',
      }),
    });
    await reached();
    press('2');
    await screen.findByText('What is next?');
    press('2');
    const file = await screen.findByRole('button', { name: /File the call/ });
    expect(screen.getByText('They have what they asked for', { selector: 'p' })).toBeTruthy();
    await settled();
    press('2');
    const note = screen.getByRole('textbox', { name: 'For the next caller' });
    await waitFor(() => expect(document.activeElement).toBe(note));
    await user.keyboard('Rings back after 3{Enter}');
    expect(document.activeElement).toBe(file);
    press('3');
    const organiser = screen.getByRole('textbox', { name: 'For a director' });
    await waitFor(() => expect(document.activeElement).toBe(organiser));
    await user.keyboard('Wants a refund');
    await waitFor(() =>
      expect(asked('noteFiling').at(-1)).toEqual({
        id: call.id,
        noteForNext: 'Rings back after 3',
        organiser: 'Wants a refund',
      }),
    );
    await expectAccessible();
    await user.keyboard('{Enter}{Enter}');
    await waitFor(() => expect(window.location.hash).toBe('#/today'));
    expect(await screen.findByText(/Helen Barrow is asked to look/)).toBeTruthy();
  });

  it('keeps every word where the disk is full, and does not file before there is room', async () => {
    const user = userEvent.setup();
    let isFull = true;
    const unlessFull = () => {
      if (isFull) throw { code: 'disk_full', message: 'The disk is full. Make some room, and try again.' };
      return null;
    };
    const asked = desk({ jotCall: unlessFull });
    await reached();
    press('2');
    await screen.findByText('What is next?');
    press('1');
    const notes = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Notes as you talk' });
    await user.type(notes, ' Every word.');
    expect(await screen.findByText(/Not in the book yet/, {}, { timeout: 2_000 })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /File the call/ }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/Make some room/);
    expect(screen.getByText(/Every word is kept/)).toBeTruthy();
    expect(asked('fileCall')).toHaveLength(0);
    expect(notes.value).toContain('Every word.');
    isFull = false;
    await user.click(screen.getByRole('button', { name: /File the call/ }));
    await waitFor(() => expect(window.location.hash).toBe('#/today'));
  });

  it('takes no answer that the book could not keep, and leaves its words in their field', async () => {
    const user = userEvent.setup();
    const kept = createFiling();
    let isFull = false;
    const asked = desk({
      ...kept,
      answerFiling: (args: never) => {
        if (isFull) throw { code: 'disk_full', message: 'The disk is full. Make some room, and try again.' };
        return (kept.answerFiling as (args: never) => unknown)(args) as never;
      },
    });
    await reached();
    press('4');
    await screen.findByText('Which number was wrong?');
    press('3');
    await screen.findByText('What is it with this number?');
    press('1');
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: /Their number now/ });
    isFull = true;
    await user.keyboard('0412 345 679{Enter}');
    expect((await screen.findByRole('alert')).textContent).toMatch(/The disk is full/);
    expect(field.value).toBe('0412 345 679');
    isFull = false;
    await user.keyboard('{Enter}');
    await screen.findByText('What is next?');
    expect(asked('answerFiling')).toHaveLength(5);
  });

  it('says what stood in the way of the filing, with every answer still there', async () => {
    desk({
      fileCall: () => {
        throw { code: 'conflict', message: 'Someone filed this call already.' };
      },
    });
    await reached();
    press('2');
    await screen.findByText('What is next?');
    press('1');
    await screen.findByRole('button', { name: /File the call/ });
    press('Enter');
    fireEvent.click(screen.getByRole('button', { name: /File the call/ }));
    expect((await screen.findByRole('alert')).textContent).toBe('Someone filed this call already.');
    expect(
      screen.getByRole('button', { name: /Change: Did you reach them\? Left a voicemail/ }),
    ).toBeTruthy();
    expect(window.location.hash).toBe(hash());
  });

  it('asks again what is next where its time has passed', async () => {
    const kept = createFiling({
      answers: [{ question: 'reached', answer: { pick: 'voicemail_left' } }],
      note_for_next: 'After five',
      organiser: '',
    });
    desk({
      ...kept,
      filing: (args: never) => ({
        ...((kept.filing as (args: never) => object)(args) as {
          draft: never;
          question: never;
          outcome: null;
        }),
        asks_again: true,
      }),
    });
    expect(await screen.findByText(/The time that was promised has passed/)).toBeTruthy();
    press('1');
    expect(
      (await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'For the next caller' })).value,
    ).toBe('After five');
  });
});
