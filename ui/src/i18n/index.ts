import i18next, { type ParseKeys } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isolated } from '../shared/bidi';
import en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}

/** A key of the catalogue; a word that is not in it does not compile. */
export type Words = ParseKeys;
/** What a keyboard shortcut is called. */
export type KeyLabel = Extract<
  Words,
  `keys.${string}` | `calls.key.${string}` | `scripts.key.${string}` | `plans.key.${string}`
>;

void i18next.use(initReactI18next).init({
  lng: 'en',
  resources: { en: { translation: en } },
  // What is filled in is theirs: it turns the direction of its own words alone. React does the escaping.
  interpolation: { escapeValue: true, escape: isolated },
  returnNull: false,
});

export { i18next };
