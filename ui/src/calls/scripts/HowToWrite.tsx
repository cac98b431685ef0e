import { useTranslation } from 'react-i18next';
import { Dialog } from '../../shared/Dialog';
import { SectionLabel } from '../../shared/Layout';

/** As they are written: the marks are the same in every language. */
const groups = {
  parts: {
    part: '# Name',
    objection: '! Name',
    machine: '~ Message',
    hint: '(words)',
    remark: '// words',
    atHand: 'at hand: words; words',
  },
  answers: {
    question: '> words',
    choice: '1. words -> Name',
    words: '= words {fact hopes for} -> Name',
    number: '= number {fact staff} -> Name',
    date: '= date {fact joined on} -> Name',
    go: '-> Name',
    end: 'end',
    back: 'back',
  },
  words: {
    field: '{{ person.given }}',
    ownQuestion: '{{ person.given ? who is this }}',
    blank: '{{ ? how long }}',
    optional: '[ and {{ person.organisation }}]',
    capital: '{{ inquiry.first_asked_when | capital }}',
    plain: '\\# not a part',
  },
  effects: {
    fact: '{fact hopes for}',
    wholeFact: '{fact: would rather be rung}',
    tag: '{tag mentor}',
    fieldSet: '{field place}',
    consent: '{consent email yes}',
    next: '{next: send the fees in 2 days}',
  },
} as const;
type Groups = typeof groups;
type Mark = { [Name in keyof Groups]: keyof Groups[Name] }[keyof Groups];
const entries = Object.entries as <V extends object>(of: V) => [keyof V, V[keyof V]][];

/** The marks of a script, each with what it does: what docs/SCRIPTS.md says, where one writes. */
export function HowToWrite({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog isOpen onClose={onClose} title={t('scripts.help.title')} size="wide">
      <p className="mb-4 text-ink-2">{t('scripts.help.sentence')}</p>
      {/* Longer than a small window, and with nothing to press in it: the keyboard scrolls it all the same. */}
      <div tabIndex={0} className="outline-none">
        {entries(groups).map(([name, marks]) => (
          <section key={name} className="mb-5">
            <SectionLabel className="mb-1">{t(`scripts.help.group.${name}`)}</SectionLabel>
            <dl>
              {(Object.entries(marks) as [Mark, string][]).map(([each, mark]) => (
                <div
                  key={each}
                  className="grid grid-cols-[minmax(0,16rem)_minmax(0,1fr)] gap-x-4 border-b border-line py-2 last:border-b-0 max-pair:grid-cols-1"
                >
                  <dt className="font-medium text-green select-text [font-variant-ligatures:no-contextual]">
                    {mark}
                  </dt>
                  <dd className="text-ink-2">{t(`scripts.help.means.${each}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
