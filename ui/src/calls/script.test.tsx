import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Call, Jotted, Pick, ScriptStep } from '../ipc/bindings';
import { asksFreely, call as begun, createDesk, meetsMachine, mockNow, type Handlers } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';

let calls = 0;
let call: Call = begun;
beforeEach(() => {
  call = { ...begun, id: `spoken-${++calls}`, began_ms: mockNow - 60_000 };
});
const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });

/** A desk that stands at this step, and goes on as told. */
function standing(step: ScriptStep, goOn: (pick: Pick) => ScriptStep, changed: Handlers = {}) {
  const picks: Pick[] = [];
  const backs: number[] = [];
  renderApp(`#/call/p-rania/o-rania/${call.id}`, {
    ...createDesk({ ...call, step }),
    answerScript: ({ pick }: { pick: Pick }) => {
      picks.push(pick);
      return goOn(pick);
    },
    scriptBack: ({ moves }: { moves: number }) => {
      backs.push(moves);
      return step;
    },
    ...changed,
  });
  return { picks, backs };
}

const next: ScriptStep = {
  ...call.step,
  node: 'answer',
  say: [{ kind: 'text', text: 'Thank you, that helps me.' }],
  noted: [
    { at: 1, effect: { kind: 'fact', words: 'Hopes for: a mentor' } },
    { at: 1, effect: { kind: 'tag', name: 'mentor' } },
    { at: 2, effect: { kind: 'consent', channel: 'email', allowed: true } },
    { at: 3, effect: { kind: 'next', means: 'do', what: 'send the fees', days: 2 } },
  ],
};

