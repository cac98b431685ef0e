import {
  Bell,
  CalendarRange,
  Combine,
  CornerDownRight,
  Keyboard,
  MessagesSquare,
  Send,
  PhoneIncoming,
  PhoneOutgoing,
  Settings,
  Sun,
  Undo2,
  UserPlus,
  Users,
  Voicemail,
} from 'lucide-react';
import { Suspense, useEffect, useMemo, useRef, useState, type ComponentType } from 'react';
import { useFilter } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { openLogCall } from '../calls/logCall';
import { UnfinishedCalls } from '../calls/UnfinishedCalls';
import { useMyCalendar } from '../exchange/CalendarSettings';
import { useFileDrop } from '../exchange/fileDrop';
import { useOutboxCount } from '../mail/queries';
import { usePeople } from '../people/queries';
import { askToSearch } from '../people/view';
import { useCounts } from '../promises/queries';
import { Boundary } from '../shared/Boundary';
import { dotted } from '../shared/bidi';
import { useKeys } from '../shared/keys';
import { closeOverlay, openOverlay, useOverlay } from '../shared/overlay';
import { PersonName } from '../shared/People';
import { navigate, useRoute, type Route } from '../shared/route';
import { showError, ToastPlace } from '../shared/Toast';
import { useUndo } from '../shared/useUndo';
import { Skeleton } from '../shared/States';
import { useSettled } from '../shared/useSettled';
import { Palette, type Command } from './Palette';
import { Rail } from './Rail';
import { overlays, screens, withoutRail } from './screens';
import { SignedIn } from './SignedIn';
import { useBookEvents } from './useBookEvents';

const noCounts = { late: 0, people: null, inbox: 0, unfinished_calls: 0 };

function placeOf(route: Route): string {
  if (route.name === 'person') return `person/${route.id}`;
  if (route.name === 'scripts') return `scripts/${route.script ?? route.draft ?? ''}`;
  if (route.name === 'plans') return `plans/${route.plan ?? route.view ?? ''}`;
  return route.name === 'call' ? `call/${route.person}` : route.name;
}

