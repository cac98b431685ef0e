// What is done with scripts, without the editor: the window's start must not pay for it.
import { i18next } from '../../i18n';
import { commands, type ScriptRow } from '../../ipc/bindings';
import { run } from '../../ipc/error';
import { showFile } from '../../shared/files';
import { navigate } from '../../shared/route';
import { errorMessage } from '../../shared/States';
import { showDone, showError } from '../../shared/Toast';
import type { DraftStore } from './draftPad';

export const draftStore = (script: string | null): DraftStore => ({
  keep: (id, base, text) => run(commands.keepScriptDraft({ id, script, base, text })),
  discard: (id) => run(commands.discardScriptDraft(id)),
});

/** What a new script begins with: the least that holds together, but for its name. */
export const blankScript = `title:
purpose: general
when:

# Greeting
Hello {{ person.given }}, this is {{ caller.given }} from {{ association.name }}.

> Is this a good moment?
1. Yes -> Goodbye
2. Not now -> Goodbye

# Goodbye
Thank you. Goodbye.
end
`;

/** These words become a script once they are saved; until then they are a draft. */
export async function beginScript(text: string): Promise<void> {
  try {
    const draft = await run(commands.keepScriptDraft({ id: null, script: null, base: 0, text }));
    navigate({ name: 'scripts', draft });
  } catch (reason) {
    showError(errorMessage(reason));
  }
}

export const isScriptFile = (path: string): boolean => /\.script$/iu.test(path);

/** A script from a file: it is looked at, and mended where it must be, before it is saved. */
export async function bringInScript(path: string): Promise<void> {
  try {
    await beginScript(await run(commands.readScriptFile(path)));
  } catch (reason) {
    showError(errorMessage(reason));
  }
}

export async function chooseScriptFile(): Promise<void> {
  try {
    const path = await run(commands.chooseScriptFile());
    if (path !== null) await bringInScript(path);
  } catch (reason) {
    showError(errorMessage(reason));
  }
}

/** A file name that every system takes. */
export const fileNameOf = (title: string): string =>
  `${
    title
      .replace(/[\p{Cc}<>:"/\\|?*]+/gu, ' ')
      .replace(/\s+/gu, ' ')
      .replace(/^[ .]+|[ .]+$/gu, '')
      .slice(0, 80) || 'script'
  }.script`;

export async function exportScript(row: ScriptRow): Promise<void> {
  try {
    const path = await run(commands.chooseScriptTarget(fileNameOf(row.name)));
    if (path === null) return;
    await run(commands.writeScriptFile(row.id, path));
    showDone(i18next.t('scripts.file.written', { number: row.number }), {
      label: i18next.t('scripts.file.show'),
      run: () => showFile(path),
    });
  } catch (reason) {
    showError(errorMessage(reason));
  }
}

export async function retireScript(row: ScriptRow, retired: boolean): Promise<void> {
  try {
    await run(commands.retireScript(row.id, retired));
    showDone(
      i18next.t(retired ? 'scripts.retired.done' : 'scripts.retired.broughtBack', { name: row.name }),
      {
        label: i18next.t('common.undo'),
        run: () => void retireScript(row, !retired),
      },
    );
  } catch (reason) {
    showError(errorMessage(reason));
  }
}
