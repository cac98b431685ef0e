import { useEffect, useState, useSyncExternalStore } from 'react';
import { commands, type Answer, type Draft, type Filed, type Filing, type QuestionId } from '../ipc/bindings';
import { run } from '../ipc/error';
import { errorMessage } from '../shared/States';

// Where a filing stood when its desk was left. In memory alone: what was said on a call is the book's business.
const left = new Map<string, Draft>();

interface Shown {
  filing: Filing | null;
  error: string | null;
  /** The answer that is on its way. */
  pending: string | null;
}

/** The questions after a call. What was answered is never lost: a refusal leaves the draft as it was. */
export class FilingDesk {
  private shown: Shown = { filing: null, error: null, pending: null };
  private readonly listeners = new Set<() => void>();
  /** As they stand now: they go along with every answer. */
  private notes = '';

  constructor(private readonly call: string) {}

  readonly read = (): Shown => this.shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly take = (notes: string): void => {
    this.notes = notes;
  };

  private show(change: Partial<Shown>): void {
    this.shown = { ...this.shown, ...change };
    for (const listener of this.listeners) listener();
  }

  /** One question at a time: a second press finds the first one on its way, and asks nothing. */
  private async ask<T>(id: string, question: () => Promise<T>): Promise<T | null> {
    if (this.shown.pending !== null) return null;
    this.show({ pending: id, error: null });
    try {
      return await question();
    } catch (reason) {
      this.show({ error: errorMessage(reason) });
      return null;
    } finally {
      this.show({ pending: null });
    }
  }

  private async move(id: string, question: () => Promise<Filing>): Promise<void> {
    await this.ask(id, async () => {
      const filing = await question();
      left.set(this.call, filing.draft);
      this.show({ filing });
    });
  }

  private noted(draft: Draft): Draft {
    return { ...draft, notes: this.notes };
  }

  /** From the first question, or from where it was left. */
  readonly begin = (): Promise<void> =>
    this.move('begin', () =>
      run(commands.filing(this.call, this.noted(left.get(this.call) ?? { notes: '', answers: [] }))),
    );

  readonly answer = (question: QuestionId, answer: Answer, id: string): void => {
    const { filing } = this.shown;
    if (filing?.question?.id !== question) return;
    void this.move(id, () =>
      run(commands.answerFiling(this.call, this.noted(filing.draft), question, answer)),
    );
  };

  readonly back = (): void => {
    const { filing } = this.shown;
    if (!filing || filing.draft.answers.length === 0) return;
    const draft = this.noted({ ...filing.draft, answers: filing.draft.answers.slice(0, -1) });
    void this.move('back', () => run(commands.filing(this.call, draft)));
  };

  readonly file = async (keeper: string | null): Promise<Filed | null> => {
    const { filing } = this.shown;
    if (!filing?.outcome) return null;
    const filed = await this.ask('file', () =>
      run(commands.fileCall(this.call, this.noted(filing.draft), keeper)),
    );
    if (filed) left.delete(this.call);
    return filed;
  };
}

export type FilingState = Shown & Pick<FilingDesk, 'begin' | 'answer' | 'back' | 'file'>;

export function useFiling(call: string, notes: string, isOpen: boolean): FilingState {
  const [desk] = useState(() => new FilingDesk(call));
  const shown = useSyncExternalStore(desk.subscribe, desk.read);
  useEffect(() => desk.take(notes), [desk, notes]);
  useEffect(() => {
    if (isOpen) void desk.begin();
  }, [desk, isOpen]);
  return { ...shown, begin: desk.begin, answer: desk.answer, back: desk.back, file: desk.file };
}
