import { lazy } from 'react';
import type { Route } from '../shared/route';
import { PlanList } from './PlanList';
import { PlanPage } from './PlanPage';

const PlanEditor = lazy(() => import('./PlanEditor').then((module) => ({ default: module.PlanEditor })));
const Outbox = lazy(() => import('../mail/Outbox').then((module) => ({ default: module.Outbox })));
const Forecast = lazy(() => import('./Forecast').then((module) => ({ default: module.Forecast })));

export function Plans({ route }: { route: Extract<Route, { name: 'plans' }> }) {
  if (!route.plan && route.view === 'outbox') return <Outbox />;
  if (!route.plan) return route.view === 'forecast' ? <Forecast /> : <PlanList />;
  // Of a plan that is new, the other word is the plan that it begins as.
  if (route.plan === 'new') return <PlanEditor key={route.view} plan={null} from={route.view ?? null} />;
  if (route.view === 'edit') return <PlanEditor plan={route.plan} from={null} />;
  return <PlanPage id={route.plan} view={route.view} />;
}
