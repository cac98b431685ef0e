import { EditorView } from '@codemirror/view';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Status } from '../../ipc/bindings';
import {
  answers,
  call as begun,
  callBack,
  createDesk,
  createScripts,
  mockNow,
  volunteers,
  type Handlers,
} from '../../ipc/mock';
import { fail } from '../../ipc/mock/world';
import { expectAccessible } from '../../test/axe';
import { renderApp } from '../../test/render';
import { setListener } from './listener';

/** The text beside the preview, or one at a time. */
const windowOf = (size: 'wide' | 'small') =>
  vi.spyOn(window, 'matchMedia').mockImplementation(
    (query) =>
      ({
        matches: query.includes('min-width') && (size === 'wide' || !query.includes('1152px')),
        media: query,
        addEventListener: () => {},
        removeEventListener: () => {},
      }) as unknown as MediaQueryList,
  );

// A browser tells of a new selection in a later turn; here it would be told in the middle of the editor's own work.
const later = (event: Event) => event.stopImmediatePropagation();

const asVolunteer: Handlers = {
  bookStatus: () => ({ ...(answers.bookStatus as () => Status)(), signed_in: volunteers[1]! }),
};

beforeEach(() => {
  window.addEventListener('selectionchange', later, true);
  windowOf('wide');
  setListener(null);
});

/** A window over a book of its own, and what was asked of it. */
function open(hash: string, changed: Handlers = {}) {
  const asked: [string, Record<string, unknown>][] = [];
  const answers = { ...createScripts(), ...changed };
  const listened = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      (args: never) => {
        asked.push([name, args]);
        return (answer as (args: never) => unknown)(args);
      },
    ]),
  ) as Handlers;
  renderApp(hash, listened);
  return {
    asked,
    of: (name: string) => asked.filter(([each]) => each === name).map(([, args]) => args),
    answers: answers as Record<string, (args: unknown) => unknown>,
  };
}

async function editor(): Promise<EditorView> {
  const content = await screen.findByRole('textbox', { name: /^The words of/ });
  return EditorView.findFromDOM(content)!;
}
/** As if it were typed in place of what stood there. */
function write(view: EditorView, from: string, to: string): void {
  const at = view.state.doc.toString().indexOf(from);
  act(() => view.dispatch({ changes: { from: at, to: at + from.length, insert: to } }));
}
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.body, { key, ...more });
const tab = (name: RegExp) => screen.findByRole('tab', { name });
const newWords = ['thank you for asking', 'Thank you for asking'] as const;
const change = (view: EditorView) => write(view, 'Keep it short', 'Keep it very short');

