import { Keyboard, Settings, Sun, Users, Voicemail } from 'lucide-react';
import { useEffect, useRef, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeys } from '../shared/keys';
import { closeOverlay, openOverlay, useOverlay } from './overlay';
import { Palette, type Command } from './Palette';
import { Rail } from './Rail';
import { navigate, useRoute, type Route } from './route';
import { overlays, screens, withoutRail } from './screens';

export function Shell() {
  const { t } = useTranslation();
  const route = useRoute();
  const overlay = useOverlay();
  const [query, setQuery] = useState('');
  const main = useRef<HTMLElement>(null);

  const place = route.name === 'person' || route.name === 'call' ? `${route.name}/${route.id}` : route.name;
  const previous = useRef(place);
  useEffect(() => {
    // A new place is read from its top; a change within a place leaves the focus alone.
    if (previous.current === place) return;
    previous.current = place;
    main.current?.focus({ preventScroll: true });
  }, [place]);

  const canCapture = overlays.capture !== undefined;
  useKeys([
    { keys: 'mod+k', label: 'keys.palette', whileTyping: true, run: () => openOverlay('palette') },
    { keys: '/', label: 'keys.search', run: () => navigate({ name: 'people' }) },
    { keys: 'v', label: 'keys.capture', enabled: canCapture, run: () => openOverlay('capture') },
    { keys: '?', label: 'keys.help', run: () => openOverlay('keys') },
  ]);

  const go = t('palette.groupGo');
  const act = t('palette.groupDo');
  const commands: Command[] = [
    { id: 'today', group: go, label: t('nav.today'), icon: Sun, run: () => navigate({ name: 'today' }) },
    { id: 'people', group: go, label: t('nav.people'), icon: Users, run: () => navigate({ name: 'people' }) },
    {
      id: 'settings',
      group: go,
      label: t('nav.settings'),
      icon: Settings,
      run: () => navigate({ name: 'settings' }),
    },
    ...(canCapture
      ? [
          {
            id: 'capture',
            group: act,
            label: t('keys.capture'),
            icon: Voicemail,
            keyHint: 'v',
            run: () => openOverlay('capture'),
          },
        ]
      : []),
    {
      id: 'keys',
      group: act,
      label: t('keys.help'),
      icon: Keyboard,
      keyHint: '?',
      run: () => openOverlay('keys'),
    },
  ];

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
          counts={{ lateCount: 0, peopleCount: null, inboxCount: 0 }}
          canCapture={canCapture}
          canOpenInbox={overlays.inbox !== undefined}
        />
      )}
      <main ref={main} id="main" tabIndex={-1} className="min-w-0 flex-1 overflow-hidden bg-paper">
        {Screen && <Screen key={place} route={route} />}
      </main>
      <Palette
        isOpen={overlay === 'palette'}
        onClose={closeOverlay}
        commands={commands}
        query={query}
        onQuery={setQuery}
      />
      {Object.entries(overlays).map(
        ([name, Overlay]) => name === overlay && <Overlay key={name} isOpen onClose={closeOverlay} />,
      )}
    </div>
  );
}
