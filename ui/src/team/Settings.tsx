import { ArrowUpRight } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Standards } from '../ipc/bindings';
import { cx } from '../shared/cx';
import { SectionLabel } from '../shared/Layout';
import { BackBar, useTwoPanes } from '../shared/Panes';
import { formatRoute, navigate, type Route } from '../shared/route';
import { ErrorState, Notice, Skeleton } from '../shared/States';
import { CalendarSettings } from '../exchange/CalendarSettings';
import { MailSettings } from '../mail/MailSettings';
import { FieldSettings } from '../people/fields/FieldSettings';
import { TagSettings } from '../people/fields/TagSettings';
import { AvailabilitySettings } from '../plans/AvailabilitySettings';
import { SafetySettings } from '../store/SafetySettings';
import { AssociationSettings, RingingSettings } from './AssociationSettings';
import { RetrySettings, TargetSettings } from './AnswerSettings';
import { ClosureSettings } from './ClosureSettings';
import { ComputerSettings } from './ComputerSettings';
import { EditSettings } from './EditSettings';
import { HoursSettings } from './HoursSettings';
import { useIsDirector, useStandards } from './settings';
import { TeamSettings } from './TeamSettings';

const groups = {
  ours: ['association', 'hours', 'closures', 'people', 'availability', 'mail', 'fields', 'tags'],
  promises: ['targets', 'retry', 'ringing'],
  here: ['computer', 'calendar', 'safety', 'edits'],
} as const;
type SectionName = (typeof groups)[keyof typeof groups][number];
const sections = Object.values(groups).flat() as SectionName[];

const ofStandards: Partial<Record<SectionName, (standards: Standards) => ReactNode>> = {
  association: (standards) => <AssociationSettings standards={standards} />,
  hours: (standards) => <HoursSettings standards={standards} />,
  closures: (standards) => <ClosureSettings standards={standards} />,
  targets: (standards) => <TargetSettings standards={standards} />,
  retry: (standards) => <RetrySettings standards={standards} />,
  ringing: (standards) => <RingingSettings standards={standards} />,
};

export function Settings({ route }: { route: Extract<Route, { name: 'settings' }> }) {
  const { t } = useTranslation();
  const hasRoom = useTwoPanes();
  const chosen = sections.find((each) => each === route.section) ?? null;
  const section = chosen ?? (hasRoom ? 'association' : null);
  const heading = useRef<HTMLHeadingElement>(null);
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where what was pressed is not there any more.
    if (document.activeElement === document.body)
      (chosen ? page : heading).current?.focus({ preventScroll: true });
  }, [hasRoom, chosen]);
  const list = (
    <nav
      aria-label={t('nav.settings')}
      className={cx(
        'overflow-y-auto px-3 py-5.5',
        hasRoom ? 'w-48 shrink-0 border-e border-line mid:w-56' : 'flex-1',
      )}
    >
      <h1 ref={heading} tabIndex={-1} className="mb-4 px-2.5 text-title font-semibold tracking-[-0.012em]">
        {t('nav.settings')}
      </h1>
      {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
        <div key={group} className="mb-4">
          <SectionLabel className="px-2.5 pb-1">{t(`team.group.${group}`)}</SectionLabel>
          <ul>
            {groups[group].map((name) => (
              <li key={name}>
                <a
                  href={formatRoute({ name: 'settings', section: name })}
                  draggable={false}
                  aria-current={name === section ? 'page' : undefined}
                  className={cx(
                    'flex min-h-8 items-center rounded-control px-2.5 py-1 transition-colors duration-120',
                    name === section
                      ? 'bg-selected font-medium text-ink'
                      : 'text-ink-2 hover:bg-sunken hover:text-ink',
                  )}
                >
                  {t(`team.section.${name}`)}
                </a>
              </li>
            ))}
            {group === 'promises' && (
              <li>
                <a
                  href={formatRoute({ name: 'scripts' })}
                  draggable={false}
                  className="flex min-h-8 items-center gap-2 rounded-control px-2.5 py-1 text-ink-2 transition-colors duration-120 hover:bg-sunken hover:text-ink"
                >
                  {t('nav.scripts')}
                  <ArrowUpRight aria-hidden size={14} strokeWidth={1.75} className="text-ink-3" />
                </a>
              </li>
            )}
          </ul>
        </div>
      ))}
    </nav>
  );
  return (
    <div className="flex h-full">
      {(hasRoom || !section) && list}
      {section && (
        <div className="flex min-w-0 flex-1 flex-col bg-surface">
          {!hasRoom && <BackBar onPress={() => navigate({ name: 'settings' })} />}
          {/* Where nothing in it may be changed, the keyboard still has to scroll it. */}
          <div
            ref={page}
            className="min-h-0 flex-1 overflow-y-auto px-6 py-6.5 -outline-offset-2 mid:px-8"
            key={section}
            tabIndex={0}
          >
            <Page section={section} />
          </div>
        </div>
      )}
    </div>
  );
}

function Page({ section }: { section: SectionName }) {
  switch (section) {
    case 'people':
      return <TeamSettings />;
    case 'availability':
      return <AvailabilitySettings />;
    case 'mail':
      return <MailSettings />;
    case 'fields':
      return <FieldSettings />;
    case 'tags':
      return <TagSettings />;
    case 'computer':
      return <ComputerSettings />;
    case 'calendar':
      return <CalendarSettings />;
    case 'safety':
      return <SafetySettings />;
    case 'edits':
      return <EditSettings />;
    default:
      return <StandardsPage section={section} />;
  }
}

function StandardsPage({ section }: { section: SectionName }) {
  const { t } = useTranslation();
  const isDirector = useIsDirector();
  const { data: standards, error, refetch } = useStandards();
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!standards) return <Skeleton rows={5} />;
  return (
    <>
      {!isDirector && <Notice className="mb-6 max-w-[40rem]">{t('team.directorOnly')}</Notice>}
      <fieldset disabled={!isDirector} className="min-w-0">
        {ofStandards[section]?.(standards)}
      </fieldset>
    </>
  );
}