describe('the list of scripts', () => {
  it('shows them by what they are for, with what runs side by side, and the retired ones apart', async () => {
    open('#/scripts');
    const first = await screen.findByRole('link', { name: /^First call back/ });
    expect(first.textContent).toContain('2 versions side by side');
    expect(screen.getByRole('heading', { name: 'Invitation' })).toBeTruthy();
    const ours = screen.getByRole('link', { name: /Invitation to the breakfast/ });
    expect(ours.textContent).toContain('Offered first');
    const retired = screen.getByRole('heading', { name: 'Retired' }).closest('section')!;
    expect(within(retired).getByRole('link', { name: /The spring of 2024/ })).toBeTruthy();
    await expectAccessible();
  });

  it('says where drafts cannot be read: nobody is to take her words for lost', async () => {
    open('#/scripts', { scriptDrafts: fail('book_busy', 'The book is busy.') });
    await screen.findByRole('link', { name: /^First call back/ });
    expect((await screen.findByRole('alert')).textContent).toBe(
      'What is not saved yet cannot be shown: The book is busy.',
    );
    await expectAccessible();
  });

  it('brings a retired one back', async () => {
    const { of } = open('#/scripts');
    await userEvent.click(await screen.findByRole('button', { name: /Bring it back/ }));
    await waitFor(() => expect(of('retireScript')).toEqual([{ id: 's-old', retired: false }]));
  });

  it('begins a new one from the words of another, and keeps it as a draft from the first moment', async () => {
    const { of } = open('#/scripts');
    await userEvent.click(await screen.findByRole('button', { name: 'New script' }));
    const dialog = await screen.findByRole('dialog', { name: 'A new script' });
    await expectAccessible(dialog);
    await userEvent.click(within(dialog).getByRole('button', { name: /Call back after a long wait/ }));
    const view = await editor();
    expect(view.state.doc.line(1).text).toBe('title: Call back after a long wait, a copy');
    expect(of('keepScriptDraft')).toHaveLength(1);
    expect(screen.getByText('Kept as a draft, not saved yet.')).toBeTruthy();
  });

  it('begins one where its origin is pressed twice', async () => {
    const { of } = open('#/scripts');
    await userEvent.click(await screen.findByRole('button', { name: 'New script' }));
    const dialog = await screen.findByRole('dialog', { name: 'A new script' });
    const origin = within(dialog).getByRole('button', { name: /Call back after a long wait/ });
    fireEvent.click(origin);
    fireEvent.click(origin);
    await editor();
    expect(of('keepScriptDraft')).toHaveLength(1);
  });

  it('brings in a script from a file, to be looked at before it is saved', async () => {
    const { of } = open('#/scripts');
    await userEvent.click(await screen.findByRole('button', { name: 'Bring in a file' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'From a friend' })).toBeTruthy();
    expect(of('saveScript')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: /^Save/ }));
    await waitFor(() => expect(of('saveScript')).toHaveLength(1));
    expect(of('discardScriptDraft')).toHaveLength(1);
    expect(await screen.findByText(/^Version 1, saved/)).toBeTruthy();
  });

  it('says so where a file cannot be read', async () => {
    open('#/scripts', {
      readScriptFile: fail('file', 'notes.script is not plain text in UTF-8.') as never,
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Bring in a file' }));
    expect(await screen.findByText('notes.script is not plain text in UTF-8.')).toBeTruthy();
  });

  it('shows a volunteer the scripts, and why they cannot be changed', async () => {
    open('#/scripts', asVolunteer);
    expect(await screen.findByText(/Only a director changes scripts/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'New script' })).toBeNull();
    await userEvent.click(await screen.findByRole('link', { name: /^First call back/ }));
    const view = await editor();
    expect(view.state.readOnly).toBe(true);
    expect(screen.queryByRole('button', { name: /^Save/ })).toBeNull();
    expect(await screen.findByRole('button', { name: /Yes, go ahead/ })).toBeTruthy();
    await expectAccessible();
  });
});

