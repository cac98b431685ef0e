// What stands where. A screen, an overlay or a gate is added here, by one line.
import { lazy, type ComponentType } from 'react';
import { Capture } from '../calls/Capture';
import { Incoming } from '../calls/Incoming';
import { LogCall } from '../calls/LogCall';
import type { Error as Fault, Status } from '../ipc/bindings';
import { NewPersonDialog } from '../people/NewPersonDialog';
import { People } from '../people/People';
import { Person } from '../people/Person';
import { Inbox } from '../promises/Inbox';
import { Today } from '../promises/Today';
import type { OverlayName } from '../shared/overlay';
import type { Route } from '../shared/route';
import { SignIn } from '../team/SignIn';
import { KeysHelp } from './KeysHelp';

// What is not needed to see Today is read when it is first gone to.
const CallDesk = lazy(() => import('../calls/CallDesk').then((module) => ({ default: module.CallDesk })));
const Duplicates = lazy(() =>
  import('../people/duplicates/Duplicates').then((module) => ({ default: module.Duplicates })),
);
const Import = lazy(() => import('../exchange/Import').then((module) => ({ default: module.Import })));
const Plans = lazy(() => import('../plans/Plans').then((module) => ({ default: module.Plans })));
const Scripts = lazy(() =>
  import('../calls/scripts/Scripts').then((module) => ({ default: module.Scripts })),
);
const Settings = lazy(() => import('../team/Settings').then((module) => ({ default: module.Settings })));
const FaultScreen = lazy(() =>
  import('../store/FaultScreen').then((module) => ({ default: module.FaultScreen })),
);

type ScreenOf<Name extends Route['name']> = ComponentType<{ route: Extract<Route, { name: Name }> }>;

export const screens: { [Name in Route['name']]?: ScreenOf<Name> } = {
  today: Today,
  people: People,
  person: Person,
  duplicates: Duplicates,
  call: CallDesk,
  import: Import,
  scripts: Scripts,
  plans: Plans,
  settings: Settings,
};

/** Screens that take the whole window: nothing beside a call. */
export const withoutRail: ReadonlySet<Route['name']> = new Set(['call']);

export interface OverlayProps {
  isOpen: boolean;
  onClose: () => void;
}

export const overlays: Partial<Record<OverlayName, ComponentType<OverlayProps>>> = {
  keys: KeysHelp,
  inbox: Inbox,
  newPerson: NewPersonDialog,
  capture: Capture,
  logCall: LogCall,
  incoming: Incoming,
};

/** What stands before the app: a book that is missing or does not open, and the choice of who is there. */
export const gates: {
  fault?: ComponentType<{ status: Status; fault: Fault }>;
  signIn?: ComponentType<{ status: Status }>;
} = {
  fault: FaultScreen,
  signIn: SignIn,
};
