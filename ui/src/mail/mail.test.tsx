import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { createPlans, letter } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';
import type { RunView } from '../ipc/bindings';

/** Rania's plan stands at an e-mail. */
function atAnEmail() {
  const plans = createPlans();
  const plansOf = plans.plansOf as unknown as (of: { person: string }) => RunView[];
  return {
    ...plans,
    plansOf: (of: { person: string }) =>
      plansOf(of).map((run) => ({
        ...run,
        steps: run.steps.map((step) =>
          step.state === 'open' ? { ...step, channel: 'email' as const, promise: letter.promise } : step,
        ),
      })),
  };
}

async function writes(more = {}) {
  const user = userEvent.setup();
  renderApp('#/person/p-rania', { ...atAnEmail(), ...more });
  await user.click(await screen.findByRole('button', { name: 'Write it' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'E-mail to Rania Haddad' }));
  await dialog.findByText('2 blanks are left. Nothing goes out with a blank in it.');
  return { user, dialog };
}

const hopes = { name: 'To be asked, or said in your own words: hopes for? ask' };
const whom = { name: 'To be asked, or said in your own words: whom should they ask for?' };

describe('an e-mail of a plan', () => {
  it('goes nowhere with a blank, is filled where the blank stands, and is written down when it went', async () => {
    const openMailProgram = vi.fn(() => true);
    const letterSent = vi.fn(() => null);
    const { user, dialog } = await writes({ openMailProgram, letterSent });
    const open = dialog.getByRole('button', { name: 'Open in the mail program' });
    expect(open.hasAttribute('disabled')).toBe(true);
    expect(dialog.getByText('old@example.com').parentElement!.textContent).toContain('Comes back');
    await expectAccessible();
    await user.type(dialog.getByRole('textbox', hopes), 'a mentor');
    await user.type(dialog.getByRole('textbox', whom), 'Mary');
    expect(dialog.getByText('No blank is left.')).toBeTruthy();
    expect(dialog.getByRole('checkbox', { name: 'Remember “a mentor” of Rania Haddad' })).toBeTruthy();
    await user.click(open);
    await dialog.findByText('It is open in the mail program. Did you send it to Rania Haddad?');
    const writing = {
      promise: letter.promise,
      reach: null,
      own: null,
      blanks: [
        { field: 'facts.hopes_for', question: 'hopes for? ask', value: 'a mentor', remember: true },
        { field: null, question: 'whom should they ask for?', value: 'Mary', remember: false },
      ],
    };
    expect(openMailProgram).toHaveBeenCalledWith({ writing });
    expect(letterSent).not.toHaveBeenCalled();
    await user.click(dialog.getByRole('button', { name: 'It went' }));
    await waitFor(() => expect(letterSent).toHaveBeenCalledWith({ writing }));
    expect(
      await screen.findByText('The e-mail to Rania Haddad is written down, and the step is done.'),
    ).toBeTruthy();
  });

  it('can be put in other words once no blank is left', async () => {
    const letterReady = vi.fn(() => ({ subject: 'For Rania', body: 'Dear Rania' }));
    const openMailProgram = vi.fn(() => true);
    const { user, dialog } = await writes({ letterReady, openMailProgram });
    const reword = dialog.getByRole('button', { name: 'Change the words' });
    expect(reword.hasAttribute('disabled')).toBe(true);
    await user.type(dialog.getByRole('textbox', hopes), 'a mentor');
    await user.type(dialog.getByRole('textbox', whom), 'Mary');
    await user.click(reword);
    await user.type(await dialog.findByRole('textbox', { name: 'What is written' }), ', welcome.');
    await expectAccessible();
    await user.click(dialog.getByRole('button', { name: 'Open in the mail program' }));
    await waitFor(() =>
      expect(openMailProgram).toHaveBeenCalledWith({
        writing: expect.objectContaining({ own: { subject: 'For Rania', body: 'Dear Rania, welcome.' } }),
      }),
    );
  });

  it('that is too long for the mail program is offered to be copied', async () => {
    const { user, dialog } = await writes({ openMailProgram: () => false });
    await user.type(dialog.getByRole('textbox', hopes), 'a mentor');
    await user.type(dialog.getByRole('textbox', whom), 'Mary');
    await user.click(dialog.getByRole('button', { name: 'Open in the mail program' }));
    expect(await dialog.findByText(/too long to hand to a mail program/)).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Copy the words' }));
    expect(await dialog.findByText('The words are copied. Did you send them to Rania Haddad?')).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe(
      'For Rania\n\nDear Rania,\n\nyou hoped for a mentor.\nAsk for Mary at the door.\n\nHelen Barrow',
    );
  });

  it('is not written to somebody who said no, and says why', async () => {
    const refusal = 'Rania Haddad wants no e-mail (on a form, yesterday at 10:00). Pass this step over.';
    const { user, dialog } = await writes({ letter: () => ({ ...letter, refusal }) });
    expect(dialog.getByRole('alert').textContent).toBe(refusal);
    await user.type(dialog.getByRole('textbox', hopes), 'a mentor');
    await user.type(dialog.getByRole('textbox', whom), 'Mary');
    expect(dialog.getByRole('button', { name: 'Open in the mail program' }).hasAttribute('disabled')).toBe(
      true,
    );
    expect(dialog.getByRole('button', { name: 'Copy the words' }).hasAttribute('disabled')).toBe(true);
  });
});