describe('the editor of a script', () => {
  it('names what is wrong with its line and the way out, and goes there', async () => {
    open('#/scripts/s-call-back');
    const view = await editor();
    expect(await screen.findByText('Nothing stands in the way.')).toBeTruthy();
    write(view, '-> Apology', '-> Apolgy');
    const problem = await screen.findByRole('button', { name: /there is no part "Apolgy"/i });
    expect(screen.getByText('2 things to mend')).toBeTruthy();
    await userEvent.click(problem);
    expect(view.state.doc.lineAt(view.state.selection.main.head).text).toContain('-> Apolgy');
    press('F8');
    expect(view.state.doc.lineAt(view.state.selection.main.head).text).toBe('# Apology');
    expect(document.querySelectorAll('.cm-lint-marker-error').length).toBe(2);
    write(view, '-> Apolgy', '-> Apology');
    expect(await screen.findByText('Nothing stands in the way.')).toBeTruthy();
    await expectAccessible();
  });

  it('saves a version, from the next call on, and needs no draft then', async () => {
    const { of } = open('#/scripts/s-call-back');
    change(await editor());
    expect(await screen.findByText(/Changed since version 3/)).toBeTruthy();
    await waitFor(() => expect(of('keepScriptDraft')).toHaveLength(1));
    press('s', { ctrlKey: true });
    expect(await screen.findByText(/^Version 4, saved/)).toBeTruthy();
    expect(of('saveScript')).toMatchObject([{ id: 's-call-back', beside: false }]);
    expect(of('discardScriptDraft')).toHaveLength(1);
    expect((await screen.findByRole('button', { name: /^Save/ })).hasAttribute('disabled')).toBe(true);
  });

  it('saves a version beside the present one', async () => {
    const { of } = open('#/scripts/s-late/-/versions');
    write(await editor(), 'Keep it short', 'Keep it very short');
    await userEvent.click(await screen.findByRole('button', { name: 'More ways to save' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Save version 2 beside/ }));
    await waitFor(() => expect(of('saveScript')).toMatchObject([{ beside: true }]));
    expect(await screen.findAllByText('In use')).toHaveLength(2);
    expect(screen.getByText(/Too few calls to tell/)).toBeTruthy();
  });

  it('sends nothing that cannot be saved: it goes to what is wrong', async () => {
    const { of } = open('#/scripts/s-call-back');
    const view = await editor();
    write(view, '-> Apology', '-> Nowhere');
    await screen.findByText('2 things to mend');
    press('s', { ctrlKey: true });
    expect(await screen.findByText(/2 things stand in the way/)).toBeTruthy();
    expect(of('saveScript')).toEqual([]);
    expect(view.state.doc.lineAt(view.state.selection.main.head).text).toContain('-> Nowhere');
  });

  it('keeps the words where saving fails, and says why', async () => {
    const { of } = open('#/scripts/s-call-back', {
      saveScript: fail('disk_full', 'The disk is full. Make some room, and save again.') as never,
    });
    const view = await editor();
    change(view);
    press('s', { ctrlKey: true });
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full');
    expect(view.state.doc.toString()).toContain('Keep it very short');
    await waitFor(() => expect(of('keepScriptDraft')).toHaveLength(1));
    expect(screen.getByText(/Changed since version 3/)).toBeTruthy();
  });

  it('has the words again for whoever left without saving', async () => {
    open('#/scripts/s-late');
    change(await editor());
    await userEvent.click(screen.getByRole('button', { name: 'All scripts' }));
    const link = await screen.findByRole('link', { name: /^Call back after a long wait.*Not saved yet/ });
    await userEvent.click(link);
    const view = await editor();
    expect(view.state.doc.toString()).toContain('Keep it very short');
    expect(screen.getByText(/Changed since version 1/)).toBeTruthy();
  });

  it('has them even where the book could not keep them', async () => {
    const full = { is: true };
    const scripts = createScripts();
    open('#/scripts/s-general', {
      ...scripts,
      keepScriptDraft: ((args: never) => {
        if (full.is) throw { code: 'disk_full', message: 'The disk is full.' };
        return scripts.keepScriptDraft!(args);
      }) as never,
    });
    write(await editor(), 'Is this a good moment?', 'Have you a moment?');
    expect((await screen.findByRole('alert')).textContent).toContain('The disk is full.');
    await userEvent.click(screen.getByRole('button', { name: 'All scripts' }));
    await userEvent.click(await screen.findByRole('link', { name: /^A call to say hello/ }));
    const view = await editor();
    expect(view.state.doc.toString()).toContain('Have you a moment?');
    full.is = false;
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull(), { timeout: 6_000 });
    expect(screen.getByText(/Kept as a draft/)).toBeTruthy();
  });

  it('says that another version was saved since the draft was begun', async () => {
    open('#/scripts/s-call-back', {
      scriptDrafts: (() => [
        { id: 'd', script: 's-call-back', base: 2, text: `${callBack}// more\n`, changed_ms: 0 },
      ]) as never,
    });
    expect(await screen.findByText(/Version 3 was saved after you had begun from version 2/)).toBeTruthy();
  });

  it('goes back to the saved words, and brings the draft again where that was a mistake', async () => {
    open('#/scripts/s-call-back');
    const view = await editor();
    change(view);
    await screen.findByText(/Changed since version 3/);
    await userEvent.click(screen.getByRole('button', { name: 'More to do with this script' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Go back to version 3/ }));
    await waitFor(() => expect(view.state.doc.toString()).toBe(callBack));
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(view.state.doc.toString()).toContain('Keep it very short');
  });

  it('throws a draft away only after a question', async () => {
    const { of } = open('#/scripts');
    await userEvent.click(await screen.findByRole('button', { name: 'New script' }));
    await userEvent.click(await screen.findByRole('button', { name: /From nothing/ }));
    await screen.findByText(/title: is empty/i);
    await userEvent.click(screen.getByRole('button', { name: 'More to do with this script' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Throw this draft away/ }));
    const dialog = await screen.findByRole('alertdialog');
    expect(of('discardScriptDraft')).toEqual([]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Throw it away' }));
    await waitFor(() => expect(of('discardScriptDraft')).toHaveLength(1));
    expect(await screen.findByRole('heading', { level: 1, name: 'Scripts' })).toBeTruthy();
  });

  it('writes the saved version to a file', async () => {
    const { of } = open('#/scripts/s-call-back');
    await editor();
    await userEvent.click(screen.getByRole('button', { name: 'More to do with this script' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Write it to a file/ }));
    await waitFor(() =>
      expect(of('writeScriptFile')).toEqual([
        { id: 's-call-back', path: '/home/helen/First call back.script' },
      ]),
    );
  });

  it('says how a script is written', async () => {
    open('#/scripts/s-call-back');
    await editor();
    await userEvent.click(screen.getByRole('button', { name: 'More to do with this script' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'How a script is written' }));
    const dialog = await screen.findByRole('dialog', { name: 'How a script is written' });
    expect(within(dialog).getByText('{{ person.given ? who is this }}')).toBeTruthy();
    await expectAccessible(dialog);
  });
});

