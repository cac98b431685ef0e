import type { TFunction } from 'i18next';
import { ArrowLeftRight, Check, Minus } from 'lucide-react';
import { useMemo, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComesAlong, MergeField, MergePreview, PairOfPeople, Person } from '../../ipc/bindings';
import { Button, IconButton } from '../../shared/Button';
import { cx } from '../../shared/cx';
import { Kbd } from '../../shared/Kbd';
import { useKeys } from '../../shared/keys';
import { PersonName } from '../../shared/People';
import { navigate } from '../../shared/route';
import { ErrorState, Notice, Skeleton } from '../../shared/States';
import { showDone } from '../../shared/Toast';
import { useUndo } from '../../shared/useUndo';
import { valueWords } from '../fields/words';
import { birthDayWords, sourceWords } from '../options';
import { useMerge, useMergePreview, useNotTheSame } from './queries';

/** One pair: why they may be one, both side by side, and what a merge would make of them. */
export function PairPane({
  pair,
  headingRef,
}: {
  pair: PairOfPeople;
  headingRef: RefObject<HTMLHeadingElement | null>;
}) {
  const { t } = useTranslation();
  const { undo } = useUndo();
  const { data: preview, error, refetch } = useMergePreview(pair.one.id, pair.other.id);
  const [isFlipped, setFlipped] = useState(false);
  const data = useMemo(() => (preview && isFlipped ? flipped(preview) : preview), [preview, isFlipped]);
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const merge = useMerge();
  const notTheSame = useNotTheSame();
  const isBusy = merge.isPending || notTheSame.isPending;

  const fields = data ? pairsOf(data, t) : [];
  const conflicts = fields.filter((field) => field.conflict);
  const toggle = (field: string) =>
    setTaken((before) => {
      const after = new Set(before);
      if (!after.delete(field)) after.add(field);
      return after;
    });
  const flip = () => {
    setFlipped((before) => !before);
    // What was chosen stays chosen: it stands on the other side now.
    setTaken(new Set(conflicts.filter((each) => !taken.has(each.key)).map((each) => each.key)));
  };
  const doMerge = () => {
    if (!data || isBusy) return;
    const names = [data.kept.name, data.other.name];
    merge.mutate(
      {
        kept: data.kept.id,
        other: data.other.id,
        take: data.fields.map((each) => each.field).filter((field) => taken.has(field)),
        take_own: data.own_fields.map((each) => each.field).filter((field) => taken.has(field)),
      },
      {
        onSuccess: () =>
          showDone(t('duplicates.merged', { name: names[taken.has('name') ? 1 : 0] }), {
            label: t('common.undo'),
            run: undo,
          }),
      },
    );
  };
  const keepApart = () => {
    if (isBusy) return;
    notTheSame.mutate(
      { one: pair.one.id, other: pair.other.id },
      {
        onSuccess: () => showDone(t('duplicates.keptApart'), { label: t('common.undo'), run: undo }),
      },
    );
  };
  useKeys([
    { keys: 'm', label: 'keys.merge', enabled: data !== undefined, run: doMerge },
    { keys: 'x', label: 'keys.notTheSame', run: keepApart },
    { keys: 'f', label: 'keys.flip', enabled: data !== undefined, run: flip },
    ...conflicts.slice(0, 9).map((field, index) => ({
      keys: String(index + 1),
      run: () => toggle(field.key),
    })),
  ]);

  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-6 py-5.5">
        <h2 ref={headingRef} tabIndex={-1} className="text-reason font-semibold outline-none">
          {t('duplicates.areTheyOne')}
        </h2>
        <ul className="mt-2.5 grid gap-1">
          {pair.reasons.map((reason) => (
            <li key={reason.words} className="flex items-start gap-2.5 text-ink-2">
              {reason.speaks_for ? (
                <Check aria-hidden size={15} strokeWidth={2} className="mt-1 shrink-0 text-green" />
              ) : (
                <Minus aria-hidden size={15} strokeWidth={2} className="mt-1 shrink-0 text-ink-3" />
              )}
              <span className="[overflow-wrap:anywhere]">
                {!reason.speaks_for && <span className="sr-only">{t('duplicates.against')} </span>}
                {reason.words}
              </span>
            </li>
          ))}
        </ul>
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <Skeleton rows={5} className="mt-5" />
        ) : (
          <>
            <table className="mt-6 w-full table-fixed border-collapse">
              <thead>
                <tr className="border-b border-line align-bottom">
                  <th scope="col" className="w-30 pb-1 text-start font-normal">
                    <span className="sr-only">{t('duplicates.field')}</span>
                    <span className="flex items-center gap-1">
                      <IconButton
                        icon={ArrowLeftRight}
                        label={t('duplicates.flip')}
                        keyHint="f"
                        onPress={flip}
                        className="-ms-2"
                      />
                      <Kbd keys="f" />
                    </span>
                  </th>
                  <Head person={data.kept} role={t('duplicates.kept')} />
                  <Head person={data.other} role={t('duplicates.other')} />
                </tr>
              </thead>
              <tbody>
                {fields.map((field) => (
                  <FieldRow
                    key={field.key}
                    field={field}
                    number={field.conflict ? conflicts.indexOf(field) + 1 : null}
                    isTaken={taken.has(field.key)}
                    onToggle={() => toggle(field.key)}
                  />
                ))}
                <Lists
                  label={t('duplicates.reached')}
                  kept={reached(data.kept)}
                  other={reached(data.other)}
                />
                <Lists
                  label={t('person.organisation')}
                  kept={data.kept.roles.map((role) => role.organisation)}
                  other={data.other.roles.map((role) => role.organisation)}
                />
                <Lists
                  label={t('duplicates.facts')}
                  kept={[...data.kept.facts.map((fact) => fact.words), ...data.kept.tags]}
                  other={[...data.other.facts.map((fact) => fact.words), ...data.other.tags]}
                />
                <Lists
                  label={t('duplicates.history')}
                  kept={[history(data.kept_has, t)]}
                  other={[history(data.comes_along, t)]}
                />
              </tbody>
            </table>
            {data.said.map((words) => (
              <Notice key={words} className="mt-4">
                {words}
              </Notice>
            ))}
            <p className="mt-4 text-small text-ink-3">{t('duplicates.nothingLost')}</p>
          </>
        )}
      </div>
      <footer className="flex flex-wrap gap-2.5 border-t border-line px-6 py-3.5">
        <Button look="primary" keyHint="m" isDisabled={!data || isBusy} onPress={doMerge}>
          {t('duplicates.merge')}
        </Button>
        <Button keyHint="x" isDisabled={isBusy} onPress={keepApart}>
          {t('duplicates.notTheSame')}
        </Button>
      </footer>
    </div>
  );
}

