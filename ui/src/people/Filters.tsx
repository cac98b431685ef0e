import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PeopleChoice } from '../ipc/bindings';
import { Button } from '../shared/Button';
import { FilterChip } from '../shared/Chip';
import { useFormat } from '../shared/time';
import { useVolunteers } from '../team/queries';
import { quietOptions, saidOptions, sortOptions, sourceWords, standingOptions } from './options';
import { FieldFilterChip } from './fields/FieldFilterChip';
import { usePeopleChoices } from './queries';
import { setPeopleView, type PeopleView } from './view';

/** What restricts the list, each chip with what it is restricted to. The rarer ones come when they are asked for. */
export function Filters({ view }: { view: PeopleView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: volunteers = [] } = useVolunteers();
  const { data: choices } = usePeopleChoices();
  const [showsMore, setShowsMore] = useState(false);
  const options = (all: PeopleChoice[] | undefined, value: string, words = (value: string) => value) => {
    const there = (all ?? []).map((choice) => ({
      value: choice.value,
      label: words(choice.value),
      count: format.count(choice.people),
    }));
    // Chosen before the others are known, or by a view whose last bearer is gone.
    return value === '' || there.some((option) => option.value === value)
      ? there
      : [{ value, label: words(value) }, ...there];
  };
  const isRare =
    view.field !== null ||
    view.source !== '' ||
    view.place !== '' ||
    view.said !== null ||
    view.quiet_days !== 0;
  return (
    <>
      <FilterChip
        label={t('people.filterStanding')}
        multiple
        options={standingOptions(t)}
        value={view.standings}
        onChange={(standings) => setPeopleView({ standings })}
      />
      <FilterChip
        label={t('people.filterWaiting')}
        options={[{ value: 'yes', label: t('people.waitingOnly') }]}
        value={view.waiting ? ['yes'] : []}
        onChange={(value) => setPeopleView({ waiting: value.length > 0 })}
      />
      <FilterChip
        label={t('people.filterTag')}
        options={options(choices?.tags, view.tag)}
        value={view.tag ? [view.tag] : []}
        onChange={(value) => setPeopleView({ tag: value[0] ?? '' })}
      />
      <FilterChip
        label={t('people.filterKeeper')}
        options={volunteers.map((volunteer) => ({ value: volunteer.id, label: volunteer.name }))}
        value={view.keeper ? [view.keeper] : []}
        onChange={(value) => setPeopleView({ keeper: value[0] ?? null })}
      />
      {(showsMore || isRare) && (
        <>
          <FilterChip
            label={t('people.filterQuiet')}
            options={quietOptions(t)}
            value={view.quiet_days ? [String(view.quiet_days)] : []}
            onChange={(value) => setPeopleView({ quiet_days: Number(value[0] ?? 0) })}
          />
          <FilterChip
            label={t('people.filterSaid')}
            options={saidOptions(t)}
            value={view.said ? [view.said] : []}
            onChange={(value) => setPeopleView({ said: value[0] ?? null })}
          />
          <FilterChip
            label={t('people.filterPlace')}
            options={options(choices?.places, view.place)}
            value={view.place ? [view.place] : []}
            onChange={(value) => setPeopleView({ place: value[0] ?? '' })}
          />
          <FilterChip
            label={t('people.filterSource')}
            options={options(choices?.sources, view.source, (source) => sourceWords(source, t))}
            value={view.source ? [view.source] : []}
            onChange={(value) => setPeopleView({ source: value[0] ?? '' })}
          />
          <FieldFilterChip value={view.field} onChange={(field) => setPeopleView({ field })} />
        </>
      )}
      {!isRare && !showsMore && (
        <Button size="small" look="quiet" onPress={() => setShowsMore(true)}>
          {t('people.more')}
        </Button>
      )}
      <FilterChip
        label={t('people.sortLabel')}
        options={sortOptions(t)}
        value={view.sort ? [view.sort] : []}
        onChange={(value) => setPeopleView({ sort: value[0] ?? null, descending: false })}
      />
    </>
  );
}
