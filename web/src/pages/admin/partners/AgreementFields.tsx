import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/client";
import { DayField } from "@/ui/DayField";
import classes from "../Admin.module.css";
import { type AgreementDraft, BASES, GROUNDS, mustEnd, namesBasis } from "./agreement";

interface Props {
  value: AgreementDraft;
  onChange: (change: Partial<AgreementDraft>) => void;
  problem: Problem | null;
  /** Where in the request it stands: `agreement`, `add_agreement`. */
  within: string;
}

/** What the fields are called, by the names that the server gives them. */
export function useAgreementNames(within: string): Record<string, string> {
  const { t } = useTranslation("partners");
  return {
    [within]: t("agreement.one"),
    [`${within}.ground`]: t("agreement.ground"),
    [`${within}.basis`]: t("agreement.basis"),
    [`${within}.number`]: t("agreement.number"),
    [`${within}.signed_on`]: t("agreement.signed"),
    [`${within}.valid_from`]: t("agreement.from"),
    [`${within}.valid_until`]: t("agreement.until"),
  };
}

export function AgreementFields({ value, onChange, problem, within }: Props) {
  const { t } = useTranslation("partners");
  const wrong = (field: string) => problem?.issue(`${within}.${field}`);
  return (
    <>
      <Select
        label={t("agreement.ground")}
        allowDeselect={false}
        required
        className={classes.wide}
        data={GROUNDS.map((ground) => ({ value: ground, label: t(`partners:ground.${ground}`) }))}
        value={value.ground}
        error={wrong("ground")}
        onChange={(ground) => onChange({ ground: GROUNDS.find((one) => one === ground) ?? value.ground })}
      />
      {namesBasis(value.ground) && (
        <Select
          label={t("agreement.basis")}
          required
          className={classes.wide}
          data={BASES.map((basis) => ({ value: basis, label: t(`partners:basis.${basis}`) }))}
          value={value.basis}
          error={wrong("basis")}
          onChange={(basis) => onChange({ basis: BASES.find((one) => one === basis) ?? null })}
        />
      )}
      <TextInput
        label={t("agreement.number")}
        description={t("agreement.numberHelp")}
        required
        maxLength={100}
        autoComplete="off"
        value={value.number}
        error={wrong("number")}
        onChange={(e) => onChange({ number: e.currentTarget.value })}
      />
      <DayField
        label={t("agreement.signed")}
        required
        value={value.signed}
        error={wrong("signed_on")}
        onChange={(signed) => onChange({ signed })}
      />
      <DayField
        label={t("agreement.from")}
        required
        value={value.from}
        error={wrong("valid_from")}
        onChange={(from) => onChange({ from })}
      />
      <DayField
        label={t("agreement.until")}
        description={mustEnd(value.ground) ? t("agreement.untilMust") : t("agreement.untilMay")}
        required={mustEnd(value.ground)}
        value={value.until}
        error={wrong("valid_until")}
        onChange={(until) => onChange({ until })}
      />
    </>
  );
}