function Head({ person, role }: { person: Person; role: string }) {
  return (
    <th scope="col" className="pe-3 pb-2 text-start font-normal">
      <span className="block text-label font-semibold text-ink-3">{role}</span>
      <button
        type="button"
        onClick={() => navigate({ name: 'person', id: person.id })}
        className="max-w-full truncate text-start underline-offset-3 hover:underline"
      >
        <PersonName name={person.name} />
      </button>
    </th>
  );
}

/** One line of both: a field of ours, or one that the association made. */
interface Pair {
  key: string;
  label: string;
  kept: string;
  other: string;
  words: (value: string) => string;
  conflict: boolean;
  takesOther: boolean;
}

function pairsOf(preview: MergePreview, t: TFunction): Pair[] {
  const words = (field: MergeField) => (value: string) => {
    if (field === 'standing' && value) return t(`standing.${value}` as 'standing.member');
    if (field === 'source') return sourceWords(value, t);
    return field === 'birth_day' ? birthDayWords(value) : value;
  };
  const ours = preview.fields
    .filter((field) => field.kept || field.other)
    .map((field) => ({
      ...field,
      key: field.field,
      label: t(`mergeField.${field.field}`),
      words: words(field.field),
      takesOther: field.takes_other,
    }));
  const own = preview.own_fields.map((field) => ({
    ...field,
    key: field.field,
    label: field.name,
    words: (value: string) => valueWords(field.kind, value),
    takesOther: field.takes_other,
  }));
  return [...ours, ...own];
}

