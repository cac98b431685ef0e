import { GitBranch, List } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScriptMap } from '../../ipc/bindings';
import { cx } from '../../shared/cx';
import { EmptyState, Skeleton } from '../../shared/States';
import { MapList } from './MapList';
import { sameName } from './outline';

// Drawing a map takes as much as the whole rest of the screen: it is read when one first looks at it.
const MapCanvas = lazy(() => import('./MapCanvas').then((module) => ({ default: module.MapCanvas })));

type Form = 'map' | 'list';
const key = 'wellmet.scripts.map';
const remembered = (): Form => (window.localStorage.getItem(key) === 'list' ? 'list' : 'map');

/** The ways through a script, drawn or read. */
export function MapPane({
  map,
  node,
  onOpen,
}: {
  map: ScriptMap | null;
  /** The part at which the preview stands. */
  node: string | null;
  onOpen: (line: number) => void;
}) {
  const { t } = useTranslation();
  const [form, setForm] = useState(remembered);
  const show = (next: Form) => {
    window.localStorage.setItem(key, next);
    setForm(next);
  };
  if (!map || map.nodes.length === 0) {
    return (
      <EmptyState icon={GitBranch} title={t('scripts.map.emptyTitle')}>
        {t('scripts.map.empty')}
      </EmptyState>
    );
  }
  const current = node === null ? -1 : map.nodes.findIndex((each) => sameName(each.name, node));
  return (
    <div className="flex h-full flex-col">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-2">
        <p className="text-small text-ink-2">
          {form === 'map' ? t('scripts.map.hint') : t('scripts.map.listHint')}
        </p>
        <div
          role="group"
          aria-label={t('scripts.map.form')}
          className="flex rounded-control border border-line p-0.5"
        >
          {(['map', 'list'] as const).map((each) => {
            const Icon = each === 'map' ? GitBranch : List;
            return (
              <button
                key={each}
                type="button"
                aria-pressed={form === each}
                onClick={() => show(each)}
                className={cx(
                  'flex h-7 items-center gap-1.5 rounded-[6px] px-2 text-small transition-colors duration-120',
                  form === each
                    ? 'bg-green-soft font-medium text-green'
                    : 'text-ink-2 hover:bg-sunken hover:text-ink',
                )}
              >
                <Icon aria-hidden size={14} strokeWidth={1.75} />
                {t(`scripts.map.as.${each}`)}
              </button>
            );
          })}
        </div>
      </div>
      <div className="min-h-0 flex-1">
        {form === 'list' ? (
          <MapList map={map} current={current < 0 ? null : current} onOpen={onOpen} />
        ) : (
          <Suspense fallback={<Skeleton rows={4} className="p-6" />}>
            <MapCanvas
              map={map}
              current={current < 0 ? null : current}
              onOpen={(card) => onOpen(card.node.line)}
            />
          </Suspense>
        )}
      </div>
    </div>
  );
}
