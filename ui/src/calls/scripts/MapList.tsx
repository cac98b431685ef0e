import { Fragment, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapNode, ScriptMap } from '../../ipc/bindings';
import { Tag } from '../../shared/Chip';
import { cx } from '../../shared/cx';
import { SectionLabel } from '../../shared/Layout';
import { gist, waysOf } from './mapLayout';

const groups = ['part', 'objection', 'machine', 'missing'] as const;

/** The map as words: every part, what is asked there, and where each answer leads. */
export function MapList({
  map,
  current,
  onOpen,
}: {
  map: ScriptMap;
  current: number | null;
  onOpen: (line: number) => void;
}) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const goTo = (at: number) => {
    const heading = list.current?.querySelector<HTMLElement>(`[data-part="${at}"]`);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <div ref={list} className="h-full overflow-y-auto px-6 py-4">
      {groups.map((kind) => {
        const nodes = map.nodes
          .map((node, at): [MapNode, number] => [node, at])
          .filter(([node]) => node.kind === kind);
        if (nodes.length === 0) return null;
        return (
          <section key={kind} className="mb-6">
            <SectionLabel count={nodes.length} className="mb-1">
              {t(`scripts.map.group.${kind}`)}
            </SectionLabel>
            <ul>
              {nodes.map(([node, at]) => (
                <li key={at} className="border-b border-line py-3 last:border-b-0">
                  <h3 className="flex flex-wrap items-center gap-x-2 gap-y-1">
                    <button
                      type="button"
                      data-part={at}
                      aria-current={at === current ? 'step' : undefined}
                      onClick={() => onOpen(node.line)}
                      className={cx(
                        'rounded-small text-start font-semibold decoration-current/50 underline-offset-4 hover:underline',
                        at === current && 'text-green',
                      )}
                    >
                      <bdi>{node.name || t('scripts.map.noName')}</bdi>
                    </button>
                    <span className="tnum text-label text-ink-3">
                      {t('scripts.problem.line', { line: node.line })}
                    </span>
                    {node.first && <Tag tone="green">{t('scripts.map.first')}</Tag>}
                    {at === current && <Tag tone="green">{t('scripts.map.here')}</Tag>}
                    {!node.reachable && node.kind !== 'missing' && (
                      <Tag tone="late">{t('scripts.map.lost')}</Tag>
                    )}
                  </h3>
                  {node.kind === 'missing' ? (
                    <p className="text-small text-brick">{t('scripts.map.missing')}</p>
                  ) : (
                    <p dir="auto" className="line-clamp-2 text-small text-ink-2">
                      {gist(node.says)}
                    </p>
                  )}
                  {node.asks && (
                    <p dir="auto" className="text-small font-medium">
                      {gist(node.asks)}
                    </p>
                  )}
                  <ul className="mt-1 flex flex-col gap-0.5 text-small">
                    {waysOf(map, at).map((way, index) => (
                      <li key={index} className="flex gap-2 text-ink-2">
                        {way.to === null ? (
                          t('scripts.map.back')
                        ) : (
                          <Fragment>
                            {way.key !== null && (
                              <span className="tnum w-3 shrink-0 text-ink-3">{way.key}</span>
                            )}
                            <span className="min-w-0">
                              {way.label && (
                                <>
                                  <bdi>{way.label}</bdi>
                                  {' → '}
                                </>
                              )}
                              {!way.label &&
                                `${way.free ? t(`scripts.map.free.${way.free}`) : t('scripts.map.straightOn')} → `}
                              <button
                                type="button"
                                onClick={() => goTo(way.to!)}
                                className="rounded-small text-green decoration-current/50 underline-offset-4 hover:underline"
                              >
                                <bdi>{map.nodes[way.to]!.name || t('scripts.map.noName')}</bdi>
                              </button>
                              {way.effects.map((effect) => (
                                <bdi
                                  key={effect}
                                  className="ms-1.5 rounded-small bg-sunken px-1.5 text-label"
                                >
                                  {effect}
                                </bdi>
                              ))}
                            </span>
                          </Fragment>
                        )}
                      </li>
                    ))}
                    {node.ends && <li className="text-ink-3">{t('scripts.map.ends')}</li>}
                  </ul>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
