import { BookOpen, EllipsisVertical, Undo2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScriptVersionView } from '../../ipc/bindings';
import { Button, IconButton } from '../../shared/Button';
import { Tag } from '../../shared/Chip';
import { Menu, type MenuEntry } from '../../shared/Menu';
import { Notice } from '../../shared/States';
import { useFormat } from '../../shared/time';
import { ShareBar } from './ShareBar';
import { verdictOf } from './shares';

// To tell two versions apart takes a part of its own, which only a reader needs.
const VersionReader = lazy(() =>
  import('./VersionReader').then((module) => ({ default: module.VersionReader })),
);

/** What was said, version by version, and what came of it. */
export function VersionsPane({
  versions,
  canChange,
  onRun,
  onBringBack,
}: {
  /** Newest first. */
  versions: ScriptVersionView[];
  canChange: boolean;
  onRun: (versions: string[]) => void;
  onBringBack: (version: ScriptVersionView) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [reading, setReading] = useState<ScriptVersionView | null>(null);
  const verdict = verdictOf(versions);
  const running = versions.filter((version) => version.running);
  const newest = versions[0];
  return (
    <div className="h-full overflow-y-auto px-5 py-4">
      {versions.length > 1 && (
        <p className="mb-3 max-w-[38rem] text-ink-2">
          {verdict.kind === 'alone' && t('scripts.versions.alone')}
          {verdict.kind === 'open' && t('scripts.versions.tooFew')}
          {verdict.kind === 'better' &&
            t('scripts.versions.better', {
              number: verdict.number,
              than: format.list(verdict.than.map(String)),
            })}
        </p>
      )}
      {versions.length === 1 && <p className="mb-3 max-w-[38rem] text-ink-2">{t('scripts.versions.one')}</p>}
      {running.length > 1 && verdict.kind === 'better' && canChange && (
        <Notice
          tone="good"
          icon={null}
          className="mb-3"
          action={
            <Button
              size="small"
              onPress={() => onRun([versions.find(({ number }) => number === verdict.number)!.id])}
            >
              {t('scripts.versions.runAlone', { number: verdict.number })}
            </Button>
          }
        >
          {t('scripts.versions.decide')}
        </Notice>
      )}
      <ol aria-label={t('scripts.tab.versions')}>
        {versions.map((version) => (
          <li key={version.id} className="border-b border-line py-3.5 last:border-b-0">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <h2 className="font-semibold">{t('scripts.versions.number', { number: version.number })}</h2>
              {version.running && <Tag tone="green">{t('scripts.versions.running')}</Tag>}
              <span className="text-small text-ink-3">
                {format.near(version.created_ms)}
                {' · '}
                {t('scripts.versions.calls', { count: version.calls })}
              </span>
              <span className="ms-auto flex items-center">
                <Button size="small" look="quiet" icon={BookOpen} onPress={() => setReading(version)}>
                  {t('scripts.versions.read')}
                  <span className="sr-only">{t('scripts.versions.number', { number: version.number })}</span>
                </Button>
                {canChange && (
                  <VersionMenu
                    version={version}
                    isNewest={version === newest}
                    running={running}
                    onRun={onRun}
                    onBringBack={onBringBack}
                  />
                )}
              </span>
            </div>
            {version.calls > 0 && (
              <div className="mt-2 flex flex-col gap-1.5">
                <ShareBar label={t('scripts.share.reached')} share={version.reached} />
                <ShareBar label={t('scripts.share.wentWell')} share={version.went_well} />
              </div>
            )}
          </li>
        ))}
      </ol>
      {versions.some((version) => version.calls > 0) && (
        <p className="mt-3 max-w-[38rem] text-small text-ink-3">{t('scripts.share.how')}</p>
      )}
      {reading && newest && (
        <Suspense fallback={null}>
          <VersionReader
            version={reading}
            newest={newest}
            onClose={() => setReading(null)}
            onBringBack={
              canChange && reading !== newest
                ? () => {
                    setReading(null);
                    onBringBack(reading);
                  }
                : undefined
            }
          />
        </Suspense>
      )}
    </div>
  );
}

function VersionMenu({
  version,
  isNewest,
  running,
  onRun,
  onBringBack,
}: {
  version: ScriptVersionView;
  isNewest: boolean;
  running: ScriptVersionView[];
  onRun: (versions: string[]) => void;
  onBringBack: (version: ScriptVersionView) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const isAlone = version.running && running.length === 1;
  const others = running.filter((each) => each.id !== version.id);
  const entries: (MenuEntry | false)[] = [
    !version.running && {
      id: 'beside',
      label: t('scripts.versions.runBeside', {
        list: format.list(others.map(({ number }) => String(number))),
      }),
      description: t('scripts.versions.runBesideHint'),
      onAction: () => onRun([...others.map(({ id }) => id), version.id]),
    },
    !isAlone && {
      id: 'alone',
      label: t('scripts.versions.runAlone', { number: version.number }),
      onAction: () => onRun([version.id]),
    },
    version.running &&
      !isAlone && {
        id: 'stop',
        label: t('scripts.versions.stop', { number: version.number }),
        onAction: () => onRun(others.map(({ id }) => id)),
      },
    !isNewest && {
      id: 'bring-back',
      label: t('scripts.versions.bringBack'),
      description: t('scripts.versions.bringBackHint'),
      icon: Undo2,
      onAction: () => onBringBack(version),
    },
  ];
  const shown = entries.filter((entry) => entry !== false);
  if (shown.length === 0) return null;
  return (
    <Menu
      label={t('scripts.versions.menu', { number: version.number })}
      entries={shown}
      trigger={
        <IconButton icon={EllipsisVertical} label={t('scripts.versions.menu', { number: version.number })} />
      }
    />
  );
}