describe('the preview', () => {
  it('is walked by the number keys, as at the desk, and back', async () => {
    open('#/scripts/s-call-back');
    await editor();
    await screen.findByRole('button', { name: /They are annoyed/ });
    press('3');
    expect(await screen.findByText(/You are right, and I am sorry/)).toBeTruthy();
    press('Backspace');
    expect(await screen.findByRole('button', { name: /They are annoyed/ })).toBeTruthy();
    press('o');
    press('1');
    expect(await screen.findByText(/That is the whole of it/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'From the beginning' }));
    expect(await screen.findByRole('button', { name: /They are annoyed/ })).toBeTruthy();
    expect(screen.queryByText(/That is the whole of it/)).toBeNull();
  });

  it('is said to a person who is looked for; what is not known stays a visible blank', async () => {
    const { of } = open('#/scripts/s-call-back');
    await editor();
    const field = await screen.findByRole('combobox', { name: 'Find someone to try it with' });
    await userEvent.type(field, 'zo');
    await userEvent.click(await screen.findByRole('option', { name: /Zoë Silva/ }));
    expect(await screen.findByText('Rania')).toBeTruthy();
    expect(screen.getByText('how long? ask them').className).toContain('amber');
    expect(of('previewScript').at(-1)).toMatchObject({ person: 'row-8' });
    await expectAccessible();
    await userEvent.click(screen.getByRole('button', { name: 'Someone else' }));
    expect(await screen.findByText('person.given? ask')).toBeTruthy();
  });

  it('says why nobody can be looked for', async () => {
    open('#/scripts/s-call-back', { firstPeople: fail('book_busy', 'The book is busy.') });
    await editor();
    await userEvent.type(await screen.findByRole('combobox', { name: 'Find someone to try it with' }), 'zo');
    expect(await screen.findByText('The book is busy.')).toBeTruthy();
    expect(screen.queryByText(/Nobody found/)).toBeNull();
  });

  it('follows the words as they are typed, and stays with the last that held together', async () => {
    open('#/scripts/s-call-back');
    const view = await editor();
    write(view, 'Yes, go ahead', newWords[0]);
    expect(await screen.findByRole('button', { name: new RegExp(newWords[0]) })).toBeTruthy();
    write(view, newWords[0], `${newWords[1]} -> Nowhere -> `);
    expect(await screen.findByText(/as they stood before the things to mend/)).toBeTruthy();
    expect(screen.getByRole('button', { name: new RegExp(newWords[0]) })).toBeTruthy();
  });

  it('takes an answer in their own words, and says why one cannot be taken', async () => {
    open('#/scripts/s-call-back');
    await editor();
    await screen.findByRole('button', { name: /They are annoyed/ });
    press('1');
    await screen.findByRole('button', { name: /They are not sure yet/ });
    press('3');
    const field = await screen.findByRole('textbox', { name: 'They say' });
    await waitFor(() => expect(document.activeElement).toBe(field));
    await userEvent.type(field, 'many{Enter}');
    expect(await screen.findByText('That is not a number. Type its digits.')).toBeTruthy();
    await userEvent.clear(field);
    await userEvent.type(field, '12{Enter}');
    expect(await screen.findByText(/Then come as my guest/)).toBeTruthy();
  });

  it('leaves the keyboard in the text while someone writes there', async () => {
    open('#/scripts/s-call-back');
    const view = await editor();
    await screen.findByRole('button', { name: /They are annoyed/ });
    press('1');
    await screen.findByRole('button', { name: /They are not sure yet/ });
    press('3');
    await screen.findByRole('textbox', { name: 'They say' });
    act(() => view.focus());
    write(view, '-> How many', '-> Staff');
    write(view, '# How many', '# Staff');
    await waitFor(() => expect(document.querySelector('[aria-current=step]')?.textContent).toBe('Staff'));
    expect(document.activeElement).toBe(view.contentDOM);
  });

  it('leads to its words in the text', async () => {
    open('#/scripts/s-call-back');
    const view = await editor();
    await screen.findByRole('button', { name: /They are annoyed/ });
    press('1');
    await screen.findByText(/What made you think of us/);
    await userEvent.click(screen.getByRole('button', { name: 'Show these words in the text' }));
    expect(view.state.doc.lineAt(view.state.selection.main.head).text).toBe('# Hopes');
    expect(document.querySelector('.cm-line-here')?.textContent).toBe('# Hopes');
  });
});

