import { ChevronDown } from 'lucide-react';
import { Button as AriaButton, ComboBox, FieldError, Input, Label, ListBox } from 'react-aria-components';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../shared/cx';
import { inputLook, Select } from '../shared/Field';
import { Popup } from '../shared/Popup';
import { PopupOption } from '../shared/PopupOption';
import { countryName, useCountries, zoneName } from './countries';

/** A country, found by typing it, and the time zone there where it has more than one. */
export function PlaceFields({
  country,
  zone,
  onChange,
  error,
}: {
  country: string;
  zone: string;
  onChange: (place: { country: string; zone: string }) => void;
  error?: string | null;
}) {
  const { t } = useTranslation();
  const { data: countries } = useCountries();
  const options = useMemo(
    () =>
      (countries ?? [])
        .map((each) => ({ id: each.code, name: countryName(each.code), zones: each.zones }))
        .toSorted((a, b) => a.name.localeCompare(b.name)),
    [countries],
  );
  const zones = options.find((each) => each.id === country)?.zones ?? (zone ? [zone] : []);
  const shownZones = zone && !zones.includes(zone) ? [zone, ...zones] : zones;
  return (
    <div className="grid grid-cols-2 items-start gap-4 max-single:grid-cols-1">
      <ComboBox
        // The list arrives after the value: only then is there a name to show for it.
        key={options.length}
        defaultItems={options}
        defaultSelectedKey={country || undefined}
        onSelectionChange={(key) => {
          const chosen = options.find((each) => each.id === key);
          if (chosen && chosen.id !== country) {
            onChange({
              country: chosen.id,
              zone: chosen.zones.includes(zone) ? zone : (chosen.zones[0] ?? zone),
            });
          }
        }}
        isInvalid={Boolean(error)}
        menuTrigger="focus"
        className="flex min-w-0 flex-col gap-1.5"
      >
        <Label className="text-small font-medium">{t('team.place.country')}</Label>
        <span className="relative flex">
          <Input
            dir="auto"
            className={cx(inputLook, 'h-9.5 pe-9')}
            onFocus={(event) => event.currentTarget.select()}
          />
          <AriaButton className="absolute inset-y-0 end-2 flex items-center text-ink-3">
            <ChevronDown aria-hidden size={16} strokeWidth={1.75} />
          </AriaButton>
        </span>
        <FieldError className="text-small text-brick">{error}</FieldError>
        <Popup className="max-h-72 w-(--trigger-width)">
          <ListBox className="outline-none">
            {({ id, name }: (typeof options)[number]) => <PopupOption id={id} label={name} />}
          </ListBox>
        </Popup>
      </ComboBox>
      <Select
        label={t('team.place.zone')}
        value={zone || null}
        onChange={(value) => onChange({ country, zone: value })}
        placeholder={t('team.place.zoneFirst')}
        isDisabled={shownZones.length === 0}
        options={shownZones.map((value) => ({ value, label: zoneName(value) }))}
      />
    </div>
  );
}