export function Shell() {
  const { t } = useTranslation();
  const route = useRoute();
  const overlay = useOverlay();
  const { data: counts = noCounts } = useCounts();
  const { data: outgoing } = useOutboxCount();
  const { data: mine } = useMyCalendar();
  const fault = mine?.fault;
  // Once, wherever they are.
  useEffect(() => {
    if (fault) showError(fault);
  }, [fault]);
  const { undo, redo } = useUndo();
  const main = useRef<HTMLElement>(null);
  useBookEvents();
  useFileDrop();

  const place = placeOf(route);
  const previous = useRef(place);
  useEffect(() => {
    // A new place is read from its top; a change within a place leaves the focus alone.
    if (previous.current === place) return;
    previous.current = place;
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [place]);

  const canCapture = overlays.capture !== undefined;
  const search = () => {
    navigate({ name: 'people' });
    askToSearch();
  };
  useKeys(
    [
      { keys: 'mod+k', label: 'keys.palette', whileTyping: true, run: () => openOverlay('palette') },
      { keys: '/', label: 'keys.search', run: search },
      { keys: 'v', label: 'keys.capture', enabled: canCapture, run: () => openOverlay('capture') },
      { keys: 'r', label: 'keys.logCall', run: () => openLogCall() },
      { keys: 'i', label: 'keys.incoming', run: () => openOverlay('incoming') },
      { keys: 'n', label: 'keys.newPerson', run: () => openOverlay('newPerson') },
      { keys: 'mod+z', label: 'keys.undo', run: undo },
      { keys: 'mod+shift+z', label: 'keys.redo', run: redo },
      { keys: '?', label: 'keys.help', run: () => openOverlay('keys') },
    ],
    { beneath: true },
  );

  const go = t('palette.groupGo');
  const act = t('palette.groupDo');
  const commands: Command[] = [
    { id: 'today', group: go, label: t('nav.today'), icon: Sun, run: () => navigate({ name: 'today' }) },
    { id: 'people', group: go, label: t('nav.people'), icon: Users, keyHint: '/', run: search },
    {
      id: 'duplicates',
      group: go,
      label: t('duplicates.open'),
      icon: Combine,
      run: () => navigate({ name: 'duplicates' }),
    },
    {
      id: 'plans',
      group: go,
      label: t('nav.plans'),
      icon: CornerDownRight,
      run: () => navigate({ name: 'plans' }),
    },
    {
      id: 'forecast',
      group: go,
      label: t('plans.forecast.open'),
      icon: CalendarRange,
      run: () => navigate({ name: 'plans', view: 'forecast' }),
    },
    {
      id: 'outbox',
      group: go,
      label: t('mail.outbox.title'),
      icon: Send,
      run: () => navigate({ name: 'plans', view: 'outbox' }),
    },
    { id: 'inbox', group: go, label: t('nav.inbox'), icon: Bell, run: () => openOverlay('inbox') },
    {
      id: 'scripts',
      group: go,
      label: t('nav.scripts'),
      icon: MessagesSquare,
      run: () => navigate({ name: 'scripts' }),
    },
    {
      id: 'settings',
      group: go,
      label: t('nav.settings'),
      icon: Settings,
      run: () => navigate({ name: 'settings' }),
    },
    {
      id: 'capture',
      group: act,
      label: t('keys.capture'),
      icon: Voicemail,
      keyHint: 'v',
      run: () => openOverlay('capture'),
    },
    {
      id: 'log-call',
      group: act,
      label: t('keys.logCall'),
      icon: PhoneOutgoing,
      keyHint: 'r',
      run: () => openLogCall(),
    },
    {
      id: 'incoming',
      group: act,
      label: t('keys.incoming'),
      icon: PhoneIncoming,
      keyHint: 'i',
      run: () => openOverlay('incoming'),
    },
    {
      id: 'new-person',
      group: act,
      label: t('keys.newPerson'),
      icon: UserPlus,
      keyHint: 'n',
      run: () => openOverlay('newPerson'),
    },
    { id: 'undo', group: act, label: t('keys.undo'), icon: Undo2, keyHint: 'mod+z', run: undo },
    {
      id: 'keys',
      group: act,
      label: t('keys.help'),
      icon: Keyboard,
      keyHint: '?',
      run: () => openOverlay('keys'),
    },
  ].filter((command) => command.id !== 'capture' || canCapture);

  const Screen = screens[route.name] as ComponentType<{ route: Route }> | undefined;
  return (
    <div className="flex h-full">
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
        className="sr-only rounded-control bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:z-50 focus:m-3"
      >
        {t('common.skipToMain')}
      </a>
      {!withoutRail.has(route.name) && (
        <Rail
          route={route}
          counts={{
            lateCount: counts.late,
            peopleCount: counts.people,
            inboxCount: counts.inbox,
            mailCount: outgoing?.needs_somebody ?? 0,
          }}
          canCapture={canCapture}
          canOpenInbox={overlays.inbox !== undefined}
          foot={<SignedIn />}
        />
      )}
      <main
        ref={main}
        id="main"
        tabIndex={-1}
        className="flex min-w-0 flex-1 flex-col overflow-hidden bg-paper"
      >
        {route.name !== 'call' && <UnfinishedCalls />}
        <div className="min-h-0 flex-1">
          <Boundary place={JSON.stringify(route)}>
            <Suspense fallback={<Skeleton rows={6} className="px-8 py-8" />}>
              {Screen && <Screen key={place} route={route} />}
            </Suspense>
          </Boundary>
        </div>
        <ToastPlace at="main" />
      </main>
      <PeoplePalette commands={commands} isOpen={overlay === 'palette'} />
      {Object.entries(overlays).map(
        ([name, Overlay]) => name === overlay && <Overlay key={name} isOpen onClose={closeOverlay} />,
      )}
    </div>
  );
}

const leastLetters = 2;
const foundPeople = 6;

/** The palette, and in it the people whose name or number begins so. */
function PeoplePalette({ commands, isOpen }: { commands: Command[]; isOpen: boolean }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const words = useSettled(query.trim(), 70);
  const isAsking = isOpen && words.length >= leastLetters;
  const { data, error, isPlaceholderData } = usePeople(
    useMemo(() => ({ words }), [words]),
    isAsking,
  );
  const { contains } = useFilter({ sensitivity: 'base' });
  const typed = query.trim();
  const isAsked = typed.length >= leastLetters;
  const isWaiting = isAsked && (words !== typed || (!data && !error) || isPlaceholderData);
  const group = t('nav.people');
  // Of an answer to fewer letters only those stay who are meant by all of them: Enter must not find anyone else.
  const found = (isAsking && isAsked ? (data?.rows ?? []) : [])
    .filter((person) => !isWaiting || contains(person.name, typed))
    .slice(0, foundPeople);
  return (
    <Palette
      isOpen={isOpen}
      onClose={closeOverlay}
      query={query}
      onQuery={setQuery}
      isWaiting={isWaiting}
      error={isAsked ? error : null}
      commands={commands}
      found={found.map((person) => ({
        id: person.id,
        group,
        label: person.name,
        content: <PersonName name={person.name} size="inline" />,
        detail: dotted([person.organisation, t(`standing.${person.standing}`)]),
        run: () => navigate({ name: 'person', id: person.id }),
      }))}
    />
  );
}
