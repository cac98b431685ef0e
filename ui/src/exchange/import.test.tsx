import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { events, type ImportProgress } from '../ipc/bindings';
import { call, createDesk, preflight, preview, type Handlers } from '../ipc/mock';
import { expectAccessible } from '../test/axe';
import { renderApp } from '../test/render';
import { setImportFile } from './fileDrop';

afterEach(() => setImportFile(null));

const open = (changed: Handlers = {}) => {
  renderApp('#/import', changed);
  return userEvent.setup();
};
const progress = (change: Partial<ImportProgress>): ImportProgress => ({
  import: 'im-3',
  state: 'running',
  rows_done: 600,
  percent: 47,
  left_ms: 95_000,
  created: 590,
  updated: 4,
  unchanged: 4,
  rejected: 2,
  rejects_file: null,
  fault: null,
  ...change,
});

describe('a list brought in', () => {
  it('is looked at first: what each column holds and becomes', async () => {
    const started: unknown[] = [];
    const user = open({
      startImport: (args: never) => {
        started.push(args);
        return 'im-3';
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Choose a file' }));
    expect(await screen.findByText('members 2026.csv')).toBeTruthy();
    expect(screen.getByText(/They look like windows-1252/)).toBeTruthy();
    await expectAccessible();
    expect(started).toEqual([]);
    await user.click(screen.getByRole('button', { name: /Unused becomes/ }));
    await user.click(await screen.findByRole('option', { name: 'Tag' }));
    await user.click(screen.getByRole('button', { name: 'Bring in 1,192 rows' }));
    await waitFor(() => expect(started).toHaveLength(1));
    expect(started[0]).toMatchObject({
      path: preview.path,
      choices: { columns: { Unused: 'tag', 'Phone (work)': 'phone:work' } },
    });
  });

  it('tells beforehand what will happen, and again for each choice', async () => {
    const looked: unknown[] = [];
    const user = open({
      preflightImport: (args: never) => {
        looked.push(args);
        return preflight;
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Choose a file' }));
    expect(await screen.findByText('1,180')).toBeTruthy();
    expect(screen.getByText('1 new person may be there already')).toBeTruthy();
    expect(screen.getByText('is called as Etienne Dubois is', { exact: false })).toBeTruthy();
    expect(screen.getByText('4 may not be e-mailed', { exact: false })).toBeTruthy();
    expect(screen.getByText('2 rows cannot come in')).toBeTruthy();
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: /Who comes in/ }));
    await user.click(await screen.findByRole('option', { name: 'Only new people' }));
    await user.type(screen.getByRole('textbox', { name: 'What it is' }), 'Spring fair{Enter}');
    await waitFor(() =>
      expect(looked.at(-1)).toMatchObject({
        choices: { mode: 'create', defaults: { source: 'Spring fair' } },
      }),
    );
    await user.click(screen.getByRole('button', { name: 'Without How they came' }));
    await waitFor(() => expect(looked.at(-1)).toMatchObject({ choices: { defaults: {} } }));
  });

  it('takes a column to a field of the association’s own, or keeps it as a new one', async () => {
    const asked: unknown[] = [];
    const user = open({
      previewImport: ({ choices }: { choices: unknown }) => {
        asked.push(choices);
        return {
          ...preview,
          columns: preview.columns.map((column, at) =>
            at === 7 ? { ...column, field: 'field:Diet' } : column,
          ),
          fields: [...preview.fields, 'field:Diet', 'new_field:text', 'new_field:number'],
        };
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Choose a file' }));
    const column = await screen.findByRole('button', { name: /Unused becomes/ });
    expect(column.textContent).toContain('Diet');
    await user.click(screen.getByRole('checkbox', { name: /^Add what cannot be chosen/ }));
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ add_options: true }));
    await user.click(screen.getByRole('button', { name: /Unused becomes/ }));
    await user.click(await screen.findByRole('option', { name: 'A new field: Number' }));
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ columns: { Unused: 'new_field:number' } }));
    await expectAccessible();
  });

  it('looks through a long list only when asked, and can be stopped', async () => {
    const stopped: unknown[] = [];
    const user = open({
      previewImport: () => ({ ...preview, row_count: null }),
      preflightImport: () => new Promise(() => undefined) as never,
      cancelPreflight: () => {
        stopped.push(true);
        return null;
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Choose a file' }));
    await user.click(await screen.findByRole('button', { name: 'Look through it' }));
    await events.preflightProgressed.emit({ rows: 4000, percent: 12 });
    const bar = await screen.findByRole('progressbar', { name: 'Looking through the list' });
    expect(bar.getAttribute('aria-valuenow')).toBe('12');
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(stopped).not.toEqual([]);
    expect(await screen.findByRole('button', { name: 'Look through it' })).toBeTruthy();
  });

  it('tells how far it is, can be stopped, and says what came of it', async () => {
    const stopped: unknown[] = [];
    const user = open({
      cancelImport: ({ id }: { id: string }) => {
        stopped.push(id);
        return null;
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Choose a file' }));
    await user.click(await screen.findByRole('button', { name: 'Bring in 1,284 rows' }));
    const bar = await screen.findByRole('progressbar');
    await events.importProgressed.emit(progress({}));
    await waitFor(() => expect(bar.getAttribute('aria-valuenow')).toBe('47'));
    expect(screen.getByText(/about 2 minutes left/)).toBeTruthy();
    await events.importProgressed.emit(progress({ import: 'another', percent: 99 }));
    expect(bar.getAttribute('aria-valuenow')).toBe('47');
    await expectAccessible();
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(stopped).toEqual(['im-3']);
    await events.importProgressed.emit(
      progress({ state: 'done', rows_done: 1284, percent: 100, rejects_file: '/home/helen/rejected.csv' }),
    );
    expect(await screen.findByText('They are in the book')).toBeTruthy();
    expect(screen.getByText(/2 rows could not be read/)).toBeTruthy();
    await expectAccessible();
  });

  it('is taken back row by row, and names what was kept', async () => {
    const user = open();
    await user.click(await screen.findByRole('button', { name: 'Undo members 2025.xlsx' }));
    await expectAccessible();
    await user.click(await screen.findByRole('button', { name: 'Undo it' }));
    expect(await screen.findByText('1,189 taken back, 1 kept, 0 failed.')).toBeTruthy();
    expect(screen.getByText('Changed since: place.')).toBeTruthy();
  });

  it('begins with a file dropped on the window, but not in the middle of a call', async () => {
    renderApp('#/today');
    await screen.findByRole('article', { name: 'Rania Haddad' });
    await events.fileDropped.emit({ path: preview.path });
    expect(await screen.findByText('members 2026.csv')).toBeTruthy();
  });

  it('waits for the end of a call', async () => {
    const hash = '#/call/p-rania/o-rania/call-import';
    renderApp(hash, createDesk({ ...call, id: 'call-import' }));
    await screen.findByRole('button', { name: /Yes, go ahead/ });
    await events.fileDropped.emit({ path: preview.path });
    expect(await screen.findByText(/File the call first/)).toBeTruthy();
    expect(window.location.hash).toBe(hash);
  });

  it('says what is wrong with a file, and takes another', async () => {
    const user = open({
      previewImport: () => {
        throw { code: 'file', message: '“letter.docx” is no list of people.' };
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Choose a file' }));
    expect(await screen.findByText('“letter.docx” is no list of people.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Another file' })).toBeTruthy();
  });
});