describe('an answer in their own words', () => {
  it('is typed at once, goes on with Enter, and gives the keys back', async () => {
    const user = userEvent.setup();
    const { picks } = standing(asksFreely, () => next);
    const field = await screen.findByRole('textbox', { name: 'They say' });
    expect(document.activeElement).toBe(field);
    expect(screen.getByText('Kept as: hopes for')).toBeTruthy();
    await expectAccessible();
    // Letters that are keys elsewhere are letters here.
    await user.keyboard('a mentor{Enter}');
    expect(await screen.findByText(/Thank you, that helps me/)).toBeTruthy();
    expect(picks).toEqual([{ said: 'a mentor' }]);
    press('1');
    await waitFor(() => expect(picks).toHaveLength(2));
    expect(picks[1]).toEqual({ choice: 1 });
  });

  it('may be nothing', async () => {
    const user = userEvent.setup();
    const { picks } = standing(asksFreely, () => next);
    await screen.findByRole('button', { name: /Go on without/ });
    await user.keyboard('{Enter}');
    await screen.findByText(/Thank you, that helps me/);
    expect(picks).toEqual([{ said: '' }]);
  });

  it('is kept while an objection is looked at, and typed on', async () => {
    const user = userEvent.setup();
    const { picks } = standing(asksFreely, () => next);
    await screen.findByRole('textbox', { name: 'They say' });
    await user.keyboard('a men{Escape}');
    press('o');
    expect(await screen.findByRole('button', { name: 'What does it cost' })).toBeTruthy();
    press('o');
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'They say' });
    expect(field.value).toBe('a men');
    await user.keyboard('{Escape}');
    expect(document.activeElement).not.toBe(field);
    await user.keyboard('t');
    expect(document.activeElement).toBe(field);
    expect(field.value).toBe('a men');
    await user.keyboard('tor{Enter}');
    await waitFor(() => expect(picks).toEqual([{ said: 'a mentor' }]));
  });

  it('is kept as it is typed, and is there again after a restart', async () => {
    const user = userEvent.setup();
    const kept: Jotted[] = [];
    const jotCall = ({ jotted }: { jotted: Jotted }) => {
      kept.push(jotted);
      return null;
    };
    call = { ...call, begun_answer: { node: asksFreely.node, words: 'a men' } };
    const { picks } = standing(asksFreely, () => next, { jotCall });
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'They say' });
    expect(field.value).toBe('a men');
    await user.type(field, 'tor');
    await waitFor(
      () => expect(kept.at(-1)?.begun_answer).toEqual({ node: asksFreely.node, words: 'a mentor' }),
      { timeout: 2_000 },
    );
    await user.keyboard('{Enter}');
    await screen.findByText(/Thank you, that helps me/);
    expect(picks).toEqual([{ said: 'a mentor' }]);
    await waitFor(() => expect(kept.at(-1)?.begun_answer).toBeNull(), { timeout: 2_000 });
  });

  it('goes along when the call is ended before it was sent', async () => {
    const user = userEvent.setup();
    const asked: string[] = [];
    const { picks } = standing(asksFreely, () => next, {
      endCall: () => {
        asked.push(`ended after ${picks.length}`);
        return null;
      },
    });
    await screen.findByRole('textbox', { name: 'They say' });
    await user.keyboard('a mentor{Escape}e');
    expect(await screen.findByText('Did you reach them?')).toBeTruthy();
    expect(picks).toEqual([{ said: 'a mentor' }]);
    expect(asked).toEqual(['ended after 1']);
  });

  it('keeps the call open, and says why, where it cannot be taken', async () => {
    const user = userEvent.setup();
    const ended: string[] = [];
    standing(
      asksFreely,
      () => {
        throw { code: 'invalid', message: 'That is too long.' };
      },
      {
        endCall: () => {
          ended.push('ended');
          return null;
        },
      },
    );
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'They say' });
    await user.keyboard('a mentor{Escape}e');
    expect(await screen.findByText('That is too long.')).toBeTruthy();
    expect(field.value).toBe('a mentor');
    expect(ended).toEqual([]);
  });

  it('is there again for whoever went away and came back', async () => {
    const user = userEvent.setup();
    standing(asksFreely, () => next);
    await screen.findByRole('textbox', { name: 'They say' });
    await user.keyboard('a men');
    const there = window.location.hash;
    window.location.hash = '#/today';
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'They say' })).toBeNull());
    window.location.hash = there;
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'They say' });
    expect(field.value).toBe('a men');
  });

  it('says beside the field what is wrong with it, and keeps the words', async () => {
    const user = userEvent.setup();
    standing(asksFreely, () => {
      throw { code: 'invalid', message: '“rania at haddad” is not an e-mail address.' };
    });
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'They say' });
    await user.keyboard('rania at haddad{Enter}');
    expect(await screen.findByText('“rania at haddad” is not an e-mail address.')).toBeTruthy();
    expect(field.value).toBe('rania at haddad');
    expect(document.activeElement).toBe(field);
    await expectAccessible();
  });

  it('reads a day back before it counts, and sends the day that was read', async () => {
    const user = userEvent.setup();
    const date: ScriptStep = {
      ...asksFreely,
      ask: { ...asksFreely.ask!, free: { kind: 'date', sets: [{ kind: 'fact', name: 'member since' }] } },
    };
    const { picks } = standing(date, () => next, {
      readToldDay: ({ typed }: { typed: string }) => {
        if (typed !== 'june 2019') throw { code: 'invalid', message: `“${typed}” is not a day.` };
        return { iso: '2019-06', shown: 'June 2019' };
      },
    });
    await screen.findByRole('textbox', { name: 'They say' });
    await user.keyboard('soon{Enter}');
    expect(await screen.findByText('“soon” is not a day.')).toBeTruthy();
    expect(picks).toEqual([]);
    await user.keyboard('{Control>}a{/Control}june 2019');
    expect(await screen.findByText('June 2019')).toBeTruthy();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(picks).toEqual([{ said: '2019-06' }]));
  });
});

