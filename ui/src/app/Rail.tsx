import type { LucideIcon } from 'lucide-react';
import { Bell, CornerDownRight, PhoneIncoming, Settings, Sun, Users, Voicemail } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../shared/cx';
import { ariaKeys, Kbd } from '../shared/Kbd';
import { useMedia } from '../shared/Panes';
import { ToastPlace } from '../shared/Toast';
import { useFormat } from '../shared/time';
import { openOverlay } from '../shared/overlay';
import { formatRoute, type Route } from '../shared/route';

export interface RailCounts {
  lateCount: number;
  peopleCount: number | null;
  inboxCount: number;
  /** E-mail that needs somebody. */
  mailCount: number;
}

/** Icons alone: then a pointer that rests on one is told its name. */
const useNarrowRail = () => !useMedia('(min-width: 960px)');

/** What comes in from outside, at hand on every screen. */
function RailButton({
  icon: Icon,
  label,
  keyHint,
  onPress,
}: {
  icon: LucideIcon;
  label: string;
  keyHint: string;
  onPress: () => void;
}) {
  const isNarrow = useNarrowRail();
  return (
    <button
      type="button"
      onClick={onPress}
      aria-keyshortcuts={ariaKeys(keyHint)}
      title={isNarrow ? label : undefined}
      className="mx-0.5 flex h-10 shrink-0 items-center justify-center gap-2.5 rounded-control border border-line bg-surface px-2.5 font-semibold transition-colors duration-120 hover:bg-paper mid:justify-start"
    >
      <Icon aria-hidden size={17} strokeWidth={1.75} className="shrink-0" />
      <span className="sr-only mid:not-sr-only mid:flex-1 mid:text-start">{label}</span>
      <span className="hidden mid:flex">
        <Kbd keys={keyHint} />
      </span>
    </button>
  );
}

const calling = {
  late: { text: 'text-brick', dot: 'bg-brick' },
  asking: { text: 'text-amber', dot: 'bg-amber' },
};

function RailLink({
  icon: Icon,
  label,
  to,
  isCurrent,
  count,
  calls,
}: {
  icon: LucideIcon;
  label: string;
  to: Route;
  isCurrent: boolean;
  count?: string;
  /** For somebody: it is late, or wants an answer. */
  calls?: keyof typeof calling | false;
}) {
  const isNarrow = useNarrowRail();
  return (
    <a
      href={formatRoute(to)}
      draggable={false}
      aria-current={isCurrent ? 'page' : undefined}
      title={isNarrow ? (count ? `${label}, ${count}` : label) : undefined}
      className={cx(railRow, isCurrent ? 'bg-surface text-ink' : 'text-ink-2 hover:text-ink')}
    >
      <Icon aria-hidden size={17} strokeWidth={1.6} className="shrink-0" />
      <span className="sr-only mid:not-sr-only mid:flex-1">{label}</span>
      {count && (
        <span
          className={cx(
            'tnum sr-only text-small mid:not-sr-only',
            calls ? cx('text-label font-semibold', calling[calls].text) : 'text-ink-3',
          )}
        >
          {count}
        </span>
      )}
      {calls && (
        <span
          aria-hidden
          className={cx('absolute end-2 top-1.5 size-2 rounded-full mid:hidden', calling[calls].dot)}
        />
      )}
    </a>
  );
}

export const railRow =
  'relative flex h-9 w-full items-center justify-center gap-2.5 rounded-control px-2.5 text-start font-medium transition-colors duration-120 mid:justify-start';

export function Rail({
  route,
  counts,
  canCapture,
  canOpenInbox,
  foot,
}: {
  route: Route;
  counts: RailCounts;
  canCapture: boolean;
  canOpenInbox: boolean;
  foot?: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isNarrow = useNarrowRail();
  const { lateCount, peopleCount, inboxCount, mailCount } = counts;
  return (
    <div className="flex h-full w-16 shrink-0 flex-col overflow-x-hidden overflow-y-auto border-e border-line bg-sunken px-3 py-4 mid:w-50">
      <p className="mb-4.5 px-2.5 font-name text-name font-semibold text-green">
        <span className="hidden mid:inline">{t('brand')}</span>
        <span aria-hidden className="block text-center mid:hidden">
          {t('brand').slice(0, 1)}
        </span>
      </p>
      <nav aria-label={t('nav.label')} className="flex flex-col">
        <RailLink
          icon={Sun}
          label={t('nav.today')}
          to={{ name: 'today' }}
          isCurrent={route.name === 'today'}
          count={lateCount > 0 ? t('nav.late', { count: lateCount }) : undefined}
          calls={lateCount > 0 && 'late'}
        />
        <RailLink
          icon={Users}
          label={t('nav.people')}
          to={{ name: 'people' }}
          isCurrent={['people', 'person', 'import', 'duplicates'].includes(route.name)}
          count={peopleCount === null ? undefined : format.count(peopleCount)}
        />
        <RailLink
          icon={CornerDownRight}
          label={t('nav.plans')}
          to={{ name: 'plans' }}
          isCurrent={route.name === 'plans'}
          count={mailCount > 0 ? t('mail.outbox.rail', { count: mailCount }) : undefined}
          calls={mailCount > 0 && 'asking'}
        />
      </nav>
      <div className="mt-4 flex flex-col gap-2">
        {canCapture && (
          <RailButton
            icon={Voicemail}
            label={t('nav.message')}
            keyHint="v"
            onPress={() => openOverlay('capture')}
          />
        )}
        <RailButton
          icon={PhoneIncoming}
          label={t('nav.incoming')}
          keyHint="i"
          onPress={() => openOverlay('incoming')}
        />
      </div>
      <div className="mt-auto flex flex-col pt-4">
        {!isNarrow && <ToastPlace at="rail" />}
        {canOpenInbox && (
          <button
            type="button"
            onClick={() => openOverlay('inbox')}
            title={isNarrow ? t('nav.inbox') : undefined}
            className={cx(railRow, 'text-ink-2 hover:text-ink')}
          >
            <Bell aria-hidden size={17} strokeWidth={1.6} className="shrink-0" />
            <span className="sr-only mid:not-sr-only mid:flex-1">{t('nav.inbox')}</span>
            {inboxCount > 0 && (
              <span className="tnum absolute end-1 top-1 text-label text-ink-3 mid:static mid:text-small">
                {format.count(inboxCount)}
              </span>
            )}
          </button>
        )}
        <RailLink
          icon={Settings}
          label={t('nav.settings')}
          to={{ name: 'settings' }}
          isCurrent={route.name === 'settings' || route.name === 'scripts'}
        />
        {foot}
      </div>
    </div>
  );
}