/** What both say. Where they differ, a click or its number takes the other's. */
function FieldRow({
  field,
  number,
  isTaken,
  onToggle,
}: {
  field: Pair;
  number: number | null;
  isTaken: boolean;
  onToggle: () => void;
}) {
  const { t } = useTranslation();
  const takesOther = isTaken || field.takesOther;
  const cell = (value: string, isChosen: boolean): ReactNode => {
    const text = (
      <bdi className={cx('[overflow-wrap:anywhere]', isChosen ? 'text-ink' : 'text-ink-3')}>
        {field.words(value) || t('duplicates.nothing')}
      </bdi>
    );
    if (!field.conflict) return <span className="block py-0.75">{text}</span>;
    return (
      <button
        type="button"
        role="radio"
        aria-checked={isChosen}
        onClick={isChosen ? undefined : onToggle}
        className={cx(
          'flex w-full items-start gap-2 rounded-control border px-2 py-0.5 text-start',
          isChosen ? 'border-green bg-green-soft' : 'border-line hover:bg-sunken',
        )}
      >
        <span className="min-w-0 flex-1">{text}</span>
        {isChosen && <Check aria-hidden size={15} strokeWidth={2} className="mt-0.75 shrink-0 text-green" />}
      </button>
    );
  };
  return (
    <tr
      className="border-b border-line align-top"
      role={field.conflict ? 'radiogroup' : undefined}
      aria-label={field.conflict ? field.label : undefined}
    >
      <th scope="row" className="py-2.25 pe-3 text-start font-normal text-ink-3">
        <span className="flex items-start gap-2">
          <span dir="auto" className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            {field.label}
          </span>
          {number !== null && number <= 9 && <Kbd keys={String(number)} />}
        </span>
      </th>
      <td className="py-1.5 pe-3">{cell(field.kept, !takesOther)}</td>
      <td className="py-1.5">{cell(field.other, takesOther)}</td>
    </tr>
  );
}

/** All of both is kept: what only one of them has stands out. */
function Lists({ label, kept, other }: { label: string; kept: string[]; other: string[] }) {
  if (kept.length === 0 && other.length === 0) return null;
  const column = (words: string[], others: string[]) => (
    <td className="py-2.25 pe-3">
      {words.map((word, index) => (
        <bdi
          key={index}
          className={cx(
            'block whitespace-pre-line [overflow-wrap:anywhere]',
            others.includes(word) ? 'text-ink-3' : 'text-ink',
          )}
        >
          {word}
        </bdi>
      ))}
    </td>
  );
  return (
    <tr className="border-b border-line align-top">
      <th scope="row" className="py-2.25 pe-3 text-start font-normal text-ink-3">
        {label}
      </th>
      {column(kept, other)}
      {column(other, kept)}
    </tr>
  );
}

/** The same with the other one kept. */
const flipped = (preview: MergePreview): MergePreview => ({
  ...preview,
  kept: preview.other,
  other: preview.kept,
  kept_has: preview.comes_along,
  comes_along: preview.kept_has,
  fields: preview.fields.map(turned),
  own_fields: preview.own_fields.map(turned),
});

const turned = <Each extends { kept: string; other: string }>(field: Each): Each => ({
  ...field,
  kept: field.other,
  other: field.kept,
  takes_other: !field.other && field.kept !== '',
});

const reached = (person: Person) => person.reaches.map((reach) => reach.shown);

function history(has: ComesAlong, t: TFunction): string {
  const parts = [
    has.touches > 0 && t('duplicates.touches', { count: has.touches }),
    has.messages > 0 && t('duplicates.messages', { count: has.messages }),
    has.promises > 0 && t('duplicates.promises', { count: has.promises }),
  ].filter(Boolean);
  return parts.join(', ') || t('duplicates.noHistory');
}
