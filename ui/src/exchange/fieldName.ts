import { useTranslation } from 'react-i18next';

/** The name of a field may have a colon in it. */
function parts(field: string): [string, string] {
  const at = field.indexOf(':');
  return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
}

/** What the importer's word for a field is called: `phone:work` is "Phone, work". */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation();
  return (field) => {
    const [word, label] = parts(field);
    if (word === 'field' && label) return label;
    if (word === 'new_field') {
      const kind = label && t(`fields.kind.${label}` as 'fields.kind.text', { defaultValue: label });
      return kind ? t('exchange.import.newFieldOf', { kind }) : t('exchange.import.newField');
    }
    const name = t(`exchange.field.${word}` as 'exchange.field.name', {
      defaultValue: word.replaceAll('_', ' '),
    });
    return label ? t('exchange.import.labelled', { field: name, label }) : name;
  };
}
