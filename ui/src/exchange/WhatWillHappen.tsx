import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Choices, Preflight, RowChange } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { SectionLabel } from '../shared/Layout';
import { dotted } from '../shared/bidi';
import { navigate } from '../shared/route';
import { ErrorState, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { useFieldName } from './fieldName';
import { Numbers } from './Numbers';
import { usePreflight } from './queries';

/** Longer lists are looked through when someone asks: while that goes on, nobody else can write. */
const atOnceRows = 20_000;
const shownFirst = 5;

/** A look through the list: at once where it is short, else when somebody asks. */
export function useLook(path: string, choices: Choices | undefined, rowCount: number | null | undefined) {
  const [isAsked, setAsked] = useState(false);
  const isLong = typeof rowCount !== 'number' || rowCount > atOnceRows;
  const isWanted = choices !== undefined && (!isLong || isAsked);
  return { ...usePreflight(path, choices ?? {}, isWanted), isLong, isAsked, setAsked };
}

/** What the import would do, exactly, before it does anything. */
export function WhatWillHappen({
  look: { data, error, isFetching, progress, look, stop, isLong, isAsked, setAsked },
}: {
  look: ReturnType<typeof useLook>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="flex flex-col gap-3" aria-busy={isFetching}>
      <SectionLabel>{t('exchange.will.title')}</SectionLabel>
      {isLong && !isAsked ? (
        <div className="flex flex-wrap items-center gap-3">
          <p className="min-w-0 flex-1 text-ink-2">{t('exchange.will.long')}</p>
          <Button onPress={() => setAsked(true)}>{t('exchange.will.look')}</Button>
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={look} />
      ) : data ? (
        <Told told={data} />
      ) : progress ? (
        <div className="flex items-center gap-4">
          <div
            role="progressbar"
            aria-label={t('exchange.will.looking')}
            aria-valuenow={progress.percent}
            aria-valuemin={0}
            aria-valuemax={100}
            className="h-2 flex-1 overflow-hidden rounded-full bg-sunken"
          >
            <div className="h-full rounded-full bg-green" style={{ width: `${progress.percent}%` }} />
          </div>
          <span className="tnum text-ink-2">
            {t('exchange.import.soFar', { count: progress.rows, n: format.count(progress.rows) })}
          </span>
          {isLong && (
            <Button
              size="small"
              onPress={() => {
                stop();
                setAsked(false);
              }}
            >
              {t('exchange.import.stop')}
            </Button>
          )}
        </div>
      ) : (
        <Skeleton rows={2} />
      )}
    </section>
  );
}

function Told({ told }: { told: Preflight }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useFieldName();
  const n = (count: number) => ({ count, n: format.count(count) });
  const consents = [
    ...told.consents
      .filter((one) => one.new + one.changed > 0)
      .map((one) =>
        t(`exchange.will.consent.${one.channel}.${one.allowed ? 'yes' : 'no'}`, n(one.new + one.changed)),
      ),
    ...told.consents
      .filter((one) => one.kept_no > 0)
      .map((one) => t(`exchange.will.keptNo.${one.channel}`, n(one.kept_no))),
    ...(told.do_not_call > 0 ? [t('exchange.will.doNotCall', n(told.do_not_call))] : []),
  ];
  return (
    <div className="flex flex-col gap-5 rounded-box border border-line bg-surface px-5 py-4">
      <Numbers will line={told} />
      {told.fields.length > 0 && (
        <Part title={t('exchange.will.fields')}>
          <ul className="flex flex-wrap gap-x-5 gap-y-1">
            {told.fields.map((field) => (
              <li key={field.field}>
                {nameOf(field.field)}{' '}
                <span className="tnum text-ink-3">
                  {[
                    field.added > 0 && t('exchange.will.added', n(field.added)),
                    field.changed > 0 && t('exchange.will.changed', n(field.changed)),
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </li>
            ))}
          </ul>
          <Listed
            all={told.changes}
            total={told.updated}
            row={(change) => <Changes change={change} nameOf={nameOf} />}
          />
        </Part>
      )}
      {told.look_alikes.length > 0 && (
        <Part title={t('exchange.will.alike', n(told.look_alike))} hint={t('exchange.will.alikeHint')}>
          <Listed
            all={told.look_alikes}
            total={told.look_alike}
            row={(one) => (
              <>
                <bdi className="font-medium">{one.name}</bdi>
                <span className="text-ink-3">
                  {' · '}
                  {t(`exchange.will.alikeBy.${one.by as 'name' | 'email' | 'phone'}`, { name: one.of })}
                </span>
              </>
            )}
          />
        </Part>
      )}
      {told.rejects.length > 0 && (
        <Part title={t('exchange.will.rejects', n(told.rejected))} hint={t('exchange.will.rejectsHint')}>
          <Listed
            all={told.rejects}
            total={told.rejects.length}
            row={(reason) => (
              <>
                {reason.why}
                <span className="tnum text-ink-3">
                  {' · '}
                  {t('exchange.will.first', { ...n(reason.count), row: format.count(reason.first_row) })}
                </span>
              </>
            )}
          />
        </Part>
      )}
      {consents.length > 0 && (
        <Part title={t('exchange.will.consents')}>
          <p className="text-ink-2">{dotted(consents)}</p>
        </Part>
      )}
    </div>
  );
}

function Changes({ change, nameOf }: { change: RowChange; nameOf: (field: string) => string }) {
  const { t } = useTranslation();
  return (
    <>
      <Button size="small" look="quiet" onPress={() => navigate({ name: 'person', id: change.person })}>
        <bdi>{change.name}</bdi>
      </Button>
      <span className="text-ink-2">
        {change.changes.map((one, at) => (
          <span key={at}>
            {at > 0 && '; '}
            {nameOf(one.field)}{' '}
            {one.before && (
              <>
                <bdi className="text-ink-3 line-through">{one.before}</bdi>{' '}
              </>
            )}
            <span className="sr-only">{t('exchange.will.becomes')} </span>
            <bdi>{one.after}</bdi>
          </span>
        ))}
      </span>
    </>
  );
}

function Part({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5 border-t border-line pt-4">
      <h3 className="font-semibold">{title}</h3>
      {hint && <p className="text-ink-2">{hint}</p>}
      {children}
    </div>
  );
}

/** The first few, and the rest where someone wants them. */
function Listed<T>({ all, total, row }: { all: T[]; total: number; row: (one: T) => ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? all : all.slice(0, shownFirst);
  return (
    <>
      <ul>
        {shown.map((one, at) => (
          <li key={at} className="border-b border-line py-1.5 [overflow-wrap:anywhere] last:border-b-0">
            {row(one)}
          </li>
        ))}
      </ul>
      {all.length > shownFirst && !isOpen && (
        <div>
          <Button size="small" onPress={() => setOpen(true)}>
            {t('exchange.will.more', { n: format.count(all.length - shownFirst) })}
          </Button>
        </div>
      )}
      {isOpen && total > all.length && (
        <p className="text-ink-3">{t('exchange.will.notShown', { n: format.count(total - all.length) })}</p>
      )}
    </>
  );
}