describe('what will be noted', () => {
  it('stands there quietly, and is taken back answer by answer', async () => {
    const user = userEvent.setup();
    const { picks } = standing(next, (pick) =>
      typeof pick === 'object' && 'take_back' in pick
        ? { ...next, noted: next.noted.filter((each) => each.at !== pick.take_back) }
        : next,
    );
    expect(await screen.findByRole('region', { name: 'Will be noted' })).toBeTruthy();
    expect(screen.getByText('Hopes for: a mentor')).toBeTruthy();
    expect(screen.getByText('Tag: mentor')).toBeTruthy();
    expect(screen.getByText('May be written to by e-mail')).toBeTruthy();
    expect(screen.getByText('Next: send the fees, in 2 business days')).toBeTruthy();
    await expectAccessible();
    press('Delete');
    await waitFor(() => expect(screen.queryByText(/send the fees/)).toBeNull());
    expect(picks).toEqual([{ take_back: 3 }]);
    await user.click(screen.getByRole('button', { name: 'Do not note: Hopes for: a mentor, Tag: mentor' }));
    await waitFor(() => expect(screen.queryByText('Tag: mentor')).toBeNull());
    expect(picks[1]).toEqual({ take_back: 1 });
    expect(screen.getByText(/Thank you, that helps me/)).toBeTruthy();
  });

  it('can be taken back until the call is filed, and then something else is next', async () => {
    const user = userEvent.setup();
    let asked = 0;
    const answers = createDesk({ ...call, step: next });
    const { picks } = standing(next, () => ({ ...next, noted: [] }), {
      filing: (args: never) => {
        asked += 1;
        return (answers.filing as (args: never) => never)(args);
      },
    });
    await screen.findByRole('region', { name: 'Will be noted' });
    press('e');
    await screen.findByText('Did you reach them?');
    const before = asked;
    // The key is the questions' now, or nobody's.
    press('Delete');
    expect(picks).toEqual([]);
    await user.click(screen.getByRole('button', { name: /Do not note: Next: send the fees/ }));
    await waitFor(() => expect(picks).toEqual([{ take_back: 3 }]));
    await waitFor(() => expect(asked).toBeGreaterThan(before));
  });

  it('is not there where nothing is', async () => {
    standing(asksFreely, () => next);
    await screen.findByRole('textbox', { name: 'They say' });
    expect(screen.queryByText('Will be noted')).toBeNull();
  });
});

describe('a machine', () => {
  it('is one key away, with what its owner wishes, and a step back when somebody picks up', async () => {
    const { picks, backs } = standing(call.step, () => meetsMachine);
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    press('m');
    expect(await screen.findByText(/it must not say who we are/)).toBeTruthy();
    expect(picks).toEqual(['machine']);
    expect(screen.getByText(/with a message for Rania/)).toBeTruthy();
    expect(screen.getByText('No association, no reason, no number.')).toBeTruthy();
    expect(screen.queryByText('A machine answers')).toBeNull();
    await expectAccessible();
    expect(screen.getByText('Somebody picks up after all')).toBeTruthy();
    press('Backspace');
    await waitFor(() => expect(backs).toHaveLength(1));
  });

  it('is left nothing where they want none, and own words where the script has none', async () => {
    standing(call.step, () => ({ ...meetsMachine, say: [], machine: { wishes: 'no', leave: 'nothing' } }));
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    press('m');
    expect(await screen.findByText(/Leave no message/)).toBeTruthy();
    expect(screen.getByText('They want no messages.')).toBeTruthy();
  });

  it('is not met by somebody who rings us', async () => {
    const { picks } = standing(call.step, () => meetsMachine, {
      call: () => ({ ...call, dialled: null }),
    });
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    expect(screen.queryByText('A machine answers')).toBeNull();
    press('m');
    expect(picks).toEqual([]);
  });
});

it('shows whatever a value holds as text', async () => {
  const value = `<img src=x onerror="window.broken = 1"> “'" 🦜 رانيا \u202e${'w'.repeat(10_000)}`;
  standing(
    {
      ...asksFreely,
      say: [
        { kind: 'text', text: 'Hello ' },
        { kind: 'filled', field: 'person.given', value },
      ],
      noted: [{ at: 0, effect: { kind: 'fact', words: value } }],
    },
    () => next,
  );
  const shown = await screen.findAllByText((_, element) => element?.textContent === value);
  expect(shown.length).toBeGreaterThan(0);
  expect(document.querySelector('img[src=x]')).toBeNull();
  expect('broken' in window).toBe(false);
});
