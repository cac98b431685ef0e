import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../shared/cx';
import { SectionLabel } from '../shared/Layout';
import { Kbd } from '../shared/Kbd';
import { GrowingText } from './GrowingText';
import type { Jot } from './useJot';

const areaLook =
  'w-full resize-none rounded-box border border-edge/60 bg-paper px-3 py-2 transition-colors duration-120 hover:border-edge focus:border-green focus:outline-2 focus:outline-offset-0 focus:outline-green/40';

/** What is written while one listens; in the book before one has stopped typing. */
export function NotesFields({
  jot,
  notesRef,
  learnedRef,
  isCompact,
  asksLearned,
}: {
  jot: Jot;
  notesRef: RefObject<HTMLTextAreaElement | null>;
  learnedRef: RefObject<HTMLTextAreaElement | null>;
  /** After the call the questions want the room. */
  isCompact: boolean;
  /** The same words stand in the question about them. */
  asksLearned: boolean;
}) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-4">
      <div>
        <div className="mb-2 flex items-center justify-between">
          <SectionLabel id="call-notes">{t('calls.notes.title')}</SectionLabel>
          <Kbd keys="n" />
        </div>
        <GrowingText
          field={notesRef}
          aria-labelledby="call-notes"
          aria-keyshortcuts="N"
          dir="auto"
          rows={isCompact ? 2 : 4}
          value={jot.notes}
          onChange={(event) => jot.change({ notes: event.target.value })}
          className={areaLook}
        />
      </div>
      <div>
        {!asksLearned && (
          <>
            <div className="mb-2 flex items-center justify-between">
              <SectionLabel id="call-learned">{t('calls.notes.learned')}</SectionLabel>
              <Kbd keys="l" />
            </div>
            <GrowingText
              field={learnedRef}
              aria-labelledby="call-learned"
              aria-describedby="call-learned-hint"
              aria-keyshortcuts="L"
              dir="auto"
              rows={2}
              value={jot.learned}
              onChange={(event) => jot.change({ learned: event.target.value })}
              className={areaLook}
            />
          </>
        )}
        <p
          id="call-learned-hint"
          role="status"
          className={cx('mt-1 px-0.5 text-small', jot.state === 'failed' ? 'text-brick' : 'text-ink-2')}
        >
          {jot.state === 'failed' ? t('calls.notes.failed') : asksLearned ? '' : t('calls.notes.hint')}
        </p>
      </div>
    </div>
  );
}
