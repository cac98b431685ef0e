import type { ReactNode, Ref } from 'react';
import { Mail, MapPin, Phone, PhoneOff, Voicemail } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { steady } from '../shared/bidi';
import { formatRoute } from '../shared/route';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { glanceOf, linked, reachText, soFar, subtitleOf, warningOf } from './brief';
import { BriefView, type BriefViewProps } from './BriefView';
import { useBrief } from './queries';

/** More warnings than one reads before a call are a number. */
const shownOthers = 3;

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

  // What is written, visited or decided is done by no script.
  const isRung = brief.promise?.by_ringing !== false;
  const reaching: BriefViewProps['reaching'] = brief.reaches.flatMap((reach) =>
    reachText(reach, t).map((line) => ({
      ...line,
      icon: { phone: Phone, mail: Mail, post: MapPin, voicemail: Voicemail }[line.icon],
    })),
  );
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
            <strong>{t('today.group.not_now')}.</strong> {steady(brief.not_now.why)}
          </Notice>
        )
      }
      warnings={brief.others.slice(0, shownOthers).map((other) => warningOf(other, brief, t))}
      moreOthers={Math.max(0, brief.others.length - shownOthers) + brief.more_others}
      glance={glanceOf(brief, t, format)}
      atHand={isRung ? brief.at_hand : []}
      facts={brief.facts}
      reaching={reaching}
      noteForNext={brief.note_for_next}
      soFar={soFar(brief, t, format)}
      footer={
        footer && (
          <>
            {footer}
            {brief.script_name && isRung && (
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