describe('the map', () => {
  it('is drawn, is walked with the arrows, and leads to the words', async () => {
    open('#/scripts/s-call-back/-/map');
    const view = await editor();
    const greeting = await screen.findByRole('button', { name: /^Greeting Part\. Opens the call/ });
    expect(greeting.getAttribute('aria-current')).toBe('step');
    expect(greeting.tabIndex).toBe(0);
    expect(greeting.textContent).toContain('1 Yes, go ahead leads to Hopes');
    greeting.focus();
    fireEvent.keyDown(greeting, { key: 'ArrowRight' });
    const hopes = screen.getByRole('button', { name: /^Hopes Part/ });
    expect(document.activeElement).toBe(hopes);
    expect([greeting.tabIndex, hopes.tabIndex]).toEqual([-1, 0]);
    await userEvent.click(hopes);
    expect(view.state.doc.lineAt(view.state.selection.main.head).text).toBe('# Hopes');
    await expectAccessible();
  });

  it('marks what is not reached and what is missing, and reads as a list', async () => {
    open('#/scripts/s-call-back/-/map');
    write(await editor(), '-> Apology', '-> Apolgy');
    expect(await screen.findByRole('button', { name: /^Apolgy Missing part/ })).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Apology Part\. Nothing leads here/ })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'List' }));
    const missing = (await screen.findByRole('heading', { name: 'Names that lead nowhere' })).closest(
      'section',
    )!;
    expect(within(missing).getByRole('button', { name: 'Apolgy' })).toBeTruthy();
    await userEvent.click(screen.getAllByRole('button', { name: 'Hopes' })[1]!);
    await expectAccessible();
  });
});

