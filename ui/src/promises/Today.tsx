import { CalendarDays, Coffee, PenLine, Phone, PhoneOutgoing, Printer, Sun, Sunrise } from 'lucide-react';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BriefPane } from '../calls/BriefPane';
import { openLogCall } from '../calls/logCall';
import { SheetDialog } from '../calls/SheetDialog';
import { LetterDialog } from '../mail/LetterDialog';
import { useSession } from '../team/session';
import { useVolunteers } from '../team/queries';
import { commands, type TodayItem } from '../ipc/bindings';
import { run } from '../ipc/error';
import { Button, IconButton } from '../shared/Button';
import { ToggleChip } from '../shared/Chip';
import { useKeys } from '../shared/keys';
import { ScreenHeader } from '../shared/Layout';
import { Menu } from '../shared/Menu';
import { Panes, useTwoPanes } from '../shared/Panes';
import { navigate, type Route } from '../shared/route';
import { EmptyState, ErrorState, Skeleton } from '../shared/States';
import { useFormat } from '../shared/time';
import { showDone } from '../shared/Toast';
import { useCursor } from '../shared/useCursor';
import { groupsOf, itemsOf } from './entries';
import { HandOverDialog } from './HandOverDialog';
import { numberWord } from './numberWord';
import { useHandOver, useSnooze, useToday } from './queries';
import { snoozeChoices } from './snooze';
import { TodayList } from './TodayList';

const sheetOf = (item: TodayItem) => ({ person: item.person.id, promise: item.promise.id });

const firstId = (items: TodayItem[]) => items[0]?.promise.id ?? null;

