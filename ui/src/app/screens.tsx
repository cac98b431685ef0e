// What stands where. A screen or an overlay is added here, by one line.
import type { ComponentType } from 'react';
import { KeysHelp } from './KeysHelp';
import type { OverlayName } from './overlay';
import type { Route } from './route';

type ScreenOf<Name extends Route['name']> = ComponentType<{ route: Extract<Route, { name: Name }> }>;

export const screens: { [Name in Route['name']]?: ScreenOf<Name> } = {};

export interface OverlayProps {
  isOpen: boolean;
  onClose: () => void;
}

export const overlays: Partial<Record<OverlayName, ComponentType<OverlayProps>>> = {
  keys: KeysHelp,
};

/** Screens that take the whole window: nothing beside a call. */
export const withoutRail: ReadonlySet<Route['name']> = new Set(['call']);
