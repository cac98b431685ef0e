import type { ReactNode, Ref } from 'react';
import { Mail, MapPin, PhoneOff, Voicemail } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatRoute } from '../shared/route';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { linked, reachText, soFar, subtitleOf, warningOf } from './brief';
import { BriefView, type BriefViewProps } from './BriefView';
import { useBrief } from './queries';

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
      footer={footer}
      headingRef={headingRef}
    />
  );
}
