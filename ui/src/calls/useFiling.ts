import { useEffect, useState } from 'react';
import { commands, type Answer, type Filed, type Filing, type QuestionId } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Drawn, useDrawn } from '../shared/held';
import { errorMessage } from '../shared/States';
import { JotPad } from './useJot';

/** Beside the answers: for whoever rings next, and for a director. */
export interface ForOthers {
  note: string;
  organiser: string;
}

interface Shown {
  filing: Filing | null;
  error: string | null;
  /** The answer that is on its way. */
  pending: string | null;
}

/** The questions after a call. Every answer is in the book before the next question is asked. */
export class FilingDesk extends Drawn<Shown> {
  /** Its words are the book's once the filing has been read. */
  private words: JotPad<ForOthers> | null = null;

  constructor(private readonly call: string) {
    super({ filing: null, error: null, pending: null });
  }

  private show(change: Partial<Shown>): void {
    this.set({ ...this.read(), ...change });
  }

  /** One question at a time: a second press finds the first one on its way, and asks nothing. */
  private async ask<T>(id: string, question: () => Promise<T>): Promise<T | null> {
    if (this.read().pending !== null) return null;
    this.show({ pending: id, error: null });
    try {
      // What was written beside the answers is in the book before they change.
      await this.words?.flush();
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
      this.words ??= new JotPad<ForOthers>(
        { note: filing.draft.note_for_next, organiser: filing.draft.organiser },
        ({ note, organiser }) => run(commands.noteFiling(this.call, note, organiser)),
      );
      this.show({ filing });
    });
  }

  /** `null` until the filing has been read. */
  get forOthers(): JotPad<ForOthers> | null {
    return this.words;
  }

  /** From the first question, or from where it was left. */
  readonly begin = (): Promise<void> => this.move('begin', () => run(commands.filing(this.call)));

  readonly answer = (question: QuestionId, answer: Answer, id: string): void => {
    if (this.read().filing?.question?.id !== question) return;
    void this.move(id, () => run(commands.answerFiling(this.call, question, answer)));
  };

  /** To where so many answers had been given. */
  readonly backTo = (answers: number): void => {
    const given = this.read().filing?.draft.answers.length ?? 0;
    if (answers < 0 || answers >= given) return;
    void this.move('back', () => run(commands.filingBack(this.call, answers)));
  };

  readonly back = (): void => this.backTo((this.read().filing?.draft.answers.length ?? 0) - 1);

  /** `null` where it could not be filed: the call stays unfinished, and everything stands as it was. */
  readonly file = async (keeper: string | null): Promise<Filed | null> => {
    if (!this.read().filing?.outcome) return null;
    const filed = await this.ask('file', () => run(commands.fileCall(this.call, keeper)));
    if (filed) return filed;
    const { error } = this.read();
    // A time may have passed meanwhile: then it is asked for again, and what went wrong is said all the same.
    const filing = await run(commands.filing(this.call)).catch(() => null);
    if (filing) this.show({ filing, error });
    return null;
  };
}

export type FilingState = Shown &
  Pick<FilingDesk, 'begin' | 'answer' | 'back' | 'backTo' | 'file' | 'forOthers'>;

export function useFiling(call: string, isOpen: boolean): FilingState {
  const [desk] = useState(() => new FilingDesk(call));
  const shown = useDrawn(desk);
  useEffect(() => {
    if (isOpen) void desk.begin();
  }, [desk, isOpen]);
  const { begin, answer, back, backTo, file, forOthers } = desk;
  return { ...shown, begin, answer, back, backTo, file, forOthers };
}
