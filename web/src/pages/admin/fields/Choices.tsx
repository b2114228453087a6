import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { slug } from "../parts/slug";
import classes from "./Choices.module.css";
import type { ChoiceDraft } from "./draft";

interface Props {
  value: ChoiceDraft[];
  error?: string;
  onChange: (value: ChoiceDraft[]) => void;
}

/** What can be chosen, in order: both labels and a code. */
export function Choices({ value, error, onChange }: Props) {
  const { t } = useTranslation("admin");
  const set = (at: number, part: Partial<ChoiceDraft>) =>
    onChange(value.map((one, i) => (i === at ? { ...one, ...part } : one)));
  return (
    <fieldset className={classes.list}>
      <legend>{t("choice.list")}</legend>
      {value.map((one, i) => (
        <div key={i} className={classes.row}>
          <TextInput
            label={t("choice.pl", { number: i + 1 })}
            value={one.label.pl}
            onChange={(e) => set(i, { label: { ...one.label, pl: e.currentTarget.value } })}
          />
          <TextInput
            label={t("choice.en", { number: i + 1 })}
            value={one.label.en}
            onChange={(e) => set(i, { label: { ...one.label, en: e.currentTarget.value } })}
          />
          <TextInput
            label={t("choice.code", { number: i + 1 })}
            placeholder={slug(one.label.pl)}
            value={one.code}
            onChange={(e) => set(i, { code: e.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("choice.remove", { number: i + 1 })}
            disabled={value.length === 1}
            onClick={() => onChange(value.filter((_, at) => at !== i))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {error && (
        <span className={classes.error} role="alert">
          {error}
        </span>
      )}
      <div>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...value, { code: "", label: { pl: "", en: "" } }])}
        >
          {t("choice.add")}
        </Button>
      </div>
    </fieldset>
  );
}
