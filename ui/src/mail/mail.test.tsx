import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createPlans, letter, mockNow } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';
import { begun } from './blanks';
import type { OutboxLine, RunView } from '../ipc/bindings';

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

beforeEach(() => begun.clear());

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

  it('is begun where the first blank is, and is as it was left after an Escape', async () => {
    const { user, dialog } = await writes();
    await waitFor(() => expect(document.activeElement).toBe(dialog.getByRole('textbox', hopes)));
    await user.keyboard('a mentor{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const write = screen.getByRole('button', { name: 'Write it' });
    await waitFor(() => expect(document.activeElement).toBe(write));
    await user.keyboard('{Enter}');
    await screen.findByText('1 blank is left. Nothing goes out with a blank in it.');
    expect(screen.getByRole<HTMLInputElement>('textbox', hopes).value).toBe('a mentor');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('textbox', whom)));
  });

  it('that is too long for the mail program is offered to be copied', async () => {
    const copyLetter = vi.fn(() => null);
    const { user, dialog } = await writes({ openMailProgram: () => false, copyLetter });
    await user.type(dialog.getByRole('textbox', hopes), 'a mentor');
    await user.type(dialog.getByRole('textbox', whom), 'Mary');
    await user.click(dialog.getByRole('button', { name: 'Open in the mail program' }));
    expect(await dialog.findByText(/too long to hand to a mail program/)).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Copy the words' }));
    expect(await dialog.findByText('The words are copied. Did you send them to Rania Haddad?')).toBeTruthy();
    expect(copyLetter).toHaveBeenCalledWith({
      writing: expect.objectContaining({ promise: letter.promise }),
    });
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

const line = (state: OutboxLine['state'], more: Partial<OutboxLine> = {}): OutboxLine => ({
  id: `out-${state}`,
  person: 'p-rania',
  name: 'Rania Haddad',
  promise: 'pr-mail',
  by: 'Helen Barrow',
  to_address: 'rania@example.com',
  subject: `About ${state}`,
  body: 'Dear Rania',
  made_ms: mockNow - 60_000,
  state,
  tries: 1,
  next_try_ms: state === 'waiting' ? mockNow + 300_000 : null,
  said: '550 no such user here',
  ended_ms: state === 'sent' ? mockNow - 1_000 : null,
  address_is_good: true,
  ...more,
});

describe('the outbox', () => {
  it('says what needs somebody first, what waits and why, and what went', async () => {
    const user = userEvent.setup();
    const mailWent = vi.fn(() => null);
    const markMailBounced = vi.fn(() => null);
    renderApp('#/plans/-/outbox', {
      outbox: () => ({
        lines: [line('refused'), line('unsure'), line('waiting'), line('sent')],
        held: 'The password of the mail server is in the keyring, and the keyring is locked. Unlock it.',
      }),
      outboxCount: () => ({ needs_somebody: 2, waiting: 1 }),
      mailWent,
      markMailBounced,
    });
    const somebody = within(await screen.findByRole('region', { name: 'Needs somebody' }));
    expect(screen.getByText(/keyring is locked\. Unlock it/)).toBeTruthy();
    expect(somebody.getAllByText('550 no such user here')).toHaveLength(2);
    expect(screen.getByRole('link', { name: /Plans.*2 e-mails/ })).toBeTruthy();
    expect(
      within(screen.getByRole('region', { name: 'Waits to go' })).getByText(/^tried once, next/),
    ).toBeTruthy();
    const gone = within(screen.getByRole('region', { name: 'Gone lately' }));
    expect(gone.queryByRole('button')).toBeNull();
    await expectAccessible();
    await user.click(somebody.getByRole('button', { name: 'It went' }));
    expect(mailWent).toHaveBeenCalledWith({ id: 'out-unsure' });
    await user.click(somebody.getByRole('button', { name: 'The address does not exist' }));
    expect(markMailBounced).toHaveBeenCalledWith({ id: 'out-refused' });
  });

  it('is empty in words', async () => {
    renderApp('#/plans/-/outbox');
    expect(await screen.findByText('Nothing waits to go out.')).toBeTruthy();
    await expectAccessible();
  });

  it('takes an e-mail whose blanks are filled, where a server is set up', async () => {
    const sendLetter = vi.fn(() => 'out-1');
    const { user, dialog } = await writes({ letter: () => ({ ...letter, can_send: true }), sendLetter });
    await user.type(dialog.getByRole('textbox', hopes), 'a mentor');
    await user.type(dialog.getByRole('textbox', whom), 'Mary');
    await user.click(dialog.getByRole('button', { name: 'Send' }));
    expect(await screen.findByText('The e-mail to Rania Haddad is in the outbox.')).toBeTruthy();
    expect(sendLetter).toHaveBeenCalledTimes(1);
  });

  it('is where an e-mail that may have gone is looked after, and none is written beside it', async () => {
    const { user, dialog } = await writes({ letter: () => ({ ...letter, outgoing: line('unsure') }) });
    await user.type(dialog.getByRole('textbox', hopes), 'a mentor');
    await user.type(dialog.getByRole('textbox', whom), 'Mary');
    expect(dialog.getByRole('button', { name: 'Open in the mail program' }).hasAttribute('disabled')).toBe(
      true,
    );
    await user.click(dialog.getByRole('button', { name: 'Open the outbox' }));
    expect(window.location.hash).toBe('#/plans/-/outbox');
  });
});

describe('the mail server', () => {
  it('is set up with a port that goes with its encryption, tried, and saved with the password apart', async () => {
    const user = userEvent.setup();
    const saveMailServer = vi.fn(() => null);
    const sendTestMail = vi.fn(() => '250 queued');
    renderApp('#/settings/mail', { saveMailServer, sendTestMail });
    await user.type(await screen.findByRole('textbox', { name: 'Mail server' }), 'mail.example.com');
    await user.click(screen.getByRole('button', { name: /Encryption/ }));
    await user.click(await screen.findByRole('option', { name: 'STARTTLS' }));
    expect((screen.getByRole('textbox', { name: 'Port' }) as HTMLInputElement).value).toBe('587');
    await user.type(screen.getByRole('textbox', { name: 'Name to sign in with' }), 'office');
    await user.type(screen.getByLabelText('Password'), 'right-horse');
    await user.type(
      screen.getByRole('textbox', { name: 'The address that it comes from' }),
      'office@example.com',
    );
    await expectAccessible();
    const server = {
      host: 'mail.example.com',
      port: 587,
      security: 'starttls',
      user_name: 'office',
      sender_name: 'Northside Business Women',
      sender_address: 'office@example.com',
    };
    await user.click(screen.getByRole('button', { name: 'Send a test to myself' }));
    expect(await screen.findByText(/The server said: 250 queued/)).toBeTruthy();
    expect(sendTestMail).toHaveBeenCalledWith({ server, password: 'right-horse' });
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(saveMailServer).toHaveBeenCalledWith({ server, password: 'right-horse' }));
    expect(await screen.findByText('The mail server is saved.')).toBeTruthy();
  });

  it('says in the server’s words what was wrong with a test', async () => {
    const user = userEvent.setup();
    const refused = () => {
      throw { code: 'refused', message: 'The user name or the password was not taken.' };
    };
    const mailServer = () => ({
      host: 'mail.example.com',
      port: 465,
      security: 'tls' as const,
      user_name: 'office',
      sender_name: 'Northside',
      sender_address: 'office@example.com',
    });
    renderApp('#/settings/mail', { mailServer, sendTestMail: refused });
    await user.click(await screen.findByRole('button', { name: 'Send a test to myself' }));
    expect((await screen.findByRole('alert')).textContent).toBe(
      'The user name or the password was not taken.',
    );
    expect(screen.getByText('Left empty, the one in the keyring stays.')).toBeTruthy();
  });
});
