import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Button } from '../shared/Button';
import { Dialog } from '../shared/Dialog';
import { Avatar, PersonName } from '../shared/People';

export interface Hand {
  id: string;
  name: string;
  /** What may keep them from it: "away until Monday". */
  note?: string;
}

/** Who keeps this promise from now on. Nothing else of it changes, least of all when it is due. */
export function HandOverDialog({
  personName,
  keeperId,
  hands,
  onClose,
  onHandOver,
}: {
  personName: string;
  keeperId: string | null;
  hands: Hand[];
  onClose: () => void;
  onHandOver: (to: Hand) => void;
}) {
  const { t } = useTranslation();
  const others = hands.filter((hand) => hand.id !== keeperId);
  const [chosen, setChosen] = useState<string | null>(others[0]?.id ?? null);
  const hand = others.find((each) => each.id === chosen);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="small"
      title={t('handOver.title')}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isDisabled={!hand} onPress={() => hand && onHandOver(hand)}>
            {hand ? t('handOver.to', { name: hand.name }) : t('handOver.do')}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-ink-2">
        {t('handOver.sentenceBefore')}
        <PersonName name={personName} size="inline" className="text-ink" />
        {t('handOver.sentenceAfter')}
      </p>
      {others.length === 0 ? (
        <p>{t('handOver.nobody')}</p>
      ) : (
        <ListBox
          aria-label={t('handOver.title')}
          autoFocus="first"
          selectionMode="single"
          selectionBehavior="replace"
          disallowEmptySelection
          escapeKeyBehavior="none"
          selectedKeys={chosen ? [chosen] : []}
          onSelectionChange={(keys) => setChosen(keys === 'all' ? null : ([...keys][0] as string))}
          onAction={(id) => {
            const acted = others.find((each) => each.id === id);
            if (acted) onHandOver(acted);
          }}
          className="-mx-2 outline-none"
        >
          {others.map((each) => (
            <ListBoxItem
              key={each.id}
              id={each.id}
              textValue={each.name}
              className="flex cursor-default items-center gap-3 rounded-control px-2 py-2 outline-none data-focused:bg-sunken data-selected:bg-green-soft"
            >
              <Avatar name={each.name} size={32} />
              <span className="min-w-0">
                <span dir="auto" className="block truncate">
                  {each.name}
                </span>
                {each.note && <span className="block text-small text-ink-3">{each.note}</span>}
              </span>
            </ListBoxItem>
          ))}
        </ListBox>
      )}
    </Dialog>
  );
}