describe('the versions', () => {
  it('shows what came of each with its interval, and says when nobody can tell', async () => {
    open('#/scripts/s-call-back/-/versions');
    const list = await screen.findByRole('list', { name: 'Versions' });
    const [newest] = within(list).getAllByRole('listitem');
    expect(newest!.textContent).toContain('30 calls');
    expect(
      within(newest!)
        .getAllByRole('img')
        .map((bar) => bar.getAttribute('aria-label')),
    ).toEqual([
      expect.stringMatching(/^19 of 29, 66 %; between \d+ % and \d+ % in truth$/),
      expect.stringMatching(/^14 of 19, 74 %; between/),
    ]);
    expect(screen.getByText(/Too few calls to tell/)).toBeTruthy();
    await expectAccessible();
  });

  it('runs one beside those that run, or alone', async () => {
    const { of } = open('#/scripts/s-call-back/-/versions');
    await userEvent.click(await screen.findByRole('button', { name: 'What to do with version 1' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /beside version 3 and 2/ }));
    await waitFor(() => expect(screen.getAllByText('In use')).toHaveLength(3));
    await userEvent.click(screen.getByRole('button', { name: 'What to do with version 3' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Use version 3 alone' }));
    await waitFor(() => expect(screen.getAllByText('In use')).toHaveLength(1));
    expect(of('runScriptVersions').map((args) => (args.versions as string[]).length)).toEqual([3, 1]);
  });

  it('reads an old one, tells what changed since, and brings its words back to be saved anew', async () => {
    const { of } = open('#/scripts/s-call-back/-/versions');
    const view = await editor();
    await userEvent.click(await screen.findByRole('button', { name: /^Read ?Version 1/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Version 1' });
    expect(dialog.textContent).not.toContain('No longer interested');
    await userEvent.click(within(dialog).getByRole('button', { name: 'What changed up to version 3' }));
    await waitFor(() =>
      expect(dialog.querySelector('.cm-changedLine')?.textContent).toContain('No longer interested'),
    );
    await expectAccessible(dialog);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Bring its words back' }));
    await waitFor(() => expect(view.state.doc.toString()).not.toContain('No longer interested'));
    press('s', { ctrlKey: true });
    await waitFor(() => expect(of('saveScript')).toHaveLength(1));
    expect(await screen.findByText(/^Version 4, saved/)).toBeTruthy();
  });
});

describe('the call desk', () => {
  const talking = { ...begun, id: 'call-edit', began_ms: mockNow - 60_000 };

  it('leads a director to the words of its script, said to whom she is talking with', async () => {
    const { of } = open(`#/call/p-rania/o-rania/${talking.id}`, createDesk(talking));
    await userEvent.click(await screen.findByRole('button', { name: 'Edit this script' }));
    expect(
      await screen.findByRole('heading', { level: 1, name: 'Call back after a long wait' }),
    ).toBeTruthy();
    await editor();
    await waitFor(() => expect(of('previewScript').at(-1)).toMatchObject({ person: 'p-rania' }));
  });

  it('leads no volunteer there', async () => {
    open(`#/call/p-rania/o-rania/${talking.id}`, { ...createDesk(talking), ...asVolunteer });
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    expect(screen.queryByRole('button', { name: 'Edit this script' })).toBeNull();
  });
});

describe('a small window', () => {
  it('shows one side at a time, and forgets nothing on the way', async () => {
    windowOf('small');
    open('#/scripts/s-call-back');
    const view = await editor();
    change(view);
    for (const name of [/^Preview/, /^Map/, /^Versions/, /^Text/]) {
      await userEvent.click(await tab(name));
      expect((await tab(name)).getAttribute('aria-selected')).toBe('true');
      await expectAccessible();
    }
    expect((await editor()).state.doc.toString()).toContain('Keep it very short');
    expect(await editor()).toBe(view);
    press('2', { ctrlKey: true });
    expect((await tab(/^Preview/)).getAttribute('aria-selected')).toBe('true');
    await screen.findByRole('button', { name: /They are annoyed/ });
    press('Enter', { ctrlKey: true });
    expect((await tab(/^Text/)).getAttribute('aria-selected')).toBe('true');
  });
});
