import { commands, type FreeAsk } from '../ipc/bindings';
import { run } from '../ipc/error';

/** What was typed as the book takes it; rejects where it is no answer to this question. */
export async function saidOf(ask: FreeAsk, words: string): Promise<string> {
  return ask.kind === 'date' && words.trim() !== ''
    ? (await run(commands.readToldDay(words.trim()))).iso
    : words;
}