/** Who is waited on, and why: a list of people, and beside it the brief of the chosen one. */
export function Today({ route }: { route: Extract<Route, { name: 'today' }> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { volunteer } = useSession();
  const [mineOnly, setMineOnly] = useState(false);
  const { data: today, error, isFetching, refetch } = useToday(mineOnly ? volunteer.id : null);
  const bothPanes = useTwoPanes();
  const [isOpen, setOpen] = useState(route.promise !== undefined);
  const [isSnoozing, setSnoozing] = useState(false);
  const [isPrinting, setPrinting] = useState(false);
  const [handing, setHanding] = useState<TodayItem | null>(null);
  const [writing, setWriting] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const handOver = useHandOver();
  const snooze = useSnooze();
  const { data: volunteers = [] } = useVolunteers();

  const items = useMemo(() => (today ? itemsOf(today) : []), [today]);
  const groups = useMemo(() => (today ? groupsOf(today, t, format) : []), [today, t, format]);
  const ids = useMemo(() => items.map((item) => item.promise.id), [items]);
  const selectedId = route.promise && ids.includes(route.promise) ? route.promise : firstId(items);
  const selected = items.find((item) => item.promise.id === selectedId) ?? null;

  const select = useCallback((id: string) => navigate({ name: 'today', promise: id }, { replace: true }), []);
  const open = useCallback(
    (id: string) => {
      select(id);
      setOpen(true);
      // The brief is read from its top; with both panes open the eyes are there already.
      requestAnimationFrame(() => heading.current?.focus({ preventScroll: true }));
    },
    [select],
  );
  useCursor(ids, {
    selected: route.promise ?? firstId(items),
    onSelect: select,
    onOpen: open,
    isOld: isFetching,
  });

  const canCall = selected !== null && selected.not_now === null;
  const call = () => {
    if (selected) navigate({ name: 'call', person: selected.person.id, promise: selected.promise.id });
  };
  const isWritten = today?.letters.some((each) => each.promise === selectedId) ?? false;
  // Visited, decided, looked up: no call says that it is done.
  const isDoneElsewhere = selected?.promise.by_ringing === false && !isWritten;
  const keep = useMutation({ mutationFn: (id: string) => run(commands.keepPromise(id)) });
  const finish = () => {
    if (!selected || keep.isPending) return;
    const { what } = selected.promise;
    keep.mutate(selected.promise.id, { onSuccess: () => showDone(t('promise.isDone', { what })) });
  };
  useKeys([
    isWritten
      ? { keys: 'c', label: 'keys.write', run: () => setWriting(selectedId) }
      : { keys: 'c', label: 'keys.call', enabled: canCall, run: call },
    { keys: 'x', label: 'keys.done', enabled: isDoneElsewhere, run: finish },
    { keys: 'h', label: 'keys.handOver', enabled: selected !== null, run: () => setHanding(selected) },
    {
      keys: 'r',
      label: 'keys.logCall',
      enabled: selected !== null,
      run: () => openLogCall(selected?.person),
    },
    { keys: 'p', label: 'keys.sheet', enabled: selected !== null, run: () => setPrinting(true) },
    { keys: 's', label: 'keys.snooze', enabled: selected !== null, run: () => setSnoozing(true) },
    { keys: 'Escape', enabled: isOpen && !bothPanes, run: () => setOpen(false) },
  ]);

  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;

  const header = (
    <ScreenHeader
      title={format.longDay(format.nowMs)}
      sentence={today && <TodaySentence groups={today.groups} more={today.more} now={today.at_ms} />}
      aside={
        <div className="flex items-center gap-1.5">
          <ToggleChip isOn={mineOnly} onChange={setMineOnly}>
            {t('today.mine')}
          </ToggleChip>
          {selected && (
            <IconButton
              icon={Printer}
              label={t('sheet.open')}
              keyHint="p"
              onPress={() => setPrinting(true)}
            />
          )}
        </div>
      }
    />
  );

  return (
    <>
      <Panes
        isDetailOpen={isOpen}
        onCloseDetail={() => setOpen(false)}
        list={
          !today ? (
            <div className="px-7 pt-5.5">
              {header}
              <Skeleton rows={6} className="mt-6" />
            </div>
          ) : (
            <TodayList
              header={header}
              groups={groups}
              selectedId={selectedId}
              onSelect={select}
              onOpen={open}
              after={
                <>
                  {items.length === 0 && (
                    <NobodyWaits mineOnly={mineOnly} onEveryone={() => setMineOnly(false)} />
                  )}
                  {today.more > 0 && (
                    <p className="px-7 py-5 text-ink-2">
                      {t('today.more', { count: today.more, n: format.count(today.more) })}
                    </p>
                  )}
                </>
              }
            />
          )
        }
        detail={
          selected && (
            <BriefPane
              key={selected.promise.id}
              person={selected.person.id}
              promise={selected.promise.id}
              dueSoon={selected.due_soon}
              headingRef={heading}
              footer={
                <>
                  {isDoneElsewhere && (
                    <Button look="primary" keyHint="x" onPress={finish}>
                      {t('promise.keep')}
                    </Button>
                  )}
                  {isWritten ? (
                    <Button look="primary" icon={PenLine} keyHint="c" onPress={() => setWriting(selectedId)}>
                      {t('mail.write')}
                    </Button>
                  ) : (
                    <Button
                      look={isDoneElsewhere ? 'secondary' : 'primary'}
                      keyHint="c"
                      isDisabled={!canCall}
                      onPress={call}
                    >
                      {t('today.beginCall')}
                    </Button>
                  )}
                  <Button keyHint="h" className={roomyHint} onPress={() => setHanding(selected)}>
                    {t('today.handOver')}
                  </Button>
                  <Menu
                    label={t('today.snooze')}
                    isOpen={isSnoozing}
                    onOpenChange={setSnoozing}
                    trigger={
                      <Button keyHint="s" className={roomyHint}>
                        {t('today.snooze')}
                      </Button>
                    }
                    entries={snoozeChoices(format).map(({ id, untilMs }) => ({
                      id,
                      label: t(`snooze.${id}`),
                      description: format.near(untilMs),
                      icon: snoozeIcons[id],
                      onAction: () =>
                        snooze.mutate(
                          { promise: selected.promise.id, untilMs },
                          { onSuccess: () => showDone(t('snooze.done', { when: format.near(untilMs) })) },
                        ),
                    }))}
                  />
                  {isWritten && (
                    <IconButton
                      icon={Phone}
                      label={t('today.beginCall')}
                      isDisabled={!canCall}
                      onPress={call}
                    />
                  )}
                  <IconButton
                    icon={PhoneOutgoing}
                    label={t('calls.log.open')}
                    onPress={() => openLogCall(selected.person)}
                  />
                </>
              }
            />
          )
        }
      />
      {isPrinting && selected && (
        <SheetDialog
          one={sheetOf(selected)}
          name={selected.person.name}
          all={items.map(sheetOf)}
          onClose={() => setPrinting(false)}
        />
      )}
      {writing && <LetterDialog promise={writing} onClose={() => setWriting(null)} />}
      {handing && (
        <HandOverDialog
          personName={handing.person.name}
          keeperId={handing.promise.keeper?.id ?? null}
          hands={volunteers.filter((each) => !each.left)}
          onClose={() => setHanding(null)}
          onHandOver={(to) => {
            handOver.mutate(
              { promise: handing.promise.id, to: to.id },
              { onSuccess: () => showDone(t('handOver.done', { name: to.name })) },
            );
            setHanding(null);
          }}
        />
      )}
    </>
  );
}

/** The second and third button keep their words where there is no room for their keys too. */
const roomyHint = '[&_[data-keys]]:hidden @xl:[&_[data-keys]]:inline-flex';

const snoozeIcons = { hour: Coffee, afternoon: Sun, tomorrow: Sunrise, monday: CalendarDays };

/** "Nine people are waiting for us. Two have waited too long." Never "all done" while someone merely may not be rung. */
export function TodaySentence({
  groups,
  more,
  now,
}: {
  groups: { name: string; items: { at_ms: number }[] }[];
  more: number;
  now: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = (name: string) => groups.find((group) => group.name === name)?.items.length ?? 0;
  const [late, due, coming, notNow] = [count('late'), count('today'), count('coming'), count('not_now')];
  const waiting = late + due + notNow + more;
  const people = (n: number) => ({ count: n, n: numberWord(n, t, format) });
  const sentences: string[] = [];
  if (waiting === 0) {
    if (coming === 0) sentences.push(t('today.nobody'));
    else sentences.push(t('today.nobodyToday'), t('today.coming', people(coming)));
  } else {
    sentences.push(t('today.waiting', people(waiting)));
    // Who may not be rung now can have waited too long all the same.
    const overdue =
      groups.find((group) => group.name === 'not_now')?.items.filter((item) => item.at_ms < now) ?? [];
    const tooLong = late + overdue.length;
    if (tooLong > 0) sentences.push(t('today.tooLong', people(tooLong)));
    if (late + due === 0) sentences.push(t('today.onlyNotNow'));
  }
  return <>{sentences.join(' ')}</>;
}

function NobodyWaits({ mineOnly, onEveryone }: { mineOnly: boolean; onEveryone: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={Sunrise}
      title={mineOnly ? t('today.emptyMine') : t('today.empty')}
      action={mineOnly && <Button onPress={onEveryone}>{t('today.showEveryone')}</Button>}
    >
      {mineOnly ? t('today.emptyMineSentence') : t('today.emptySentence')}
    </EmptyState>
  );
}
