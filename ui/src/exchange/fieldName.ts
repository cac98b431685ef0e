import { useTranslation } from 'react-i18next';

/** What the importer's word for a field is called: `phone:work` is "Phone, work". */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation();
  return (field) => {
    const [word, label] = field.split(':');
    const name = t(`exchange.field.${word}` as 'exchange.field.name', {
      defaultValue: word!.replaceAll('_', ' '),
    });
    return label ? t('exchange.import.labelled', { field: name, label }) : name;
  };
}
