import type { ReactNode, Ref } from 'react';
import { Clock, Mail, MapPin, PhoneOff, Voicemail } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatRoute } from '../shared/route';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { linked, reachText, soFar, subtitleOf, warningOf } from './brief';
import { BriefView, type BriefViewProps } from './BriefView';
import { useBrief } from './queries';

const clockTime = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;

/** The brief of one person and one promise, as it stands in the book now. */
export function BriefPane({
  person,
  promise,
  dueSoon = false,
  footer,
  headingRef,
}: {
  person: string;
  promise: string | null;
  dueSoon?: boolean;
  footer?: ReactNode;
  headingRef?: Ref<HTMLHeadingElement>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: brief, error, refetch } = useBrief(person, promise);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!brief) return <Skeleton rows={6} className="px-8 py-8" />;

  const voicemail = brief.reaches.find((reach) => reach.kind === 'phone' && reach.voicemail !== 'unknown');
  const reaching: BriefViewProps['reaching'] = brief.reaches.flatMap((reach) =>
    reachText(reach, t).map((line) => ({
      ...line,
      icon: line.icon === 'phone' ? 'phone' : line.icon === 'mail' ? Mail : MapPin,
    })),
  );
  if (voicemail) {
    reaching.push({ id: 'voicemail', icon: Voicemail, text: t(`voicemail.${voicemail.voicemail}`) });
  }
  const ours = format.time(format.nowMs);
  const theirs = brief.their_minute === null ? ours : clockTime(brief.their_minute);
  if (theirs !== ours)
    reaching.push({ id: 'clock', icon: Clock, text: t('brief.theirTime', { time: theirs }) });
  return (
    <BriefView
      name={brief.person.name}
      personHref={formatRoute({ name: 'person', id: brief.person.id })}
      subtitle={subtitleOf(brief, t)}
      reason={linked(brief.reason, brief.person.id)}
      tone={brief.late ? 'late' : dueSoon ? 'soon' : 'plain'}
      notice={
        brief.not_now && (
          <Notice icon={PhoneOff}>
            <strong>{t('today.group.not_now')}.</strong> {brief.not_now.why}
          </Notice>
        )
      }
      warnings={brief.others.map((other) => warningOf(other, brief, t))}
      facts={brief.facts}
      reaching={reaching}
      noteForNext={brief.note_for_next}
      soFar={soFar(brief, t, format)}
      footer={
        footer && (
          <>
            {footer}
            {brief.script_name && (
              <p className="ms-auto hidden max-w-44 min-w-20 flex-1 basis-20 text-end text-small text-ink-2 @md:block">
                {t('brief.script', { name: brief.script_name })}
              </p>
            )}
          </>
        )
      }
      headingRef={headingRef}
    />
  );
}
