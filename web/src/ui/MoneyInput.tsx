import { Group, NumberInput, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Money, Value } from "@/api/types";
import { currentLang } from "@/i18n";

const CURRENCIES = ["PLN", "EUR", "USD", "GBP", "CZK", "CHF"];

interface Props {
  /** Properties that every input has. */
  common: object;
  label: string;
  value: Money | null | undefined;
  onChange: (value: Value) => void;
}

/** An amount and its currency. The currency outlives an amount that is emptied, and alone is no value. */
export function MoneyInput({ common, label, value, onChange }: Props) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(value?.currency ?? "PLN");
  const currency = value?.currency ?? kept;
  const known = CURRENCIES.includes(currency) ? CURRENCIES : [...CURRENCIES, currency];
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <NumberInput
        {...common}
        flex={1}
        value={value?.amount ?? ""}
        decimalScale={4}
        decimalSeparator={currentLang() === "pl" ? "," : "."}
        thousandSeparator={currentLang() === "pl" ? " " : ","}
        onChange={(amount) => {
          setKept(currency);
          onChange(amount === "" ? null : { amount: String(amount), currency });
        }}
      />
      <Select
        label={"label" in common && common.label ? t("currency") : undefined}
        aria-label={t("currencyOf", { field: label })}
        w={88}
        allowDeselect={false}
        data={known}
        value={currency}
        onChange={(next) => {
          if (!next) return;
          setKept(next);
          if (value) onChange({ amount: value.amount, currency: next });
        }}
      />
    </Group>
  );
}
