import { FileQuestion } from 'lucide-react';
import { lazy, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/Button';
import { navigate, type Route } from '../../shared/route';
import { EmptyState, ErrorState, Skeleton } from '../../shared/States';
import { useIsDirector } from '../../team/settings';
import { useScript, useScriptDrafts } from './queries';
import type { View } from './ScriptEditor';
import { ScriptList } from './ScriptList';

// The list needs no editor; while one looks at it, the editor is on its way.
const read = () => import('./ScriptEditor');
const ScriptEditor = lazy(() => read().then((module) => ({ default: module.ScriptEditor })));

type ScriptsRoute = Extract<Route, { name: 'scripts' }>;
const views: View[] = ['text', 'preview', 'map', 'versions'];

export function Scripts({ route }: { route: ScriptsRoute }) {
  useEffect(() => void read(), []);
  return route.script || route.draft ? <Opened route={route} /> : <ScriptList />;
}

function Opened({ route }: { route: ScriptsRoute }) {
  const { t } = useTranslation();
  const canChange = useIsDirector();
  const script = useScript(route.script ?? null);
  // Of a moment ago it would do harm: what was typed since would be overwritten with it.
  const drafts = useScriptDrafts(canChange);
  const error = script.error ?? drafts.error;
  if (error) {
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void script.refetch();
          void drafts.refetch();
        }}
      >
        <Button onPress={() => navigate({ name: 'scripts' })}>{t('scripts.toList')}</Button>
      </ErrorState>
    );
  }
  if ((route.script && !script.data) || (canChange && !drafts.isFetchedAfterMount)) {
    return <Skeleton rows={6} className="p-8" />;
  }
  const draft = drafts.data?.find((each) =>
    route.script ? each.script === route.script : each.id === route.draft,
  );
  if (!script.data && !draft) {
    return (
      <EmptyState
        icon={FileQuestion}
        title={t('scripts.draft.goneTitle')}
        action={<Button onPress={() => navigate({ name: 'scripts' })}>{t('scripts.toList')}</Button>}
      >
        {t('scripts.draft.gone')}
      </EmptyState>
    );
  }
  return (
    <ScriptEditor
      detail={script.data ?? null}
      draft={draft ?? null}
      canChange={canChange}
      view={views.find((view) => view === route.view) ?? 'text'}
      onView={(view) => navigate({ ...route, view: view === 'text' ? undefined : view }, { replace: true })}
    />
  );
}
