import { useTranslation } from 'react-i18next';
import type { Segment } from '../ipc/bindings';
import { cx } from '../shared/cx';
import { paragraphsOf } from './segments';

/** Words to say aloud: what is known is green, what wants asking is amber. */
export function Said({ segments, quoted = true }: { segments: Segment[]; quoted?: boolean }) {
  const paragraphs = paragraphsOf(segments);
  return (
    <div
      dir="auto"
      className={cx(
        'flex flex-col gap-2.5 select-text [overflow-wrap:anywhere]',
        quoted && 'text-[1rem]/[1.5625rem] mid:text-say',
      )}
    >
      {paragraphs.map((paragraph, index) => (
        <p key={index}>
          {quoted && index === 0 && '“'}
          {paragraph.map((segment, at) => (
            <Piece key={at} segment={segment} />
          ))}
          {quoted && index === paragraphs.length - 1 && '”'}
        </p>
      ))}
    </div>
  );
}

function Piece({ segment }: { segment: Segment }) {
  const { t } = useTranslation();
  if (segment.kind === 'text') return <>{segment.text}</>;
  if (segment.kind === 'filled') {
    return <bdi className="rounded-small bg-green-soft box-decoration-clone px-1 py-px">{segment.value}</bdi>;
  }
  return (
    <span
      title={t('calls.script.blank')}
      className="rounded-small bg-amber-soft box-decoration-clone px-1.5 py-px text-[0.92em] text-amber"
    >
      <span className="sr-only">{t('calls.script.blank')} </span>
      {segment.question}
    </span>
  );
}
